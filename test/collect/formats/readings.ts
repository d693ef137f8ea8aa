import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Format, Reading } from "../../../src/collect/format.ts";
import { FORMATS } from "../../../src/collect/formats.ts";
import type { Location } from "../../../src/location.ts";
import type { ProposedRecord } from "../../../src/proposal.ts";
import type { Span } from "../../../src/protocol/span.ts";

/** Reads a literal in a format. The first format of the table that recognises it must be this one. */
export async function readAs(
  format: Format,
  text: string,
  { path = "file", files = {} as Readonly<Record<string, string>> } = {},
): Promise<Reading> {
  const file = { path, text };
  expect(FORMATS.find(({ recognises }) => recognises(file))?.id).toBe(format.id);
  return format.read(file, { include: async (name) => files[name] });
}

/** `owner ttl type data`, or `owner ttl type ? why`. */
export const linesOf = (records: readonly ProposedRecord[] = []): readonly string[] =>
  records.map(({ owner, type, data, ttl, why }) => `${owner} ${ttl ?? "-"} ${type} ${data ?? `? ${why}`}`);

/** `line message`, with `!` in front where the run stops. */
export const defectsOf = ({ defects }: Reading): readonly string[] =>
  defects.map(({ location, message, concerns }) => `${concerns ? "!" : ""}${lineOf(location)} ${message}`);

const lineOf = (location: Location): number => (location.kind === "file" ? location.span.startLine : 0);

/** The stretch of the text that a span names. */
export function cut(text: string, { startLine, startColumn, endLine, endColumn }: Span): string {
  const rows = text.split("\n").slice(startLine - 1, endLine);
  const last = rows.length - 1;
  rows[last] = (rows[last] ?? "").slice(0, endColumn - 1);
  rows[0] = (rows[0] ?? "").slice(startColumn - 1);
  return rows.join("\n");
}

/** What each record's location names, in the order of the records. */
export const placesOf = (text: string, { records }: Reading): readonly string[] =>
  records.map(({ location }) => (location.kind === "file" ? cut(text, location.span) : location.kind));

/** Every location of a reading lies inside the text. */
export function expectInside(text: string, reading: Reading): void {
  const rows = text.split("\n");
  const locations = [...reading.records, ...(reading.before ?? []), ...reading.defects].map(({ location }) => location);
  for (const location of locations) {
    if (location.kind !== "file") throw new Error("a record of a file without its place in it");
    const { startLine, startColumn, endLine, endColumn } = location.span;
    expect(startLine).toBeGreaterThanOrEqual(1);
    expect(endLine).toBeLessThanOrEqual(rows.length);
    expect(startColumn).toBeGreaterThanOrEqual(1);
    expect(startColumn).toBeLessThanOrEqual((rows[startLine - 1] ?? "").length + 1);
    expect(endColumn).toBeLessThanOrEqual((rows[endLine - 1] ?? "").length + 1);
    expect(startLine < endLine || startColumn <= endColumn).toBe(true);
  }
}

export interface Sample {
  readonly id: string;
  readonly files: readonly string[];
  readonly expect: readonly Extraction[];
}

export interface Extraction {
  readonly domain: string | null;
  readonly mta_sts_txt: readonly string[];
  readonly mta_sts_cname?: string;
  readonly mx: readonly { readonly preference: number; readonly exchange: string }[];
  /** MX records that only the zone's id ties to the domain. */
  readonly mx_in_same_zone?: Extraction["mx"];
  readonly tlsrpt: readonly string[];
  readonly before?: Extraction;
}

// CORPUS: a folder of record files collected from public repositories, with what each must yield.
export const corpus = process.env["CORPUS"];

export const corpusFolder = (name: string): string => join(corpus ?? "", "dns", name);

export const samplesOf = (name: string): readonly Sample[] =>
  corpus ? JSON.parse(readFileSync(join(corpusFolder(name), "index.json"), "utf8")) : [];

export const sampleText = (name: string, path: string): string => readFileSync(join(corpusFolder(name), path), "utf8");

/** The records are exactly what the sample's index expects of its domain. */
export function expectExtraction(records: readonly ProposedRecord[], wanted: Extraction): void {
  const at = (owner: string, type: string) =>
    records.filter((record) => record.owner === owner && record.type === type).map(({ data, why }) => data ?? why);
  const domain = wanted.domain ?? "";
  const mx = [...wanted.mx, ...(wanted.mx_in_same_zone ?? [])].map((one) => `${one.preference} ${one.exchange}`);
  expect(new Set(at(domain, "MX"))).toEqual(new Set(mx));
  expect(at(domain, "MX")).toHaveLength(mx.length);
  expect(at(`_mta-sts.${domain}`, "TXT")).toEqual(wanted.mta_sts_txt);
  expect(at(`_mta-sts.${domain}`, "CNAME")).toEqual(wanted.mta_sts_cname ? [wanted.mta_sts_cname] : []);
  expect(at(`_smtp._tls.${domain}`, "TXT")).toEqual(wanted.tlsrpt);
}
