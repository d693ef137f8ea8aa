import { type DomainName, domainName } from "./domain-name.ts";

/** One `mx` value of a policy: a host, or every host exactly one label below it. RFC 8461 §3.2. */
export interface MxPattern {
  readonly wildcard: boolean;
  readonly host: DomainName;
}

/** RFC 8461 §3.2: `["*."] Domain`, where a Domain (RFC 5321 §4.1.2) has no final dot and no U-labels. */
export function parseMxPattern(text: string): MxPattern | undefined {
  const wildcard = text.startsWith("*.");
  const host = text.endsWith(".") ? undefined : domainName(wildcard ? text.slice(2) : text);
  return host && { wildcard, host };
}

/** As a policy writes it, in lower case. */
export function printMxPattern({ wildcard, host }: MxPattern): string {
  return wildcard ? `*.${host}` : host;
}

/** RFC 8461 §4.1: `*` stands for the entire left-most label, and for exactly one. */
export function matchesMx({ wildcard, host: pattern }: MxPattern, host: DomainName): boolean {
  if (!wildcard) return host === pattern;
  const dot = host.indexOf(".");
  return dot > 0 && host.slice(dot + 1) === pattern;
}
