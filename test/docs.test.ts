// The examples of docs/rules are run: what a page says fails must fail, and what it says passes must pass.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { rules } from "../src/judge/rules.ts";
import { judgeScene, outcomeOf, type Scene, wordOf } from "./judge/scene.ts";

interface Example extends Scene {
  readonly expect?: { readonly verdict?: string; readonly outcome?: string };
}

const PAGES = readdirSync("docs/rules").filter((name) => name.endsWith(".md") && name !== "README.md");

function example(page: string, heading: "Fails" | "Passes"): Example {
  const section = page.split(/^## /m).find((part) => part.startsWith(heading)) ?? "";
  const [, text] = /```yaml\n([^]*?)\n```/.exec(section) ?? [];
  return parse(text ?? "null") as Example;
}

describe.each(PAGES)("docs/rules/%s", (name) => {
  const rule = name.replace(/\.md$/, "");
  const page = readFileSync(join("docs/rules", name), "utf8");

  test.each(["Fails", "Passes"] as const)("%s", (heading) => {
    const { expect: expected, ...scene } = example(page, heading);
    const judged = judgeScene(scene);
    const word = wordOf(outcomeOf(judged, rule));
    expect(word, JSON.stringify(outcomeOf(judged, rule))).toBe(expected?.outcome);
    expect(word.startsWith(heading === "Fails" ? "failed:" : "passed")).toBe(true);
    if (expected?.verdict) expect(judged.verdict, JSON.stringify(judged.rules)).toBe(expected.verdict);
  });
});

test("the index lists every rule once, in the order of the reports", () => {
  const index = readFileSync("docs/rules/README.md", "utf8");
  const rows = [...index.matchAll(/^\| \[([a-z0-9-]+)\]\(([a-z0-9-]+)\.md\) \| ([^|]+) \|/gm)];
  expect(rows.map(([, id, page, title]) => [id, page, title])).toEqual(rules.map(({ id, title }) => [id, id, title]));
});

test.each(rules.map(({ id, cites }) => [id, cites] as const))("%s: its page cites what the rule cites", (id, cites) => {
  const page = readFileSync(join("docs/rules", `${id}.md`), "utf8");
  for (const { text } of cites) expect(page).toContain(text);
  expect(page).toMatch(/^Level: /m);
});
