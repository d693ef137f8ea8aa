import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { annotations } from "../../src/report/annotations.ts";
import type { DomainVerdict, Finding } from "../../src/verdict.ts";
import { GOLDENS, reported } from "./fold.ts";
import { hostileText } from "./hostile.ts";
import { commandsIn } from "./runner.ts";
import { at, BLOCKED, hostileVerdict, READY, UNKNOWN, WAIVED } from "./verdicts.ts";

const withFindings = (...findings: readonly [Finding, ...Finding[]]): DomainVerdict => ({
  ...BLOCKED,
  rules: [{ kind: "failed", rule: "policy-syntax", findings }],
});
const finding = (message: string, more: Partial<Finding> = {}): Finding => ({
  level: "error",
  message,
  location: at("p.txt", 3),
  facts: {},
  ...more,
});
const commands = (...domains: readonly DomainVerdict[]) => commandsIn(reported(annotations, domains));

it.each(GOLDENS)("$title", async ({ title, domains, run }) => {
  await expect(reported(annotations, domains, { run })).toMatchFileSnapshot(`expected/${title}.annotations.txt`);
});

it("names file, line and columns, errors first", () => {
  const [first, second] = commands(BLOCKED);
  expect(first).toMatchObject({
    name: "error",
    properties: {
      file: "public/.well-known/mta-sts.txt",
      line: "4",
      endLine: "4",
      col: "1",
      endColumn: "20",
      title: "mx-not-covered",
    },
  });
  expect(second?.properties).toEqual({
    file: "zones/example.com.zone",
    line: "9",
    endLine: "9",
    title: "record-id-unchanged",
  });
});

it("gives no columns to a finding over several lines", () => {
  const span = { startLine: 2, startColumn: 5, endLine: 4, endColumn: 2 };
  const [command] = commands(withFindings(finding("x", { location: { kind: "file", path: "a", span } })));
  expect(command?.properties).toEqual({ file: "a", line: "2", endLine: "4", title: "policy-syntax" });
});

it("gives no file to what lies in no file, and says where it is", () => {
  const [command] = commands(READY);
  expect(command?.properties).toEqual({ title: "tlsrpt-missing" });
  expect(command?.data).toContain("At _smtp._tls.example.com TXT.");
  expect(command?.data).toContain("Already so");
});

it("says nothing about waived rules", () => expect(reported(annotations, [WAIVED])).toBe(""));

it("tells needed evidence once, as a warning, however many rules wait for it", () => {
  expect(commands(UNKNOWN).map(({ name }) => name)).toEqual(["warning"]);
  expect(commands(UNKNOWN)[0]?.data).toContain("TLS not seen");
});

describe("the ten of a level", () => {
  const many = (count: number) =>
    withFindings(finding("f0"), ...Array.from({ length: count - 1 }, (_, at) => finding(`f${at + 1}`)));

  it("ten are shown whole", () => expect(commands(many(10)).map(({ data }) => data)).toContain("f9"));

  it("of eleven nine are shown and the tenth says how many are missing", () => {
    const shown = commands(many(11), withFindings(finding("w", { level: "warning" })));
    expect(shown.filter(({ name }) => name === "error")).toHaveLength(10);
    expect(shown[9]?.data).toMatch(/^2 more .* job summary/);
    expect(shown[10]).toMatchObject({ name: "warning", data: "w" });
  });

  it("what this change did comes before what was already so, also from a later domain", () => {
    const old = Array.from({ length: 12 }, (_, at) => finding(`old${at}`, { alreadySo: true }));
    const shown = commands(withFindings(finding("new1"), ...old), withFindings(finding("new2")));
    expect(shown.slice(0, 2).map(({ data }) => data)).toEqual(["new1", "new2"]);
  });

  it("one file that serves a thousand domains is told once", () =>
    expect(commands(...Array.from({ length: 1_000 }, () => withFindings(finding("same"))))).toHaveLength(1));
});

it("is never longer than the runner keeps", () => {
  const [command] = commands(withFindings(finding("%::,".repeat(50).concat(" ").repeat(60))));
  expect(command?.data.length).toBeGreaterThan(3_900);
  expect(command?.data.length).toBeLessThanOrEqual(4_096);
});

it("keeps signs that a command would read", () => {
  const [command] = commands(withFindings(finding("100%0A: a, b", { location: at("zones/a,b:c%41.zone", 1) })));
  expect(command?.data).toBe("100%0A: a, b");
  expect(command?.properties["file"]).toBe("zones/a,b:c%41.zone");
});

it("hostile text makes no command but our own", () =>
  fc.assert(
    fc.property(hostileText, (text) => {
      const output = reported(annotations, [hostileVerdict(text)]);
      const found = commandsIn(output);
      expect(output.trimEnd().split(/[\r\n\u0085\u2028\u2029]/)).toHaveLength(found.length);
      for (const { name, properties } of found) {
        expect(["error", "warning", "notice"]).toContain(name);
        expect(["file", "line", "endLine", "col", "endColumn", "title"]).toEqual(
          expect.arrayContaining(Object.keys(properties)),
        );
      }
      expect(found.filter(({ name }) => name === "error")).toHaveLength(2);
    }),
    { numRuns: 300 },
  ));
