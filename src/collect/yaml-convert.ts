import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";
import type { Stretch } from "./text-span.ts";
import type { YamlFault, YamlMap, YamlMember, YamlNode, YamlOptions, YamlScalar, YamlText } from "./yaml-file.ts";

interface Conversion extends YamlOptions {
  readonly source: YamlText;
  /** Anchors so far: an alias means the last one before it (YAML 1.2 §7.1). */
  readonly anchors: Map<string, YamlNode>;
  readonly faults: YamlFault[];
  readonly includes: YamlScalar[];
  /** What merges may still copy. */
  readonly left: { aliases: number; merged: number };
}

const START: Stretch = { start: 0, end: 0 };

const DEEPEST = 64;
const MOST_ALIASES = 10_000;
const MOST_MERGED = 200_000;

/** The parser's nodes as ours, in one pass. Undefined: the document is empty. */
export function convertDocument(
  source: YamlText,
  contents: unknown,
  { included, faults, includes }: YamlOptions & Pick<Conversion, "faults" | "includes">,
): YamlNode | undefined {
  if (contents === null || contents === undefined) return undefined;
  const left = { aliases: MOST_ALIASES, merged: MOST_MERGED };
  const conversion: Conversion = { source, anchors: new Map(), faults, includes, left, ...(included && { included }) };
  return nodeOf(conversion, contents as Node, { depth: 0 });
}

interface Within {
  readonly depth: number;
  /** The place of a value that is not written at all. */
  readonly where?: Stretch;
}

function nodeOf(conversion: Conversion, node: Node | null, { depth, where = START }: Within): YamlNode {
  const { source, anchors } = conversion;
  const place = node?.range ? placeOf(conversion, node.range) : { start: where.start, end: where.end };
  const nothing: YamlScalar = { kind: "scalar", ...place, file: source, tag: undefined, text: "", plain: true };
  if (node === null) return nothing;
  if (isAlias(node)) {
    conversion.left.aliases -= 1;
    if (conversion.left.aliases < 0) return failed(conversion, nothing, `more than ${MOST_ALIASES} aliases`);
    return anchors.get(node.source) ?? failed(conversion, nothing, "an alias to an anchor that is not above it");
  }
  if (depth >= DEEPEST) return failed(conversion, nothing, `nested deeper than ${DEEPEST} levels`);
  const made = valueOf(conversion, node, { depth, place, nothing });
  const { anchor } = node as { anchor?: string };
  if (anchor) anchors.set(anchor, made);
  return made;
}

interface Position {
  readonly depth: number;
  readonly place: Stretch;
  readonly nothing: YamlScalar;
}

function valueOf(conversion: Conversion, node: Node, { depth, place, nothing }: Position): YamlNode {
  const { source: file, includes } = conversion;
  const tag = (node as { tag?: string }).tag;
  if (isSeq(node)) {
    const items = node.items.map((item) => nodeOf(conversion, item as Node | null, { depth: depth + 1 }));
    return { kind: "list", ...place, file, tag, items };
  }
  if (isMap(node)) return { kind: "map", ...place, file, tag, ...membersOf(conversion, node, depth) };
  if (!isScalar(node)) return nothing;
  const made: YamlScalar = { ...nothing, tag, text: node.source ?? "", plain: node.type === "PLAIN" };
  if (tag !== "!include") return made;
  includes.push(made);
  return conversion.included?.(made) ?? made;
}

function membersOf(conversion: Conversion, map: YAMLMap, depth: number): Pick<YamlMap, "members" | "duplicates"> {
  const members = new Map<string, YamlMember>();
  const duplicates: YamlMember[] = [];
  // Where the map itself said it, rather than a merge.
  const own = new Set<string>();
  for (const pair of map.items as readonly Pair<Node, Node | null>[]) {
    if (isScalar(pair.key) && pair.key.type === "PLAIN" && pair.key.source === "<<") {
      for (const [name, member] of mergedBy(conversion, nodeOf(conversion, pair.value, { depth: depth + 1 }))) {
        if (own.has(name)) duplicates.push(members.get(name) as YamlMember);
        members.set(name, member);
      }
      continue;
    }
    const key = nodeOf(conversion, pair.key, { depth: depth + 1 });
    const value = nodeOf(conversion, pair.value, { depth: depth + 1, where: key });
    if (key.kind !== "scalar") continue;
    if (own.has(key.text)) duplicates.push(members.get(key.text) as YamlMember);
    own.add(key.text);
    members.set(key.text, { key, value });
  }
  return { members, duplicates };
}

/** https://yaml.org/type/merge.html: a map, or a list of maps of which an earlier one wins. */
function mergedBy(conversion: Conversion, value: YamlNode): ReadonlyMap<string, YamlMember> {
  const merged = new Map<string, YamlMember>();
  for (const map of value.kind === "list" ? value.items : [value]) {
    if (map.kind !== "map") {
      failed(conversion, value, "`<<` merges maps, and this is none");
      continue;
    }
    conversion.left.merged -= map.members.size;
    if (conversion.left.merged < 0) {
      failed(conversion, value, `merges copy more than ${MOST_MERGED} keys`);
      break;
    }
    for (const [name, member] of map.members) if (!merged.has(name)) merged.set(name, member);
  }
  return merged;
}

function failed<T extends YamlNode>({ faults }: Conversion, node: T, message: string): T {
  faults.push({ message, start: node.start, end: node.end });
  return node;
}

/** From the first character to the last that is not blank: a block's range goes on to the next line. */
function placeOf({ source: { text } }: Conversion, [from, to]: readonly [number, number, ...number[]]): Stretch {
  const start = Math.min(from, text.length);
  let end = Math.max(start, Math.min(to, text.length));
  while (end > start && /\s/.test(text[end - 1] as string)) end -= 1;
  return { start, end };
}
