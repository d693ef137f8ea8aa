import { isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type Scalar } from "yaml";
import { CollectError } from "../errors.ts";
import type { Location } from "../location.ts";
import { type Span, TOP } from "../protocol/span.ts";

/** A place in a YAML file, and what it is called in messages (`domains.2.policy`: the second). */
export interface ConfigNode {
  readonly file: ConfigFile;
  readonly node: Node | null;
  readonly name: string;
  readonly location: Location;
}

interface ConfigFile {
  readonly path: string;
  readonly lines: LineCounter;
  readonly resolveAlias: (node: Node) => Node | null;
}

const LARGEST = 256 * 1024;
const MOST_ALIASES = 32;

/** The root of a YAML file; undefined for an empty one. @throws CollectError where it is no YAML, or more than 256 KiB. */
export function parseConfig(path: string, text: string): ConfigNode | undefined {
  if (text.length > LARGEST)
    throw new CollectError(`the config file ${path} is larger than 256 KiB`, { location: at(path, TOP) });
  const lines = new LineCounter();
  // Duplicates are looked for below: the parser's own check is superlinear.
  const parsed = parseDocument(text, { lineCounter: lines, uniqueKeys: false, version: "1.2" });
  const [error] = [...parsed.errors, ...parsed.warnings];
  if (error) {
    const [start, end] = error.linePos ?? [];
    const from = { startLine: start?.line ?? 1, startColumn: start?.col ?? 1 };
    const span = { ...from, endLine: end?.line ?? from.startLine, endColumn: end?.col ?? from.startColumn };
    throw new CollectError(`the config file is no YAML: ${(error.message.split("\n")[0] ?? "").slice(0, 200)}`, {
      location: at(path, span),
    });
  }
  let aliases = 0;
  const resolveAlias = (node: Node) => {
    if (!isAlias(node)) return node;
    aliases += 1;
    return aliases > MOST_ALIASES ? null : (node.resolve(parsed) ?? null);
  };
  if (parsed.contents === null || (isScalar(parsed.contents) && parsed.contents.value === null)) return undefined;
  return nodeAt({ path, lines, resolveAlias }, parsed.contents, { name: "the config file", fallback: at(path, TOP) });
}

function nodeAt(
  file: ConfigFile,
  node: Node | null,
  { name, fallback }: { name: string; fallback: Location },
): ConfigNode {
  const range = node?.range;
  const location = range ? at(file.path, spanOf(file.lines, range[0], range[1])) : fallback;
  return { file, node: node && file.resolveAlias(node), name, location };
}

function spanOf(lines: LineCounter, start: number, end: number): Span {
  const [from, to] = [lines.linePos(start), lines.linePos(Math.max(start, end))];
  return { startLine: from.line, startColumn: from.col, endLine: to.line, endColumn: to.col };
}

const at = (path: string, span: Span): Location => ({ kind: "file", path, span });

/** `the config says <name> …` with the line. */
export function refuse(
  { name, location }: Pick<ConfigNode, "name" | "location">,
  what: string,
  allowed: readonly string[] = [],
): CollectError {
  const rest = allowed.length > 0 ? `; allowed: ${allowed.join(", ")}` : "";
  return new CollectError(`${name} ${what}${rest}`, { location });
}

export interface ConfigKey extends ConfigNode {
  readonly key: string;
  /** The key's own place. */
  readonly keyLocation: Location;
}

/** The pairs of a map. @throws CollectError for what is no map, a key that is no text, and a key that stands there twice. */
export function pairsOf(parent: ConfigNode): readonly ConfigKey[] {
  const { node, file, name } = parent;
  if (!isMap(node)) throw refuse(parent, "is not a map of keys");
  const seen = new Set<string>();
  return node.items.map(({ key, value }) => {
    const keyNode = nodeAt(file, key as Node | null, { name, fallback: parent.location });
    if (!isScalar(keyNode.node) || typeof keyNode.node.value !== "string")
      throw refuse(keyNode, "has a key that is no text");
    const text = keyNode.node.value;
    if (seen.has(text)) throw refuse(keyNode, `has the key ${text.slice(0, 64)} twice`);
    seen.add(text);
    const inner = nodeAt(file, (value as Node | null) ?? null, {
      name: name === "the config file" ? text : `${name}.${text}`,
      fallback: keyNode.location,
    });
    return { ...inner, key: text, keyLocation: keyNode.location };
  });
}

/** The pairs of a map whose keys are all in `allowed`. */
export function fieldsOf(parent: ConfigNode, allowed: readonly string[]): ReadonlyMap<string, ConfigKey> {
  const pairs = pairsOf(parent);
  const unknown = pairs.find(({ key }) => !allowed.includes(key));
  if (unknown)
    throw refuse(
      { name: parent.name, location: unknown.keyLocation },
      `has no key ${unknown.key.slice(0, 64)}`,
      allowed,
    );
  return new Map(pairs.map((pair) => [pair.key, pair]));
}

export function itemsOf(parent: ConfigNode): readonly ConfigNode[] {
  const { node, file, name, location } = parent;
  if (!isSeq(node)) throw refuse(parent, "is not a list");
  return node.items.map((item, index) =>
    nodeAt(file, item as Node | null, { name: `${name}.${index + 1}`, fallback: location }),
  );
}

export function scalarOf({ node }: ConfigNode): Scalar | undefined {
  return isScalar(node) ? node : undefined;
}

export function isList({ node }: ConfigNode): boolean {
  return isSeq(node);
}

/** @throws CollectError for anything but text that is not empty. */
export function textOf(node: ConfigNode): string {
  const value = scalarOf(node)?.value;
  if (typeof value !== "string" || value.trim() === "") throw refuse(node, "is not a text");
  return value;
}
