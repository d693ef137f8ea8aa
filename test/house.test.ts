// The shape of the house: who may import whom, and that every table agrees with its folder, its tests and its pages.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, test } from "vitest";
import { trespasses } from "./house/rooms.ts";
import { bareCode } from "./house/source.ts";
import { emptyFunctions, emptyNames } from "./house/words.ts";

const MOST_LINES = 200;

const below = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => /\.(ts|mjs)$/.test(name))
    .map((name) => join(folder, name))
    .sort();
const read = (path: string): string => readFileSync(path, "utf8");
const SOURCES = below("src");
const TESTS = below("test");

describe("rooms", () => {
  test("there are sources to look at", () => expect(SOURCES.length).toBeGreaterThan(20));

  test("every file imports only what its room may", () => {
    expect(SOURCES.flatMap((path) => trespasses(path, read(path)))).toEqual([]);
  });

  test.each([
    ["a rule that opens a socket", "src/judge/rules/mx-refused.ts", 'import { connect } from "node:net";'],
    ["a reporter that reads rules", "src/report/text.ts", 'import { rules } from "../judge/rules.ts";'],
    ["a re-export", "src/report/text.ts", 'export { rules } from "../judge/rules.ts";'],
    ["a type", "src/observe/observe.ts", 'import type { Rule } from "../judge/rule.ts";'],
    ["a type in place", "src/observe/observe.ts", 'type R = import("../judge/rule.ts").Rule;'],
    ["an import for its side effects", "src/judge/judge.ts", 'import "../world/internet.ts";'],
    ["many lines", "src/judge/judge.ts", 'import {\n  tree,\n} from "../world/tree.ts";'],
    ["a late import", "src/collect/collect.ts", 'const fs = await import("node:fs");'],
    ["a late import with a comment", "src/judge/judge.ts", 'await import(/* webpackMode: "eager" */ "undici");'],
    ["an import by name in a variable", "src/judge/judge.ts", "await import(name);"],
    [
      "the RFC's language that knows the program",
      "src/protocol/policy.ts",
      'import type { Finding } from "../verdict.ts";',
    ],
    ["a noun that knows a room", "src/evidence.ts", 'import { observe } from "./observe/observe.ts";'],
    ["a window that judges", "src/world/resolver.ts", 'import { judge } from "../judge/judge.ts";'],
    ["the stream that reports", "src/gate.ts", 'import { text } from "./report/text.ts";'],
    ["GitHub outside the action", "src/cli/main.ts", 'import { getOctokit } from "@actions/github";'],
    ["the command line that opens the action", "src/cli/gate.ts", 'import { run } from "../action/run.ts";'],
    ["a run that talks to GitHub", "src/run/repository.ts", 'import { openApi } from "../action/api.ts";'],
    ["the demo that starts an entry", "src/demo/main.ts", 'import "../cli/main.ts";'],
    ["a package that nobody chose", "src/world/tree.ts", 'import git from "isomorphic-git";'],
    ["a test brought along", "src/demo/main.ts", 'import { fake } from "../../test/fakes/world.ts";'],
    ["a rule with a clock", "src/judge/rules/mx-refused.ts", "const now = Date.now();"],
    ["a rule with a clock, otherwise", "src/judge/rules/mx-refused.ts", "const now = new Date();"],
    ["a reporter that reads the environment", "src/report/text.ts", "if (process.env.CI) return;"],
    ["a collector that talks", "src/collect/collect.ts", 'await fetch("https://example.com");'],
    ["a folder without a room", "src/checks/one.ts", "export const one = 1;"],
  ])("%s is caught", (_, path, text) => {
    expect(trespasses(path, text)).toHaveLength(1);
    expect(trespasses(path, text)[0]).toContain(path);
  });

  test.each([
    ["src/judge/rules/mx-refused.ts", 'import { matchesMx } from "../../protocol/mx-pattern.ts";'],
    ["src/report/text.ts", '// import { connect } from "node:net";\n/* process.env */ const at = new Date(run.asOf);'],
    ["src/report/text.ts", 'const advice = "set process.env.CI // or not";'],
    ["src/world/policy-client.ts", 'const { Client } = await import(/* webpackMode: "eager" */ "undici");'],
  ])("%s is let alone", (path, text) => expect(trespasses(path, text)).toEqual([]));
});

describe("files", () => {
  test(`none is longer than ${MOST_LINES} lines`, () => {
    const long = [...SOURCES, ...below("scripts")].filter(
      (path) => read(path).trimEnd().split("\n").length > MOST_LINES,
    );
    expect(long).toEqual([]);
  });

  test("every file and function has a name that says something", () => {
    expect([...SOURCES, ...TESTS].filter((path) => emptyNames(path).length > 0)).toEqual([]);
    expect(SOURCES.flatMap((path) => emptyFunctions(read(path)).map((name) => `${path}: ${name}`))).toEqual([]);
  });

  test("an empty name is caught", () => {
    expect(emptyNames("src/world/dns-utils.ts")).toEqual(["utils"]);
    expect(emptyNames("src/core/judge.ts")).toEqual(["core"]);
    expect(emptyNames("src/world/base-tree.ts")).toEqual([]);
    expect(emptyFunctions("export async function processPolicy(text: string) {}")).toEqual(["processPolicy"]);
    expect(emptyFunctions("const isPolicyValid = (text: string) => true;")).toEqual(["isPolicyValid"]);
    expect(emptyFunctions("const doc = read(path); const check = (rule) => rule;")).toEqual([]);
  });

  test("no default exports", () => {
    expect(SOURCES.filter((path) => /\bexport default\b/.test(bareCode(read(path))))).toEqual([]);
  });

  test("no test replaces a module, and none runs alone", () => {
    const replaced = /\bvi\s*\.\s*(?:mock|doMock|hoisted)\b|\b(?:test|it|describe)\s*\.\s*only\b/;
    expect(TESTS.filter((path) => replaced.test(bareCode(read(path))))).toEqual([]);
  });
});

interface Table {
  readonly of: string;
  readonly load: () => Promise<Readonly<Record<string, unknown>>>;
  /** Ids of everything in src that calls itself one of these. */
  readonly inSource: () => readonly string[];
  readonly test: (id: string) => string;
  readonly pages: string;
  readonly headings?: (id: string) => readonly string[];
}

const stems = (paths: readonly string[]): readonly string[] => paths.map((path) => basename(path, ".ts")).sort();
const directlyIn = (folder: string): readonly string[] =>
  SOURCES.filter((path) => path === join(folder, basename(path)));

const TABLES: readonly Table[] = [
  {
    of: "rules",
    load: () => import("../src/judge/rules.ts"),
    inSource: () => stems(SOURCES.filter((path) => path.startsWith("src/judge/rules/"))),
    test: (id) => `test/judge/rules/${id}.test.ts`,
    pages: "docs/rules",
    headings: (id) => [`# ${id}`, "## What it means", "## Fails", "## Passes", "## How to fix it"],
  },
  {
    of: "formats",
    load: () => import("../src/collect/formats.ts"),
    inSource: () => stems(directlyIn("src/collect/formats")),
    test: (id) => `test/collect/formats/${id}.test.ts`,
    pages: "docs/formats",
  },
  {
    of: "reporters",
    load: () => import("../src/report/reporters.ts"),
    inSource: () =>
      stems(directlyIn("src/report").filter((path) => /^export const \w+: Reporter = /m.test(read(path)))),
    test: (id) => `test/report/${id}.test.ts`,
    pages: "docs/reporters",
  },
];

/** Ids of the one array that a table's module exports. */
async function listed(load: Table["load"]): Promise<readonly string[]> {
  const tables = Object.values(await load()).filter((value) => Array.isArray(value));
  expect(tables, "a table's module exports the table").toHaveLength(1);
  const [table = []] = tables as readonly (readonly { readonly id: string }[])[];
  return table.map(({ id }) => id);
}

const headings = (page: string): readonly string[] =>
  page.replace(/^(```|~~~)[\s\S]*?^\1/gm, "").match(/^#+ .*/gm) ?? [];

describe.each(TABLES)("$of", ({ load, inSource, test: testOf, pages, headings: wanted }) => {
  test("the table lists every file once, and nothing else", async () => {
    const ids = await listed(load);
    expect(ids.length).toBeGreaterThan(0);
    expect([...ids].sort()).toEqual(inSource());
  });

  test("each has a test", async () => {
    expect((await listed(load)).map(testOf).filter((path) => !existsSync(path))).toEqual([]);
  });

  test("each has a page, and each page has its subject", async () => {
    const found = readdirSync(pages).filter((name) => name !== "README.md");
    expect(found.sort()).toEqual([...(await listed(load))].map((id) => `${id}.md`).sort());
  });

  test("each page begins with its name and keeps to the headings", async () => {
    for (const id of await listed(load)) {
      const page = join(pages, `${id}.md`);
      const found = existsSync(page) ? headings(read(page)) : [];
      expect(found[0], page).toBe(`# ${id}`);
      if (wanted) expect(found, page).toEqual(wanted(id));
    }
  });
});
