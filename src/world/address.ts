import {
  type AddressRange,
  EMBEDDED_IPV4,
  GLOBAL_UNICAST_IPV6,
  NAT64,
  NEVER,
  NOT_GLOBAL_IPV4,
  NOT_GLOBAL_IPV6,
} from "./address-ranges.ts";

/** What an address is. `range` is our own text, never the address's. */
export type AddressVerdict =
  | { readonly kind: "global" }
  | { readonly kind: "not-global"; readonly range: string }
  /** Refused even where private networks are allowed. */
  | { readonly kind: "never"; readonly range: string }
  /** No IPv4 or IPv6 text of RFC 4291 §2.2; octal, hexadecimal and short IPv4 and zone ids are not. */
  | { readonly kind: "malformed" };

export type Permission =
  | { readonly kind: "allowed" }
  | { readonly kind: "refused"; readonly because: "not-global"; readonly detail: string };

/** One sentence for every refusal: what it hit is no business of who chose the name (no port or range oracle). */
const REFUSED: Permission = { kind: "refused", because: "not-global", detail: "refused: not globally routable" };

/**
 * Whether this program may open a connection to `address`. `allowPrivate` is the operator's `allow-private-networks`.
 */
export function mayContact(address: string, allowPrivate: boolean): Permission {
  const { kind } = vetAddress(address);
  return kind === "global" || (kind === "not-global" && allowPrivate) ? { kind: "allowed" } : REFUSED;
}

/** Judges an address by the IANA special-purpose registries (RFC 6890); only globally reachable unicast is `global`. */
export function vetAddress(text: string): AddressVerdict {
  const bytes = parseAddress(text);
  if (bytes === undefined) return { kind: "malformed" };
  return bytes.length === 4 ? vetIpv4(bytes) : vetIpv6(bytes);
}

function vetIpv4(bytes: Uint8Array): AddressVerdict {
  const never = named(NEVER_BLOCKS, bytes);
  if (never !== undefined) return { kind: "never", range: never };
  const range = named(IPV4_BLOCKS, bytes);
  return range === undefined ? { kind: "global" } : { kind: "not-global", range };
}

function vetIpv6(bytes: Uint8Array): AddressVerdict {
  const inside = embedded(bytes).map(vetIpv4);
  const never = named(NEVER_BLOCKS, bytes);
  if (never !== undefined) return { kind: "never", range: never };
  const hidden = inside.find(({ kind }) => kind === "never");
  if (hidden !== undefined) return hidden;
  // A resolver with DNS64 synthesises these for hosts that have IPv4 only (RFC 6147).
  if (within(NAT64_BLOCK, bytes)) return inside[0] ?? { kind: "not-global", range: "NAT64" };
  const range = named(IPV6_BLOCKS, bytes);
  if (range !== undefined) return { kind: "not-global", range };
  return within(UNICAST_BLOCK, bytes) ? { kind: "global" } : { kind: "not-global", range: "unassigned" };
}

function embedded(bytes: Uint8Array): readonly Uint8Array[] {
  return EMBEDDINGS.filter(({ block }) => within(block, bytes)).map(({ at, inverted }) =>
    Uint8Array.from(at, (index) => (bytes[index] ?? 0) ^ (inverted ? 0xff : 0)),
  );
}

/** The 4 or 16 octets of an address, in the one strict reading; `undefined` for every other text. */
export function parseAddress(text: string): Uint8Array | undefined {
  return text.includes(":") ? parseIpv6(text) : parseIpv4(text);
}

const DECIMAL_OCTET = /^(0|[1-9][0-9]{0,2})$/;

function parseIpv4(text: string): Uint8Array | undefined {
  const parts = text.split(".");
  // A leading zero is octal to some and decimal to others (RFC 6943 §3.1.1): neither here.
  const strict = parts.length === 4 && parts.every((part) => DECIMAL_OCTET.test(part) && Number(part) <= 255);
  return strict ? Uint8Array.from(parts, Number) : undefined;
}

/** RFC 4291 §2.2: eight groups, `::` once for one or more of zero, the last two perhaps as dotted IPv4. */
function parseIpv6(text: string): Uint8Array | undefined {
  if (text.length > 45) return undefined;
  const halves = text.split("::");
  if (halves.length > 2) return undefined;
  const [head, tail] = halves.map((half, index) => groups(half, index === halves.length - 1));
  if (head === undefined || (halves.length === 2 && tail === undefined)) return undefined;
  const after = tail ?? [];
  const zeros = 16 - head.length - after.length;
  if (halves.length === 2 ? zeros < 2 : zeros !== 0) return undefined;
  return Uint8Array.from([...head, ...new Array<number>(zeros).fill(0), ...after]);
}

function groups(half: string, last: boolean): readonly number[] | undefined {
  if (half === "") return [];
  const parts = half.split(":");
  const octets: number[] = [];
  for (const [index, part] of parts.entries()) {
    const dotted = last && index === parts.length - 1 && part.includes(".") ? parseIpv4(part) : undefined;
    if (dotted !== undefined) octets.push(...dotted);
    else if (/^[0-9a-f]{1,4}$/i.test(part))
      octets.push(Number.parseInt(part, 16) >> 8, Number.parseInt(part, 16) & 0xff);
    else return undefined;
  }
  return octets;
}

/** Text of 4 or 16 octets; IPv6 as RFC 5952 §4 writes it. */
export function addressText(bytes: Uint8Array): string {
  if (bytes.length === 4) return bytes.join(".");
  const words = Array.from({ length: 8 }, (_, index) => ((bytes[2 * index] ?? 0) << 8) | (bytes[2 * index + 1] ?? 0));
  const text = words.map((word) => word.toString(16)).join(":");
  // The longest run of two or more zero groups, the first of equals.
  const runs = [...text.matchAll(/(?<![0-9a-f])0(?::0)+(?![0-9a-f])/g)];
  const longest = runs.reduce((best, [run]) => (run.length > best.length ? run : best), "");
  if (longest === "") return text;
  const at = runs.find(([run]) => run === longest)?.index ?? 0;
  return `${text.slice(0, at).replace(/:$/, "")}::${text.slice(at + longest.length).replace(/^:/, "")}`;
}

interface Block {
  readonly bytes: Uint8Array;
  readonly bits: number;
}

function block(range: string): Block {
  const [base = "", bits = ""] = range.split("/");
  const bytes = parseAddress(base);
  if (bytes === undefined) throw new Error(`the address table holds ${range}, which is no range`);
  return { bytes, bits: Number(bits) };
}

function within({ bytes, bits }: Block, address: Uint8Array): boolean {
  if (bytes.length !== address.length) return false;
  return bytes.every((octet, index) => {
    const mask = 0xff & (0xff00 >> Math.min(8, Math.max(0, bits - 8 * index)));
    return (((address[index] ?? 0) ^ octet) & mask) === 0;
  });
}

function named(blocks: readonly (Block & { readonly name: string })[], address: Uint8Array): string | undefined {
  return blocks.find((candidate) => within(candidate, address))?.name;
}

const blocks = (ranges: readonly AddressRange[]) => ranges.map(({ range, name }) => ({ ...block(range), name }));

const NEVER_BLOCKS = blocks(NEVER);
const IPV4_BLOCKS = blocks(NOT_GLOBAL_IPV4);
const IPV6_BLOCKS = blocks(NOT_GLOBAL_IPV6);
const NAT64_BLOCK = block(NAT64);
const UNICAST_BLOCK = block(GLOBAL_UNICAST_IPV6);
const EMBEDDINGS = EMBEDDED_IPV4.map((form) => ({ ...form, block: block(form.range) }));
