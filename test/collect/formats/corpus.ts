// Samples collected from public repositories, with what each must yield.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Format, Reading } from "../../../src/collect/format.ts";
import { contextsOf } from "../../../src/collect/read-context.ts";
import type { Side } from "../../../src/collect/side.ts";

export interface Sample {
  readonly id: string;
  readonly files: readonly string[];
  readonly expect: readonly {
    readonly zone: string | null;
    readonly domain: string | null;
    readonly mta_sts_txt: readonly string[];
    readonly mx: readonly { readonly preference: number; readonly exchange: string }[];
    readonly tlsrpt: readonly string[];
    readonly unresolved?: readonly string[];
  }[];
}

export const samplesOf = (folder: string): readonly Sample[] =>
  JSON.parse(readFileSync(join(folder, "index.json"), "utf8"));

export function literalSide(files: Readonly<Record<string, string>>): Side {
  const text = async (path: string) => files[path];
  const bytes = async (path: string) => (files[path] === undefined ? undefined : Buffer.from(files[path]));
  return { name: "proposed", paths: new Set(Object.keys(files)), bytes, text };
}

export const filesOf = (folder: string, { files }: Sample): Readonly<Record<string, string>> =>
  Object.fromEntries(files.map((path) => [path, readFileSync(join(folder, path), "utf8")]));

/** Every record that the index names is extracted, and no other at these names; what it calls unresolved is said to be so. */
export function expectSample(readings: readonly Reading[], { expect: wanted }: Sample): void {
  expect(readings.flatMap(({ defects }) => defects)).toEqual([]);
  for (const { domain, mx, mta_sts_txt, tlsrpt, unresolved = [] } of wanted) {
    if (domain === null) {
      expect(readings.flatMap(({ records }) => records)).toEqual([]);
      expect(readings.flatMap(({ notes }) => notes).join("\n")).toMatch(unresolved.length > 0 ? /not|only/ : /^$/);
      continue;
    }
    const hosts = mx.map(({ preference, exchange }) => `${preference} ${exchange}`);
    expect(valuesAt(readings, domain, "MX")).toEqual(hosts.toSorted());
    expect(valuesAt(readings, `_mta-sts.${domain}`, "TXT")).toEqual(mta_sts_txt);
    expect(valuesAt(readings, `_mta-sts.${domain}`, "CNAME")).toEqual([]);
    expect(valuesAt(readings, `_smtp._tls.${domain}`, "TXT")).toEqual(tlsrpt);
  }
}

/** Reads the files that `named` names as record files, with all others beside them, and leaves out what another one includes. */
export async function readAll(
  format: Format,
  files: Readonly<Record<string, string>>,
  named: (path: string) => boolean = () => true,
  recognised = true,
): Promise<readonly Reading[]> {
  const paths = Object.keys(files).filter(named);
  const contextFor = contextsOf(literalSide(files), paths);
  const read = new Map<string, Reading>();
  for (const path of paths) {
    const file = { path, text: files[path] ?? "" };
    if (recognised && !format.recognises(file)) throw new Error(`${path} is not recognised`);
    read.set(path, await format.read(file, contextFor(new Set())));
  }
  const included = new Set([...read.values()].flatMap((reading) => reading.included));
  return [...read].filter(([path]) => !included.has(path)).map(([, reading]) => reading);
}

export function valuesAt(readings: readonly Reading[], owner: string, type: string): readonly string[] {
  return readings
    .flatMap(({ records }) => records)
    .filter((record) => record.owner === owner && record.type === type)
    .map(({ data, why }) => data ?? `undetermined: ${why}`)
    .toSorted();
}

/** `owner ttl type data` of every record. */
export const lines = ({ records }: Reading): readonly string[] =>
  records.map(({ owner, type, data, ttl }) => `${owner} ${ttl ?? "-"} ${type} ${data}`);

/** What stands where a record is said to stand. */
export function cutOf(text: string, { records }: Reading, index = 0): string {
  const location = records[index]?.location;
  if (location?.kind !== "file") return "";
  const { startLine, startColumn, endLine, endColumn } = location.span;
  const rows = text.split("\n").slice(startLine - 1, endLine);
  const last = rows.length - 1;
  rows[last] = (rows[last] ?? "").slice(0, endColumn - 1);
  rows[0] = (rows[0] ?? "").slice(startColumn - 1);
  return rows.join("\n");
}

/** Locations that do not lie inside their files. */
export function outsideSpans(
  files: Readonly<Record<string, string>>,
  readings: readonly Reading[],
): readonly unknown[] {
  const found = readings.flatMap(({ records, defects }) => [...records, ...defects].map(({ location }) => location));
  return found.filter((location) => {
    if (location.kind !== "file" || files[location.path] === undefined) return true;
    const rows = (files[location.path] as string).split("\n");
    const { startLine, startColumn, endLine, endColumn } = location.span;
    const forward = startLine < endLine || (startLine === endLine && startColumn <= endColumn);
    const [first, last] = [rows[startLine - 1], rows[endLine - 1]];
    const inside = startColumn <= (first?.length ?? -1) + 1 && endColumn <= (last?.length ?? -1) + 1;
    return !(forward && inside && startColumn >= 1);
  });
}
