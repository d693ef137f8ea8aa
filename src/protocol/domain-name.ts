/** A DNS name as this code compares it: A-labels, lower case, no trailing dot. Made only by {@link domainName} and {@link hostName}. */
export type DomainName = string & { readonly [brand]: "DomainName" };
declare const brand: unique symbol;

// RFC 5321 §4.1.2: sub-domain = Let-dig [Ldh-str]; the limits of 63 and 253 are RFC 1035 §2.3.4. ASCII only: toLowerCase()
// would make a "k" of the Kelvin sign, so it comes after this test.
const NAME = /^(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)*[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.?$/;

/** The name `text` writes in ASCII, with or without the final dot of its absolute form; `undefined` when it is none. */
export function domainName(text: string): DomainName | undefined {
  if (text.length > 254 || !NAME.test(text)) return undefined;
  const name = text.endsWith(".") ? text.slice(0, -1) : text;
  return name.length <= 253 ? (name.toLowerCase() as DomainName) : undefined;
}

/**
 * The name a host has in DNS: like {@link domainName}, and U-labels become A-labels (RFC 9525 §6.3). For host names only, never
 * for the value of a policy, where U-labels are forbidden (RFC 8461 §3.2). Nothing is mapped to plain ASCII: a full-width
 * `ｅｘａｍｐｌｅ.com`, an ideographic full stop or a soft hyphen make no name, as in IDNA2008 (RFC 5891 §4.2).
 */
export function hostName(text: string): DomainName | undefined {
  const written = domainName(text);
  if (written !== undefined || text.length > 254 || !/[^\x20-\x7e]/.test(text)) return written;
  const labels = text.replace(/\.$/, "").split(".");
  const url = labels.every((label) => /^[A-Za-z0-9\u0080-\u{10ffff}-]+$/u.test(label))
    ? `http://${labels.join(".")}`
    : "";
  const mapped = URL.canParse(url) ? new URL(url).hostname.split(".") : [];
  const kept = mapped.length === labels.length && labels.every((label, at) => isALabelOf(mapped[at] ?? "", label));
  return kept ? domainName(mapped.join(".")) : undefined;
}

function isALabelOf(mapped: string, label: string): boolean {
  return mapped.startsWith("xn--") || mapped === label.toLowerCase();
}

/** Whether a name only looks like an IPv4 address: it fits the grammar of a Domain, and no MX host is ever called so. */
export function resemblesAddress(name: DomainName): boolean {
  return /^[0-9]+$/.test(name.slice(name.lastIndexOf(".") + 1));
}
