import type { Entry, Token } from "./token.ts";

/** The parts of a record before its data. Owner undefined: that of the record before (RFC 1035 §5.1). */
export interface RecordLine {
  readonly owner: Token | undefined;
  /** Seconds; null: not on this line. */
  readonly ttl: number | "placeholder" | null;
  /** Upper case. */
  readonly type: string;
  readonly typeToken: Token;
  readonly data: readonly Token[];
  /** `IN` unless the line says another. */
  readonly class: string;
}

// What BIND 9, PowerDNS and gdnsd know. Others are tolerated where they cannot be ours.
const TYPES = new Set(
  (
    "A AAAA AFSDB ALIAS ANAME APL CAA CDNSKEY CDS CERT CNAME CSYNC DHCID DLV DNAME DNSKEY DS DYNA DYNC EUI48 EUI64 HINFO HIP " +
    "HTTPS IPSECKEY ISDN KEY KX L32 L64 LOC LP LUA MB MG MINFO MR MX NAPTR NID NS NSAP NSEC NSEC3 NSEC3PARAM NULL NXT " +
    "OPENPGPKEY PTR PX RP RRSIG RT SIG SINK SMIMEA SOA SPF SRV SSHFP SVCB TA TALINK TLSA TXT URI WKS X25 ZONEMD"
  ).split(" "),
);

export function knownType(type: string): boolean {
  return TYPES.has(type) || /^TYPE[0-9]{1,5}$/.test(type);
}

const CLASS = /^(IN|CH|HS|CS|ANY|NONE|CLASS[0-9]{1,5})$/i;
const TTL = /^(?=[0-9])(?:[0-9]+[smhdw])*[0-9]*$/i;
const WHOLE_PLACEHOLDER = /^(\{\{.*\}\}|\$\{.*\}|@@\w+@@|%%\w+%%)$/;

/** TTL and class come in either order, and both may be absent (RFC 1035 §5.1). Undefined: no type is left. */
export function recordLine({ blankOwner, tokens }: Entry): RecordLine | undefined {
  let at = blankOwner ? 0 : 1;
  let ttl: RecordLine["ttl"] = null;
  let recordClass = "IN";
  for (let seen = 0; seen < 2; seen += 1, at += 1) {
    const token = tokens[at];
    if (token === undefined || token.quoted) break;
    if (CLASS.test(token.raw)) recordClass = token.raw.toUpperCase();
    else if (isTtl(token.raw)) ttl = seconds(token.raw);
    else if (WHOLE_PLACEHOLDER.test(token.raw)) ttl = "placeholder";
    else break;
  }
  const typeToken = tokens[at];
  if (typeToken === undefined || typeToken.quoted || !/^[A-Za-z][A-Za-z0-9-]*$/.test(typeToken.raw)) return undefined;
  const owner = blankOwner ? undefined : tokens[0];
  return { owner, ttl, type: typeToken.raw.toUpperCase(), typeToken, data: tokens.slice(at + 1), class: recordClass };
}

const UNITS = { s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 } as const;

const isTtl = (text: string): boolean => text.length <= 40 && TTL.test(text);

/** `3600`, `1h30m`, `2w` in seconds; null for anything else. The largest TTL is 2^31 - 1 (RFC 2181 §8). */
export function seconds(text: string): number | null {
  if (!isTtl(text)) return null;
  let total = 0;
  for (const [, count, unit] of text.matchAll(/([0-9]+)([smhdw]?)/gi))
    total += Number(count) * UNITS[(unit?.toLowerCase() || "s") as keyof typeof UNITS];
  return total <= 2 ** 31 - 1 ? total : null;
}

/** A type, optionally after TTL and class, further on in the line: the line was indented, and its owner was read as a type. */
export function laterType(data: readonly Token[]): string | undefined {
  const words = data.slice(0, 3).map(({ raw, quoted }) => (quoted ? "" : raw.toUpperCase()));
  const at = words.findIndex((word) => !CLASS.test(word) && !isTtl(word));
  const type = words[at] ?? "";
  return at >= 0 && knownType(type) ? type : undefined;
}
