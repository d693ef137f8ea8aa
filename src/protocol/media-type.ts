/**
 * Whether a Content-Type is text/plain (RFC 8461 §3.2). Parameters do not matter: those other than `charset=utf-8` and
 * `charset=us-ascii` are to be ignored, and those two change nothing.
 */
export function isTextPlain(contentType: string | null): boolean {
  return contentType !== null && /^[ \t]*text\/plain[ \t]*(?:;|$)/i.test(contentType);
}
