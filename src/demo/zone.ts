/** One name of a private DNS: what is not there does not exist. */
export interface ZoneName {
  readonly TXT?: readonly string[];
  readonly MX?: readonly (readonly [number, string])[];
  readonly A?: readonly string[];
  readonly AAAA?: readonly string[];
  readonly CNAME?: string;
}

/** Name (lower case, no final dot) → records. */
export type Zone = Readonly<Record<string, ZoneName>>;

export type RecordType = "TXT" | "MX" | "A" | "AAAA";

export interface ZoneRecord {
  readonly name: string;
  readonly type: string;
  readonly data: unknown;
}

export type ZoneAnswer =
  | { readonly kind: "records"; readonly records: readonly ZoneRecord[] }
  | { readonly kind: "no-data" | "no-such-name"; readonly records: readonly ZoneRecord[] };

const LONGEST_CHAIN = 8;

/** What an authoritative server says of a name, CNAME chains followed. */
export function zoneAnswer(zone: Zone, name: string, type: string): ZoneAnswer {
  const chain: ZoneRecord[] = [];
  let owner = name.toLowerCase();
  for (let hop = 0; hop < LONGEST_CHAIN; hop += 1) {
    const found = zone[owner];
    if (!found) return { kind: existsBelow(zone, owner) ? "no-data" : "no-such-name", records: chain };
    if (found.CNAME === undefined) return settled(chain, dataOf(found, type), { owner, type });
    chain.push({ name: owner, type: "CNAME", data: found.CNAME });
    owner = found.CNAME.toLowerCase();
  }
  return { kind: "no-data", records: chain };
}

function settled(
  chain: readonly ZoneRecord[],
  data: readonly unknown[],
  { owner, type }: { owner: string; type: string },
): ZoneAnswer {
  if (data.length === 0) return { kind: "no-data", records: chain };
  return { kind: "records", records: [...chain, ...data.map((one) => ({ name: owner, type, data: one }))] };
}

/** An empty non-terminal exists (RFC 8020). */
function existsBelow(zone: Zone, owner: string): boolean {
  return Object.keys(zone).some((name) => name.endsWith(`.${owner}`));
}

function dataOf(found: ZoneName, type: string): readonly unknown[] {
  switch (type) {
    case "TXT":
      return (found.TXT ?? []).map((text) => text.match(/[^]{1,255}/g) ?? [""]);
    case "MX":
      return (found.MX ?? []).map(([preference, exchange]) => ({ preference, exchange }));
    case "A":
      return found.A ?? [];
    case "AAAA":
      return found.AAAA ?? [];
    default:
      return [];
  }
}
