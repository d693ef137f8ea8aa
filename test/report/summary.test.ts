import fc from "fast-check";
import { expect, it } from "vitest";
import { summary } from "../../src/report/summary.ts";
import { GOLDENS, reported } from "./fold.ts";
import { githubPage } from "./github-page.ts";
import { HOSTILE, hostileText } from "./hostile.ts";
import { BLOCKED, hostileRun, hostileVerdict, manyDomains, runOf, UNKNOWN } from "./verdicts.ts";

it.each(GOLDENS)("$title", async ({ title, domains, run }) => {
  await expect(reported(summary, domains, { run })).toMatchFileSnapshot(`expected/${title}.summary.md`);
});

it("tells every rule's outcome, every contact and every note", () => {
  const { text } = githubPage(reported(summary, [BLOCKED, UNKNOWN]));
  for (const told of [
    "policy-syntax",
    "The file is not a policy",
    "_mta-sts.example.com",
    "192.0.2.80",
    "The policy was found at",
    "A limit was lifted",
    "names proven, tls not seen",
  ])
    expect(text.toLowerCase()).toContain(told.toLowerCase());
});

it("stays under a million octets, and keeps verdict and footer", () => {
  const evil = HOSTILE.join(" ").repeat(40);
  for (const domains of [manyDomains(3_000, BLOCKED), manyDomains(300, hostileVerdict(evil))]) {
    const run = { ...hostileRun(evil), counts: runOf(...domains).counts };
    const text = reported(summary, domains, { run });
    expect(Buffer.byteLength(text)).toBeLessThan(1_000_000);
    expect(Buffer.byteLength(text)).toBeGreaterThan(300_000);
    expect(text.startsWith("## ⛔ Blocked: ")).toBe(true);
    expect(text.trimEnd().endsWith("</sub>")).toBe(true);
    expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length);
    expect(text).toMatch(/\d+ more domains are in the report file\./);
  }
});

it("nothing from outside is active", () =>
  fc.assert(
    fc.property(hostileText, (text) => {
      const { active, tags } = githubPage(reported(summary, [hostileVerdict(text)], { run: hostileRun(text) }));
      expect(active).toEqual([]);
      expect(tags.filter((tag) => tag.startsWith("<details>"))).toHaveLength(2);
      expect(tags.filter((tag) => /^<(img|script|input|section|sup|del|blockquote|h1|h4)/.test(tag))).toEqual([]);
      expect(tags.filter((tag) => tag.startsWith("<a ") && !tag.startsWith('<a href="https://gate.example/'))).toEqual(
        [],
      );
    }),
    { numRuns: 60 },
  ));
