// Samples collected from public repositories, with what each must yield.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Format, Reading } from "../../../src/collect/format.ts";
import { contextsOf } from "../../../src/collect/read-context.ts";
import type { Side } from "../../../src/collect/side.ts";

export interface Sample {
  readonly id: string;
  readonly files: readonly string[];
  readonly expect: readonly {
    readonly zone: string | null;
    readonly domain: string;
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

/** Reads the files that `named` names as record files, all others beside them, and leaves out what another one includes. */
export async function readAll(
  format: Format,
  files: Readonly<Record<string, string>>,
  named: (path: string) => boolean = () => true,
): Promise<readonly Reading[]> {
  const paths = Object.keys(files).filter(named);
  const contextFor = contextsOf(literalSide(files), paths);
  const read = new Map<string, Reading>();
  for (const path of paths) {
    const file = { path, text: files[path] ?? "" };
    if (!format.recognises(file)) throw new Error(`${path} is not recognised`);
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
