import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DomainName } from "../../src/protocol/domain-name.ts";
import type { ReportContext } from "../../src/report/reporter.ts";
import { sarif } from "../../src/report/sarif.ts";
import type { DomainVerdict, Finding, RunFacts } from "../../src/verdict.ts";
import { GOLDENS, reported } from "./fold.ts";
import { HOSTILE, hostileText } from "./hostile.ts";
import { faults, type SarifFile, type SarifResult } from "./sarif-file.ts";
import {
  at,
  BLOCKED,
  CONTEXT,
  hostileRun,
  hostileVerdict,
  manyDomains,
  READY,
  runOf,
  UNKNOWN,
  WAIVED,
} from "./verdicts.ts";

const WITH_VERSION: ReportContext = { ...CONTEXT, version: "0.1.0" };
const written = (
  domains: readonly DomainVerdict[],
  more: { run?: RunFacts; context?: ReportContext } = {},
): SarifFile => JSON.parse(reported(sarif, domains, { context: WITH_VERSION, ...more }));
const results = (...domains: readonly DomainVerdict[]): readonly SarifResult[] => written(domains).runs[0].results;

const finding = (message: string, more: Partial<Finding> = {}): Finding => ({
  level: "error",
  message,
  location: at("p.txt", 3),
  facts: {},
  ...more,
});
const withFindings = (...findings: readonly [Finding, ...Finding[]]): DomainVerdict => ({
  ...BLOCKED,
  rules: [{ kind: "failed", rule: "policy-syntax", findings }],
});
const named = (name: string, domain: DomainVerdict): DomainVerdict => ({ ...domain, policyDomain: name as DomainName });

it.each(GOLDENS)("$title", async ({ title, domains, run }) => {
  await expect(reported(sarif, domains, { run, context: WITH_VERSION })).toMatchFileSnapshot(`expected/${title}.sarif`);
});

it.each(GOLDENS)("$title is SARIF as GitHub takes it", ({ domains, run }) =>
  expect(faults(reported(sarif, domains, { run, context: WITH_VERSION }))).toEqual([]),
);

describe("the model of SARIF refuses", () => {
  const edits: Record<string, (file: ReturnType<typeof JSON.parse>) => void> = {
    "another version": (f) => (f.version = "2.0.0"),
    "a field that is none": (f) => (f.runs[0].results[0].severity = "error"),
    "a level that is none": (f) => (f.runs[0].results[0].level = "notice"),
    "a kind that forbids its level": (f) => (f.runs[0].results[0].kind = "open"),
    "a result without a place": (f) => (f.runs[0].results[0].locations = []),
    "an index of another rule": (f) => (f.runs[0].results[0].ruleIndex += 1),
    "an absolute path": (f) =>
      (f.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri = "/etc/passwd"),
    "another scheme": (f) => (f.runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri = "file:a"),
    "a line below 1": (f) => (f.runs[0].results[0].locations[0].physicalLocation.region.startLine = 0),
    "a region that ends before it begins": (f) =>
      (f.runs[0].results[0].locations[0].physicalLocation.region.endColumn = 0),
    "a rule without results": (f) => f.runs[0].tool.driver.rules.push({ ...f.runs[0].tool.driver.rules[0], id: "x" }),
    "two results with one fingerprint": (f) =>
      (f.runs[0].results[1].partialFingerprints = f.runs[0].results[0].partialFingerprints),
    "a help page that is no address": (f) => (f.runs[0].tool.driver.rules[0].helpUri = "docs/x.md"),
    "a link in a message": (f) => (f.runs[0].results[0].message.text = "see [this](https://evil.example)."),
    "a placeholder in a message": (f) => (f.runs[0].results[0].message.text = "see {0}."),
    "an id that is no instant": (f) => (f.runs[0].invocations[0].startTimeUtc = "yesterday"),
  };
  it.each(Object.entries(edits))("%s", (_, edit) => {
    const file = written([BLOCKED]);
    edit(file);
    expect(faults(JSON.stringify(file))).not.toEqual([]);
  });
});

describe("where", () => {
  it("a finding in a file is shown on its line and columns, with the lines that it speaks of", () => {
    const [first] = results(BLOCKED);
    expect(first).toMatchObject({ ruleId: "mx-not-covered", level: "error" });
    expect(first?.locations).toEqual([
      {
        physicalLocation: {
          artifactLocation: { uri: "public/.well-known/mta-sts.txt" },
          region: { startLine: 4, startColumn: 1, endLine: 4, endColumn: 20 },
        },
      },
    ]);
    expect(first?.relatedLocations?.[0]?.physicalLocation.artifactLocation.uri).toBe("zones/example.com.zone");
  });

  it("a finding in no file is shown at the config file, and says where it lies", () => {
    const [first] = results(READY);
    expect(first?.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: ".github/mta-sts-gate.yml" },
      region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 },
    });
    expect(first?.message.text).toContain(" At _smtp._tls.example.com TXT. (Already so before this change.)");
    expect(first?.locations[0].logicalLocations).toEqual([
      { fullyQualifiedName: "_smtp._tls.example.com TXT", kind: "resource" },
    ]);
  });

  it("or at the file that the entry names, or at a related line", () => {
    const elsewhere = finding("x", { location: { kind: "input", name: "policy" } });
    const uri = (found: Finding, anchorFile?: string): string | undefined =>
      written([withFindings(found)], { context: { ...CONTEXT, ...(anchorFile ? { anchorFile } : {}) } }).runs[0]
        .results[0]?.locations[0].physicalLocation.artifactLocation.uri;
    expect(uri(elsewhere, "policies/a b.txt")).toBe("policies/a%20b.txt");
    expect(uri(elsewhere, "../outside")).toBe(".github/mta-sts-gate.yml");
    expect(uri({ ...elsewhere, related: [{ kind: "input", name: "x" }, at("zone", 7)] }, "p")).toBe("zone");
  });

  it("at most ten related lines", () => {
    const related = Array.from({ length: 11 }, (_, line) => at("zone", line + 1));
    const [first] = results(withFindings(finding("x", { related })));
    expect(first?.relatedLocations?.map(({ physicalLocation: { region } }) => region.startLine)).toEqual([
      1, 2, 3, 4, 5, 6, 7, 8, 9, 10,
    ]);
  });

  it.each([
    ["a b/%41#?.txt", "a%20b/%2541%23%3F.txt"],
    ["c:/x", "c%3A/x"],
    ["zone/é", "zone/%C3%A9"],
    ["a\nb", "a%0Ab"],
    ["\ud800", "%EF%BF%BD"],
  ])("%j is the relative URI %s", (path, uri) =>
    expect(
      results(withFindings(finding("x", { location: at(path, 1) })))[0]?.locations[0].physicalLocation,
    ).toMatchObject({
      artifactLocation: { uri },
    }),
  );

  it.each(["/etc/passwd", "../x", "a//b", "a/./b", "", "x".repeat(1_025)])("%j is no path of a repository", (path) => {
    const [first] = results(withFindings(finding("x", { location: at(path, 1) })));
    expect(first?.locations[0].physicalLocation.artifactLocation.uri).toBe(".github/mta-sts-gate.yml");
  });
});

describe("what counts", () => {
  it("needed evidence that was not there is a warning under a name of its own, once", () => {
    const [first, ...others] = results(UNKNOWN);
    expect(first).toMatchObject({ ruleId: "mx-refused.unknown", level: "warning", properties: { outcome: "unknown" } });
    expect(first?.message.text).toMatch(/^Names proven, TLS not seen: .* Domain: example\.com\.$/);
    expect(first).not.toHaveProperty("kind");
    expect(others).toEqual([]);
  });

  it("what a waiver suppresses is a suppressed note, whatever its level was", () => {
    const suppressed = results(WAIVED).filter(({ suppressions }) => suppressions);
    expect(suppressed).toMatchObject([
      {
        ruleId: "mx-refused",
        level: "note",
        properties: { outcome: "waived", waivedLevel: "error" },
        suppressions: [
          { kind: "external", status: "accepted", justification: "mx2 is replaced next week (until 2026-12-01)" },
        ],
      },
    ]);
  });

  it("what the config switched off makes no result", () =>
    expect(
      results({
        ...READY,
        rules: [{ kind: "waived", rule: "mx-alias", by: { kind: "off" }, findings: [finding("x")] }],
      }),
    ).toEqual([]));

  it("passed, not applicable and not needed make no result, and the file is one all the same", () =>
    expect(written([{ ...READY, rules: READY.rules.slice(0, 3) }]).runs[0]).toMatchObject({
      results: [],
      tool: { driver: { name: "mta-sts-gate", rules: [] } },
    }));

  it("levels are those of SARIF", () => {
    const found = withFindings(finding("a"), finding("b", { level: "warning" }), finding("c", { level: "notice" }));
    expect(results(found).map(({ level }) => level)).toEqual(["error", "warning", "note"]);
  });

  it("worst first: what this change does before what was so, the unknown before warnings, the waived last", () => {
    const old = { alreadySo: true } as const;
    const domain = withFindings(
      finding("n", { level: "notice" }),
      finding("w0", { level: "warning", ...old }),
      finding("w", { level: "warning" }),
      finding("e0", old),
      finding("e"),
    );
    const told = results(WAIVED, domain, UNKNOWN).map(({ message }) => message.text.slice(0, 2).trim());
    expect(told).toEqual(["e", "e0", "Na", "w", "w0", "n", "MX"]);
  });
});

describe("the fingerprint", () => {
  const print = (found: Finding, domain = "example.com"): string | undefined =>
    results(named(domain, withFindings(found)))[0]?.partialFingerprints["mtaStsGate/v1"];
  const base = finding("MX host mx1 of example.com.", {
    facts: { host: "mx1", until: "2026-12-01T00:00:00Z", ttl: 60 },
  });

  it("is the same after lines moved, days passed, and a fault became old", () => {
    const later = { ...base, facts: { host: "mx1", until: "2027-01-01T00:00:00Z", ttl: 61 } };
    expect(print({ ...later, location: at("p.txt", 9, [2, 4]), alreadySo: true, message: "Now example.com." })).toBe(
      print(base),
    );
  });

  it.each<[string, Finding, string?]>([
    ["another host", { ...base, facts: { host: "mx2" } }],
    ["another file", { ...base, location: at("q.txt", 3) }],
    ["another domain", { ...base, message: "MX host mx1 of example.org." }, "example.org"],
    ["another record", { ...base, location: { kind: "dns", owner: "example.com", type: "MX" } }],
  ])("is another for %s", (_, other, domain) => expect(print(other, domain)).not.toBe(print(base)));

  it("does not look at addresses", () => {
    const mx = (address: string) =>
      print(finding("x", { location: { kind: "mx-host", host: "mx1" as DomainName, address } }));
    expect(mx("192.0.2.1")).toBe(mx("192.0.2.2"));
  });

  it("two of one kind on two lines are numbered in their order", () => {
    const two = withFindings(finding("b", { location: at("p.txt", 10) }), finding("a", { location: at("p.txt", 9) }));
    expect(
      results(two).map(({ message, partialFingerprints }) => [
        message.text,
        partialFingerprints["mtaStsGate/v1"]?.slice(32),
      ]),
    ).toEqual([
      ["a", ":1"],
      ["b", ":2"],
    ]);
  });

  it("gives GitHub its own name for it, too", () => {
    const [first] = results(BLOCKED);
    expect(first?.partialFingerprints["primaryLocationLineHash"]).toMatch(/^[0-9a-f]{16}:1$/);
  });
});

describe("many domains", () => {
  it("one file that serves a thousand domains is told once, with their number", () => {
    const found = results(...manyDomains(1_000, withFindings(finding("same"))));
    expect(found).toMatchObject([{ occurrenceCount: 1_000 }]);
  });

  it("a finding that names its domain is told for each", () =>
    expect(
      results(...["a.example", "b.example"].map((name) => named(name, withFindings(finding(`Of ${name}.`))))),
    ).toHaveLength(2));

  it("the order of arrival does not show", () => {
    const domains = manyDomains(50, BLOCKED);
    expect(reported(sarif, domains.toReversed(), { run: runOf(...domains) })).toBe(reported(sarif, domains));
  });

  it("at most 5,000 results, the worst, and how many are left out", () => {
    const notice = manyDomains(
      9_000,
      withFindings(finding("n", { level: "notice", location: { kind: "input", name: "x" } })),
    );
    const error = manyDomains(3_000, withFindings(finding("e", { location: { kind: "input", name: "x" } })));
    const { results: found, invocations } = written([...notice, ...error]).runs[0];
    expect(found).toHaveLength(5_000);
    expect(found.filter(({ level }) => level === "error")).toHaveLength(3_000);
    expect(invocations[0].toolExecutionNotifications[0]).toEqual({
      level: "warning",
      message: { text: "This file holds the 5000 worst results; 7000 more are in the JSON report only." },
    });
  });
});

describe("the run", () => {
  it("has its version, its time, its verdict and its notes", () => {
    const [run] = written([BLOCKED]).runs;
    expect(run.tool.driver).toMatchObject({
      semanticVersion: "0.1.0",
      informationUri: "https://gate.example/docs/rules/README.md",
    });
    expect(run.invocations[0]).toMatchObject({ executionSuccessful: true, startTimeUtc: "2026-11-23T12:00:00Z" });
    expect(run.invocations[0].toolExecutionNotifications).toHaveLength(1);
    expect(run.properties).toMatchObject({ verdict: "blocked", mode: "gate" });
    expect(run).not.toHaveProperty("automationDetails");
  });

  it("at most a hundred notes", () => {
    const notes = Array.from({ length: 101 }, (_, count) => `Note ${count}.`);
    const [{ toolExecutionNotifications: told }] = written([], { run: { ...runOf(), notes } }).runs[0].invocations;
    expect([told.length, told[99]]).toEqual([100, { level: "note", message: { text: "Note 99." } }]);
  });

  it("a rule that is none of ours has no page", () => {
    const found: DomainVerdict = { ...BLOCKED, rules: [{ kind: "failed", rule: "../x", findings: [finding("x")] }] };
    expect(written([found]).runs[0].tool.driver.rules).toEqual([
      expect.not.objectContaining({ helpUri: expect.anything() }),
    ]);
  });

  it("a label keeps several gates of one repository apart", () =>
    expect(written([READY], { context: { ...CONTEXT, label: "dns" } }).runs[0]).toMatchObject({
      automationDetails: { id: "mta-sts-gate/dns/" },
    }));

  it("where pages have no address there is none", () => {
    const context = { ...CONTEXT, rulePage: (rule: string) => `docs/rules/${rule}.md` };
    const text = reported(sarif, [BLOCKED], { context });
    expect(text).not.toMatch(/helpUri|informationUri|docs\/rules/);
    expect(faults(text)).toEqual([]);
  });

  it("a rule says what it is, its source and its page", () => {
    const [rule] = written([BLOCKED]).runs[0].tool.driver.rules;
    expect(rule).toMatchObject({
      id: "mx-not-covered",
      shortDescription: { text: "An MX host matches no mx pattern of the policy" },
      helpUri: "https://gate.example/docs/rules/mx-not-covered.md",
      defaultConfiguration: { level: "error" },
    });
    expect(rule?.help.text).toContain("RFC 8461 section 4.1");
    expect(rule?.help.markdown).toContain("](https://www.rfc-editor.org/rfc/rfc8461#section-4.1)");
  });
});

it("hostile text is inert, and the file stays SARIF", () =>
  fc.assert(
    fc.property(hostileText, (text) => {
      const file = reported(sarif, [hostileVerdict(text)], { run: hostileRun(text), context: WITH_VERSION });
      expect(file).toMatch(/^[\x20-\x7e\n]*$/);
      expect(faults(file)).toEqual([]);
    }),
    { numRuns: 200 },
  ));

it.each(HOSTILE)("no text that a viewer would show acts: %j", (text) => {
  const texts: string[] = [];
  JSON.stringify(written([hostileVerdict(text)], { run: hostileRun(text) }), (key, value: unknown) => {
    if (typeof value === "string" && key !== "markdown") texts.push(value);
    return value;
  });
  for (const shown of texts) expect(shown).toMatch(/^[\x20-\x7e]*$/);
});
