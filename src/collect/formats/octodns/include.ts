import type { ReadContext, RecordFile } from "../../format.ts";
import { folderOf, joined } from "../../repository-path.ts";
import { readYaml, yamlOf, type YamlFile, type YamlNode, type YamlScalar } from "../../yaml-file.ts";

/** A file of YAML in which `!include other.yaml` stands for the root of that file, as octoDNS has it since 1.11. */
export interface WithIncludes {
  readonly file: YamlFile;
  /** Paths that were found. */
  readonly included: readonly string[];
  /** What cannot be read, of all files. */
  readonly faults: readonly IncludeFault[];
}

export interface IncludeFault {
  readonly file: YamlFile;
  readonly start: number;
  readonly end: number;
  readonly message: string;
}

interface Reading {
  readonly context: ReadContext;
  readonly included: Set<string>;
  readonly faults: IncludeFault[];
}

const DEEPEST = 4;
const MOST_FILES = 64;

export async function textWithIncludes(context: ReadContext, file: RecordFile): Promise<WithIncludes> {
  const reading: Reading = { context, included: new Set(), faults: [] };
  return { file: await readOne(reading, file, 0), included: [...reading.included], faults: reading.faults };
}

async function readOne(reading: Reading, file: RecordFile, depth: number): Promise<YamlFile> {
  const plain = yamlOf(file);
  const roots = new Map<string, YamlNode>();
  for (const scalar of plain.includes) {
    const root = roots.has(scalar.text) ? undefined : await rootOf(reading, scalar, { plain, depth });
    if (root) roots.set(scalar.text, root);
  }
  const whole = roots.size === 0 ? plain : readYaml(file.path, file.text, { included: ({ text }) => roots.get(text) });
  for (const fault of whole.faults) reading.faults.push({ ...fault, file: whole });
  return whole;
}

async function rootOf(
  reading: Reading,
  scalar: YamlScalar,
  { plain, depth }: { plain: YamlFile; depth: number },
): Promise<YamlNode | undefined> {
  const path = joined(folderOf(plain.source.path), scalar.text);
  const text = path === undefined ? undefined : await reading.context.include(path);
  const tooMany = depth >= DEEPEST || reading.included.size >= MOST_FILES;
  if (path === undefined || text === undefined || tooMany) {
    const message = tooMany
      ? `more than ${DEEPEST} levels or ${MOST_FILES} files of !include`
      : "the file that !include names is not tracked by git at this commit";
    reading.faults.push({ file: plain, start: scalar.start, end: scalar.end, message });
    return undefined;
  }
  reading.included.add(path);
  return (await readOne(reading, { path, text }, depth + 1)).documents[0];
}
