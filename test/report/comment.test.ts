import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { comment, commentMarker } from "../../src/report/comment.ts";
import { GOLDENS, reported } from "./fold.ts";
import { githubPage } from "./github-page.ts";
import { HOSTILE, hostileText } from "./hostile.ts";
import { BLOCKED, CONTEXT, hostileRun, hostileVerdict, manyDomains, READY, runOf, UNKNOWN } from "./verdicts.ts";

it.each(GOLDENS)("$title", async ({ title, domains, run }) => {
  await expect(reported(comment, domains, { run })).toMatchFileSnapshot(`expected/${title}.comment.md`);
});

it("begins with its marker, then the verdict and what happens to mail", () => {
  const context = { ...CONTEXT, label: "dns" };
  const lines = reported(comment, [BLOCKED], { context }).split("\n");
  expect(lines[0]).toBe(commentMarker("dns"));
  expect(lines[1]).toBe(
    "## ⛔ Blocked: Senders that enforce the proposed policy will refuse mx2.example.com, and mail to example.com is delayed.",
  );
});

it("shows reason, deliveries, fix, date and what was not checked", () => {
  const { text } = githubPage(reported(comment, [BLOCKED]));
  for (const told of [
    "matches no mx pattern",
    "public/.well-known/mta-sts.txt:4",
    "refused: validation-failure, mtasts-policy-mx-mismatch",
    "refused: certificate-expired",
    " mx: mx1.example.com\n+mx: mx2.example.com",
    '_mta-sts.example.com. 3600 IN TXT "v=STSv1; id=20261123T120000;"',
    "safe after 2026-12-04T12:00:00Z",
    "Port 25 is closed on this runner",
    "valid until 2027-01-31T00:00:00Z",
    "commit 0123456789ab against 89abcdef0123",
  ])
    expect(text).toContain(told);
});

it("leads with the worst domain", () => {
  const { text } = githubPage(reported(comment, [READY, UNKNOWN, BLOCKED]));
  expect(text.indexOf("Blocked")).toBeLessThan(text.indexOf("Unknown"));
});

it("a verdict that no domain gave is told in its own words", () => {
  const run = { ...runOf(READY), verdict: "unknown" as const };
  expect(reported(comment, [READY], { run })).toContain("## ❔ Unknown: the run could not find out");
});

it("ready is short", () => expect(reported(comment, [READY]).split("\n").length).toBeLessThan(25));

describe("the limit of 60,000 characters", () => {
  const evil = HOSTILE.join(" ").repeat(40);
  const rule = BLOCKED.rules[2];
  const flood = {
    ...BLOCKED,
    rules: Array.from({ length: 2_000 }, () => rule ?? BLOCKED.rules[0]).flatMap((r) => r ?? []),
  };
  const hosts = Array.from({ length: 3_000 }, (_, at) => ({
    ...BLOCKED.deliveries[0]?.hosts[1],
    host: `h${at}.example`,
  }));
  const wide = { ...BLOCKED, deliveries: Array.from({ length: 20 }, () => ({ ...BLOCKED.deliveries[0], hosts })) };
  const cases = {
    "1,000 domains": manyDomains(1_000, BLOCKED),
    "1,000 hostile domains": manyDomains(1_000, hostileVerdict(evil)),
    "2,000 findings": [flood],
    "3,000 hosts": [wide as unknown as typeof BLOCKED],
    "3,000 hostile sentences": [
      { ...hostileVerdict(evil), notChecked: Array.from({ length: 3_000 }, (_, at) => `${at} ${evil}`) },
    ],
  };

  it.each(Object.entries(cases))("%s", (_, domains) => {
    const run = { ...hostileRun(evil), counts: runOf(...domains).counts };
    const text = reported(comment, domains, { run });
    expect(text.length).toBeLessThan(60_000);
    expect(text.length).toBeGreaterThan(5_000);
    const { html, active } = githubPage(text);
    expect(active).toEqual([]);
    // Whole: the footer comes last, outside any fence, list or table.
    expect(html.trimEnd()).toMatch(/<hr \/>\n<p><sub>.*<\/sub><\/p>$/s);
  });

  it("many domains: a table of the worst, and how many there are", () => {
    const domains = [...manyDomains(1_000, READY), { ...BLOCKED, policyDomain: "worst.example" as never }];
    const text = reported(comment, domains);
    expect(text).toContain("Domains 1001, errors 2, warnings 1, unknowns 0.");
    expect(text.indexOf("worst.example")).toBeLessThan(text.indexOf("d0.example"));
    expect(text).toMatch(/\*9[5-9]\d more domains\*/);
  });
});

it("nothing from outside is active, and the verdict stands first", () =>
  fc.assert(
    fc.property(hostileText, (text) => {
      const { active, tags, html } = githubPage(reported(comment, [hostileVerdict(text)], { run: hostileRun(text) }));
      expect(active).toEqual([]);
      expect(html.indexOf("<h2>⛔ Blocked: ")).toBeLessThan(50);
      const ours =
        /^<(h2|h3|p|ul|ol|li|strong|em|sub|pre|hr \/|code class="language-(dns|text)"|table|thead|tbody|tr|t[hd]|!-- mta-sts-gate:default --|a href="https:\/\/(gate|github)\.example\/[^"]*")>$/;
      expect(tags.filter((tag) => !ours.test(tag))).toEqual([]);
      expect(tags.filter((tag) => tag === "<h2>")).toHaveLength(1);
      expect(tags.filter((tag) => tag === "<table>")).toHaveLength(1);
    }),
    { numRuns: 80 },
  ));
