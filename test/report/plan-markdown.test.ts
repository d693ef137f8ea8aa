import fc from "fast-check";
import { expect, test } from "vitest";
import { planMarkdown } from "../../src/report/plan-markdown.ts";
import { githubPage } from "./github-page.ts";
import { hostileText } from "./hostile.ts";
import { planWith } from "./plans.ts";

test("a section a step, with what to paste", () => {
  const page = planMarkdown(planWith("mx2"));
  expect(page.match(/^#+ .*/gm)).toEqual([
    "## Plan for <code>example.com</code>: add-mx",
    "### 1. Add mx2",
    "### 2. Add mx2",
    "### 3. Add mx2",
  ]);
  expect(page).toContain("```diff\n-mode: testing\n+mode: mx2\n```");
  expect(page).toContain("```dns\nmx2 IN MX 10 mx2.\n```");
  expect(page).toContain("➡️ Next");
  expect(page).toContain("Stop if\n\n- mx2 still answers");
});

test("hostile text makes no tag, no link and no mention", () => {
  const known = githubPage(planMarkdown(planWith("x"))).tags.toSorted();
  fc.assert(
    fc.property(hostileText, (text) => {
      const { tags, active } = githubPage(planMarkdown(planWith(text)));
      expect(active).toEqual([]);
      expect(tags.toSorted()).toEqual(known);
    }),
  );
});
