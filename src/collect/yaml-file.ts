import { parseAllDocuments } from "yaml";
import type { Location } from "../location.ts";
import type { RecordFile } from "./format.ts";
import { type Stretch, spanFinder } from "./text-span.ts";
import { convertDocument } from "./yaml-convert.ts";

/** A file of YAML, of which nodes of several files may be made: `!include`. */
export interface YamlText {
  readonly path: string;
  readonly text: string;
  readonly spanOf: ReturnType<typeof spanFinder>;
}

interface Placed extends Stretch {
  readonly file: YamlText;
  /** An explicit tag such as `!Ref`; undefined where there is none. */
  readonly tag: string | undefined;
}

/**
 * A value. Aliases are followed and `<<` is merged, so one node may stand in several places; its stretch is where its text stands.
 */
export type YamlNode = YamlScalar | YamlList | YamlMap;

export interface YamlScalar extends Placed {
  readonly kind: "scalar";
  /** As written, escapes and folding undone: `012` stays `012`, whatever type a schema would give it. */
  readonly text: string;
  /** Without quotes, and no block. */
  readonly plain: boolean;
}

export interface YamlList extends Placed {
  readonly kind: "list";
  readonly items: readonly YamlNode[];
}

export interface YamlMap extends Placed {
  readonly kind: "map";
  /** By the text of the key. Keys that are no scalars are left out. */
  readonly members: ReadonlyMap<string, YamlMember>;
  /** What a later key of the same name, or a `<<` behind it, took the place of: tools disagree on which one counts. */
  readonly duplicates: readonly YamlMember[];
}

export interface YamlMember {
  readonly key: YamlScalar;
  readonly value: YamlNode;
}

export interface YamlFault extends Stretch {
  readonly message: string;
}

export interface YamlFile {
  readonly source: YamlText;
  /** The root of each document that is not empty. */
  readonly documents: readonly YamlNode[];
  /** The first few. What the parser made of the rest is in `documents`. */
  readonly faults: readonly YamlFault[];
  /** Scalars tagged `!include`. */
  readonly includes: readonly YamlScalar[];
}

const known = new WeakMap<RecordFile, YamlFile>();

/** The same file is parsed once, however many formats ask what it is. */
export function yamlOf(file: RecordFile): YamlFile {
  const found = known.get(file) ?? readYaml(file.path, file.text);
  known.set(file, found);
  return found;
}

export interface YamlOptions {
  /** What an `!include` scalar stands for; undefined: it stays as it is. */
  readonly included?: (scalar: YamlScalar) => YamlNode | undefined;
}

/** UTF-16 units. A zone of 30,000 records is this large; YAML takes its parser a second for each MiB. */
export const LARGEST_YAML = 2 * 1024 * 1024;

const MOST_FAULTS = 16;

/**
 * Reads YAML with positions. Never throws: nothing is constructed, so there are no types, no dates, no prototypes, and an alias
 * costs as much as the value that it points at once. `uniqueKeys` is off because that check is superlinear; duplicates are found
 * here.
 */
export function readYaml(path: string, text: string, options: YamlOptions = {}): YamlFile {
  const source: YamlText = { path, text, spanOf: spanFinder(text) };
  if (text.length > LARGEST_YAML) return refused(source, "the file is larger than 2 MiB, and is not read");
  const parsed = parseAllDocuments(text, {
    schema: "failsafe",
    uniqueKeys: false,
    prettyErrors: false,
    logLevel: "silent",
  });
  const documents: YamlNode[] = [];
  const faults: YamlFault[] = [];
  const includes: YamlScalar[] = [];
  // An empty stream has no documents, and is an array that has the stream's own errors.
  const errors = [...("empty" in parsed ? parsed.errors : []), ...parsed.flatMap((document) => document.errors)];
  for (const { message, pos } of errors.slice(0, MOST_FAULTS)) {
    const start = Math.min(pos[0], text.length);
    faults.push({ message: plainly(message), start, end: Math.max(start, Math.min(pos[1], text.length)) });
  }
  for (const document of parsed) {
    const root = convertDocument(source, document.contents, { ...options, faults, includes });
    if (root && !isEmpty(root)) documents.push(root);
  }
  return { source, documents, faults: faults.slice(0, MOST_FAULTS), includes };
}

const refused = (source: YamlText, message: string): YamlFile => ({
  source,
  documents: [],
  faults: [{ message, start: 0, end: 0 }],
  includes: [],
});

// The parser's messages quote the file; they are cut short.
const plainly = (message: string): string => `no YAML here: ${(message.split("\n")[0] ?? "").slice(0, 120)}`;

/** `~`, `null`, or nothing at all. */
export function isEmpty(node: YamlNode | undefined): boolean {
  return node === undefined || (node.kind === "scalar" && node.plain && /^(~|null|Null|NULL|)$/.test(node.text));
}

export function locationOf({ file, start, end }: YamlNode): Location {
  return { kind: "file", path: file.path, span: file.spanOf({ start, end }) };
}

/** The value under a key; undefined where there is none, or an empty one. */
export function memberOf(node: YamlNode | undefined, key: string): YamlNode | undefined {
  const value = node?.kind === "map" ? node.members.get(key)?.value : undefined;
  return isEmpty(value) ? undefined : value;
}

/** The text of a scalar that is not empty. */
export function textOf(node: YamlNode | undefined): string | undefined {
  return node?.kind === "scalar" && !isEmpty(node) ? node.text : undefined;
}

/** The items of a list; a single value counts as a list of one. */
export function itemsOf(node: YamlNode | undefined): readonly YamlNode[] {
  if (node === undefined) return [];
  return node.kind === "list" ? node.items : [node];
}

/** `true` in any of the ways in which YAML 1.1 writes it. */
export const isTrue = (node: YamlNode | undefined): boolean => /^(true|yes|on|y)$/i.test(textOf(node) ?? "");
export const isFalse = (node: YamlNode | undefined): boolean => /^(false|no|off|n)$/i.test(textOf(node) ?? "");

/** A TTL: digits, at most 2^31 - 1 (RFC 2181 §8). Null: anything else. */
export function secondsOf(node: YamlNode | undefined): number | null {
  const text = textOf(node) ?? "";
  return /^[0-9]{1,10}$/.test(text) && Number(text) <= 2 ** 31 - 1 ? Number(text) : null;
}
