import type { Finding } from "../verdict.ts";

/** One place where what is deployed is not what the repository says. On a change it was so before; verify makes an error of it. */
export function difference(
  message: string,
  place: Pick<Finding, "location" | "related">,
  facts: Finding["facts"],
): Finding {
  return { level: "warning", message, ...place, facts, alreadySo: true };
}
