/** A whole commit id of git: SHA-1 or SHA-256, lower case. */
export const isCommitId = (text: unknown): text is string =>
  typeof text === "string" && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
