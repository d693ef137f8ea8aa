import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { itemsOf, LARGEST_YAML, memberOf, readYaml, textOf, type YamlNode } from "../../src/collect/yaml-file.ts";

/** The node as plain data: scalars as text. */
function plain(node: YamlNode | undefined): unknown {
  if (node?.kind === "map") return Object.fromEntries([...node.members].map(([key, { value }]) => [key, plain(value)]));
  return node?.kind === "list" ? node.items.map(plain) : node?.text;
}

const of = (text: string): unknown => plain(readYaml("a.yaml", text).documents[0]);

describe("values", () => {
  test.each([
    ["a: 012", { a: "012" }], // no schema makes a number of it
    ["on: yes", { on: "yes" }],
    ["a: 'it''s'", { a: "it's" }],
    ['a: "x\\u0041\\n"', { a: "xA\n" }],
    ["a: >\n  b\n  c\n\n  d\n", { a: "b c\nd\n" }],
    ["a: [b, {c: d}]", { a: ["b", { c: "d" }] }],
    ["__proto__: {a: b}", { ["__proto__"]: { a: "b" } }],
    ["? [a]\n: b\nc: d", { c: "d" }], // a key that is no scalar
    ["a: &x b\nc: *x\nd: &x e\nf: *x", { a: "b", c: "b", d: "e", f: "e" }],
    ["a: &x {b: c}\nd:\n  <<: *x\n  e: f", { a: { b: "c" }, d: { b: "c", e: "f" } }],
    ["'<<': {a: b}", { "<<": { a: "b" } }],
  ])("%j", (text, value) => {
    const { documents, faults } = readYaml("a.yaml", text);
    expect(JSON.stringify(plain(documents[0]))).toBe(JSON.stringify(value));
    expect(faults).toEqual([]);
  });

  test("documents, empty ones left out", () => {
    expect(readYaml("a.yaml", "---\n---\na: b\n---\n# x\n---\n- c\n").documents.map(plain)).toEqual([
      { a: "b" },
      ["c"],
    ]);
  });

  test("tags stay on what they tag", () => {
    const [root] = readYaml("a.yaml", "a: !Ref b\nc: !Join [d]").documents;
    expect([memberOf(root, "a")?.tag, memberOf(root, "c")?.tag, root?.tag]).toEqual(["!Ref", "!Join", undefined]);
  });

  test("a value that is not written stands where its key does", () => {
    const [root] = readYaml("a.yaml", "a: b\nc:\n").documents;
    expect(memberOf(root, "c")).toBeUndefined();
    const value = root?.kind === "map" ? root.members.get("c")?.value : undefined;
    expect(value && root?.file.spanOf(value).startLine).toBe(2);
  });
});

describe("keys that stand there twice", () => {
  test.each([
    ["a: 1\na: 2", ["1"]],
    ["a: 1\n<<: {a: 2}", ["1"]],
    ["<<: {a: 2}\na: 1", []], // what a merge is for
    ["<<: [{a: 2}, {a: 3}]", []],
  ])("%j", (text, lost) => {
    const [root] = readYaml("a.yaml", text).documents;
    expect(root?.kind === "map" && root.duplicates.map(({ value }) => textOf(value))).toEqual(lost);
  });
});

describe("faults", () => {
  test.each([
    ['a: "\\;"', 4],
    ["a: [", 4],
    ["a: *b", 3],
    ["a: &b [*b]", 7],
    ["a: {<<: b}", 8],
    ["\ta: b\n c: d", 0],
  ])("%j", (text, start) => expect(readYaml("a.yaml", text).faults[0]).toMatchObject({ start }));

  test("caps: size, aliases, merges, depth", () => {
    expect(readYaml("a.yaml", " ".repeat(LARGEST_YAML + 1)).faults[0]?.message).toContain("2 MiB");
    expect(readYaml("a.yaml", `a: &a b\nc: [${"*a,".repeat(10_001)}]`).faults[0]?.message).toContain("10000 aliases");
    expect(readYaml("a.yaml", `${"[".repeat(70)}${"]".repeat(70)}`).faults[0]?.message).toContain("deeper than 64");
    const keys = Array.from({ length: 3000 }, (_, at) => `k${at}: 1`).join();
    const merges = `a: &a {${keys}}\nb: {<<: [${"*a,".repeat(100)}]}`;
    expect(readYaml("a.yaml", merges).faults[0]?.message).toContain("200000 keys");
  });

  test("a fault names no more of the text than a token", () => {
    const { faults } = readYaml("a.yaml", `a: b\n  ${"x".repeat(5000)}: [c]: d`);
    expect(faults.every(({ message }) => message.length < 200)).toBe(true);
  });
});

test("any text: never throws, and every stretch lies inside", () => {
  const inside = (node: YamlNode, length: number): boolean =>
    node.start >= 0 &&
    node.start <= node.end &&
    node.end <= length &&
    (node.kind === "map"
      ? [...node.members.values()].every(({ key, value }) => inside(key, length) && inside(value, length))
      : node.kind === "scalar" || itemsOf(node).every((item) => inside(item, length)));
  const text = fc
    .array(
      fc.oneof(
        fc.constantFrom(..."[]{},:-?&*!|>'\"%@`#<a \n\t\r".split(""), ": ", "- ", "<<: ", "&a ", "*a"),
        fc.string(),
      ),
    )
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(text, (some) => {
      const { documents, faults } = readYaml("a.yaml", some);
      expect(documents.every((root) => inside(root, some.length))).toBe(true);
      expect(faults.every(({ start, end }) => start <= end && end <= some.length)).toBe(true);
    }),
    { numRuns: 500 },
  );
});

test("YAML reads as its own library has it", () => {
  expect(of("a:\n- b: c\n  d: |\n    e\n-\n- f # g\n")).toEqual({ a: [{ b: "c", d: "e\n" }, "", "f"] });
});
