import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DEEPEST_JSON, type JsonNode, readJson } from "../../src/collect/json-file.ts";
import { topKeys } from "../../src/collect/json-keys.ts";
import { cut } from "./formats/readings.ts";

function plain(node: JsonNode): unknown {
  if (node.kind === "text") return node.text;
  if (node.kind === "number") return node.number;
  if (node.kind === "list") return node.items.map(plain);
  // As JSON.parse does: a member of that name, and no prototype.
  if (node.kind === "object") return Object.fromEntries([...node.members].map(([key, value]) => [key, plain(value)]));
  return node.kind === "null" ? null : node.kind === "true";
}

function parsed(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}

describe("the same as JSON.parse", () => {
  const expectSame = (text: string): void => {
    const { root, fault } = readJson(text);
    const wanted = parsed(text);
    expect(fault === undefined).toBe(wanted !== undefined);
    if (wanted && root) expect(plain(root)).toEqual(wanted.value);
  };

  test("for whole texts, and for cut and altered ones", () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), fc.string({ minLength: 1, maxLength: 2 }), (text, at, other) => {
        const place = at % (text.length + 1);
        expectSame(text);
        expectSame(text.slice(0, place));
        expectSame(text.slice(0, place) + other + text.slice(place));
      }),
      { numRuns: 500 },
    );
  });

  test.each([
    "",
    " ",
    "nul",
    "-",
    "01",
    "1.",
    ".5",
    "1e",
    "+1",
    "-0",
    "1E+2",
    '"\\x"',
    '"\\u12"',
    '"\t"',
    '"\u007f"',
    "[1,]",
    "{,}",
    '{"a"}',
    '{"a":}',
    "{a:1}",
    "[1 2]",
    "1 2",
    "\u00a01",
    '{"__proto__":{"x":1}}',
    '"\\ud800"',
    "\f1",
    '"a',
    '"\\',
  ])("%j", expectSame);
});

describe("positions", () => {
  test("a string's place has its quotes, also after characters of two units and line ends", () => {
    const text = '\uFEFF{\r\n  "😀": [1, "b\\n"],\n "c" : {}}';
    const { root, spanOf } = readJson(text);
    const list = root?.kind === "object" ? root.members.get("😀") : undefined;
    const item = list?.kind === "list" ? list.items[1] : undefined;
    expect(item && cut(text, spanOf(item))).toBe('"b\\n"');
    expect(item && spanOf(item)).toEqual({ startLine: 2, startColumn: 13, endLine: 2, endColumn: 18 });
    expect(root && cut(text, spanOf(root))).toBe(text.slice(1));
  });

  test("a fault has its place", () => {
    const { fault, spanOf } = readJson('{\n "a": x }');
    expect(fault && spanOf(fault)).toMatchObject({ startLine: 2, startColumn: 7 });
  });
});

describe("bounds", () => {
  test("nesting", () => {
    const nested = (depth: number) => "[".repeat(depth) + "]".repeat(depth);
    expect(readJson(nested(DEEPEST_JSON)).fault).toBeUndefined();
    expect(readJson(nested(DEEPEST_JSON + 1)).fault?.message).toContain("deeper");
    expect(readJson("[".repeat(1_000_000)).fault?.message).toContain("deeper");
  });

  test("keys that stand twice: the last counts, at most 64 are told", () => {
    const { root, duplicates } = readJson(`{${Array.from({ length: 500 }, (_, at) => `"a":${at}`).join()}}`);
    expect(root && plain(root)).toEqual({ a: 499 });
    expect(duplicates).toHaveLength(64);
  });

  test("objects in lists that are not wanted leave no trace, and must be right all the same", () => {
    const keep = ({ members }: { readonly members: ReadonlyMap<string, JsonNode> }) => members.has("a");
    const { root } = readJson('{"x": [{"b": 1}, {"a": 2}, 3]}', keep);
    expect(root && plain(root)).toEqual({ x: [{ a: 2 }, 3] });
    expect(readJson('[{"b": nope}]', keep).fault).toBeDefined();
  });
});

describe("the keys on top", () => {
  test.each([
    ['{"a": {"b": 1}, "c": ["d", {"e": 1}], "f": "g"}', ["a", "c", "f"]],
    ['\uFEFF \n{"a" : "}\\"", "b":', ["a", "b"]],
    ['{"a": "b', ["a"]],
    ['{"a": 1}{"b": 2}', ["a"]],
    ["[1]", []],
    ['"a": 1', []],
  ])("%j", (text, keys) => expect([...topKeys({ path: "p", text })]).toEqual(keys));
});
