import { type Entry, zoneEntries } from "./token.ts";

const ABSOLUTE = /^(?:[\w-]+\.)+$/;
const TIME = /^[0-9][0-9smhdw]*$/i;

/**
 * What a zone file that says its own origin leaves to a file that includes it: its last `$TTL`. An absolute `$ORIGIN` before all records
 * and the first record with an owner make every name in it the same wherever it is included (RFC 1035 §5.1), and an inclusion gives
 * origin and owner back. Undefined: what it says may depend on who includes it.
 */
export function timeToLiveLeft(text: string): string | undefined {
  let [hasOrigin, hasOwner] = [false, false];
  let left: string | undefined;
  for (const { blankOwner, tokens, fault } of zoneEntries(text)) {
    const directive = directiveOf({ blankOwner, tokens, fault });
    const value = tokens[1]?.raw ?? "";
    if (directive === "$INCLUDE") return undefined;
    if (directive === "$ORIGIN") hasOrigin ||= ABSOLUTE.test(value);
    else if (directive === "$TTL") left = TIME.test(value) ? value : undefined;
    else if (!hasOrigin) return undefined;
    else if (!hasOwner) {
      if (blankOwner || fault || directive !== undefined) return undefined;
      hasOwner = true;
    }
  }
  return hasOwner ? left : undefined;
}

function directiveOf({ blankOwner, tokens: [first] }: Entry): string | undefined {
  return !blankOwner && first && !first.quoted && first.raw.startsWith("$") ? first.raw.toUpperCase() : undefined;
}
