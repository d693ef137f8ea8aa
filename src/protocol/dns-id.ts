import type { DomainName } from "./domain-name.ts";
import { matchesMx, parseMxPattern } from "./mx-pattern.ts";

/**
 * Whether a presented DNS-ID names `host`. RFC 9525 §6.3 (before: RFC 6125 §6.4.3): `*` only as the whole left-most label, and
 * for exactly one label. That is the rule of mx patterns, so this is their matcher; a presented name in any other form, with a
 * U-label or a final dot, matches nothing.
 */
export function matchesDnsId(presented: string, host: DomainName): boolean {
  const pattern = parseMxPattern(presented);
  return pattern !== undefined && matchesMx(pattern, host);
}
