import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { OptionError } from "../../src/errors.ts";
import type { ObservationLine } from "../../src/evidence-line.ts";
import { type DomainName, domainName } from "../../src/protocol/domain-name.ts";
import { type EvidenceInput, openEvidenceFiles } from "../../src/run/evidence-files.ts";
import { temporaryFolder } from "../action/temporary.ts";
import {
  ADDRESS,
  CHAIN,
  end,
  fileOf,
  HOST,
  header,
  mx,
  NOW,
  probe,
  SILENT,
  textOf,
  txt,
  VANTAGE,
} from "./evidence-lines.ts";

const HOUR = 3_600_000; // milliseconds

async function open(files: Readonly<Record<string, string | Uint8Array>>, given: Partial<EvidenceInput> = {}) {
  const workspace = temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(workspace, path)), { recursive: true });
    writeFileSync(join(workspace, path), text);
  }
  return openAt(workspace, given);
}

async function openAt(workspace: string, given: Partial<EvidenceInput> = {}) {
  const signal = AbortSignal.timeout(10_000);
  const usual = { workspace, globs: ["*.jsonl"], tracked: [], now: NOW, maxAge: 24 * HOUR, signal };
  const opened = await openEvidenceFiles({ ...usual, ...given });
  onTestFinished(opened.close);
  return opened;
}

const refusal = async (files: Parameters<typeof open>[0], given: Partial<EvidenceInput> = {}): Promise<string> => {
  const error: unknown = await open(files, given).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(OptionError);
  expect(error).toMatchObject({ option: "evidence" });
  return (error as OptionError).message;
};

test("the observations of all files, and what they are about", async () => {
  const found = await open({
    "a.jsonl": fileOf([txt("v=STSv1; id=A"), mx("example.com")]),
    "b.jsonl": fileOf([mx("example.org", "2026-11-24T11:59:58.000Z"), probe(SILENT)]),
  });
  expect(found.find("txt _mta-sts.example.com")).toEqual(txt("v=STSv1; id=A"));
  expect(found.find("txt _mta-sts.example.org")).toBeUndefined();
  expect([...found.domains]).toEqual(["example.com", "example.org"]);
  expect(found).toMatchObject({ files: 2, size: 4, stale: 0, vantage: VANTAGE });
  expect(found.span).toEqual(["2026-11-24T11:59:58.000Z", NOW]);
});

test("files may be joined, and the newest observation counts", async () => {
  const earlier = "2026-11-24T11:00:00.000Z";
  const joined = fileOf([txt("new")]) + fileOf([txt("old", earlier)], VANTAGE, earlier);
  expect((await open({ "a.jsonl": joined })).find("txt _mta-sts.example.com")).toEqual(txt("new"));
});

test("what is too old is counted, and counts as nothing that is live", async () => {
  const old = "2026-11-22T12:00:00.000Z";
  const found = await open({ "a.jsonl": fileOf([txt("x", old), mx("example.com", old)], VANTAGE, old) });
  expect(found).toMatchObject({ size: 0, stale: 2, future: 0, vantage: undefined, span: undefined });
  expect([...found.domains]).toEqual([]);
});

const DOMAIN = domainName("example.com") as DomainName;
const OLD = "2026-06-01T12:00:00.000Z";
const served = (body: string, at: string, address = ADDRESS): ObservationLine => ({
  version: 1,
  at,
  kind: "policy",
  host: domainName("mta-sts.example.com") as DomainName,
  address,
  seen: { kind: "failed", address, reason: body },
});

describe("the memory of a domain", () => {
  test("record, policy and MX of any age, oldest first, and no others", async () => {
    const old = [
      txt("old", OLD),
      served("old", OLD),
      mx("example.com", OLD),
      txt("x", OLD, "_smtp._tls.example.com"),
      txt("x", OLD, "_mta-sts.example.org"),
      mx("mta-sts.example.com", OLD),
      probe(SILENT, ADDRESS, OLD),
    ];
    const found = await open({ "a.jsonl": fileOf([txt("new")]), "b.jsonl": fileOf(old, VANTAGE, OLD) });
    const memory = found.memoryOf(DOMAIN);
    expect(memory.map(({ kind, at }) => `${kind} ${at}`).toSorted()).toEqual(
      [`mx ${OLD}`, `policy ${OLD}`, `txt ${NOW}`, `txt ${OLD}`].toSorted(),
    );
    expect(memory.at(-1)).toEqual(txt("new"));
    expect(found.fault()).toBeUndefined();
    expect(found.memoryOf(domainName("other.example") as DomainName)).toEqual([]);
  });

  test("neither what was not seen nor what is dated in the future", async () => {
    const unseen = { ...txt("x", OLD), seen: { kind: "unobserved", because: "timed-out" } } as ObservationLine;
    const later = "2026-11-24T12:10:00.000Z";
    const soon = "2026-11-24T12:04:00.000Z";
    const found = await open({
      "a.jsonl": fileOf([unseen], VANTAGE, OLD),
      "b.jsonl": fileOf([txt("later", later)], VANTAGE, later),
      "c.jsonl": fileOf([txt("soon", soon)], VANTAGE, soon),
    });
    expect(found.memoryOf(DOMAIN)).toEqual([txt("soon", soon)]);
    expect(found).toMatchObject({ stale: 1, future: 1 });
  });

  test("is bounded: the newest, and what two files both have once", async () => {
    const days = Array.from({ length: 200 }, (_, day) => new Date(Date.parse(OLD) + day * HOUR).toISOString());
    const nights = days.map((at) =>
      fileOf([txt(at, at), served("x", at), served("x", at, "198.51.100.2")], VANTAGE, at),
    );
    const found = await open({ "a.jsonl": nights.join(""), "b.jsonl": nights.toReversed().join("") });
    const memory = found.memoryOf(DOMAIN);
    expect(memory.flatMap(({ kind, at }) => (kind === "txt" ? [at] : []))).toEqual(days.slice(-64));
    expect(memory.filter(({ kind }) => kind === "policy")).toHaveLength(256);
  });
});

test("silence on port 25 says nothing where nobody answered there", async () => {
  const blocked = { ...VANTAGE, port25: "blocked" } as const;
  const alone = await open({ "a.jsonl": fileOf([probe(SILENT)], blocked) });
  expect(alone.find(`probe ${HOST} ${ADDRESS}`)).toBeUndefined();
  const good = probe({ kind: "tls", protocol: "TLSv1.3", chain: CHAIN, trust: { kind: "trusted" } }, "198.51.100.2");
  const proxied = { ...VANTAGE, port25: "proxied" } as const;
  const beside = await open({ "a.jsonl": fileOf([probe(SILENT), good], proxied) });
  expect(beside.find(`probe ${HOST} ${ADDRESS}`)).toEqual(probe(SILENT));
});

test("of several vantages the one that saw most", async () => {
  const blocked = { ...VANTAGE, port25: "blocked" } as const;
  const files = { "a.jsonl": fileOf([mx("a.example")]), "b.jsonl": fileOf([mx("b.example")], blocked) };
  expect((await open(files)).vantage).toEqual(VANTAGE);
});

const WHOLE = fileOf([txt("x")]);
const cut = (text: string): string => text.split("\n").slice(0, -2).join("\n");

describe("never a pass", () => {
  test.each<[string, string | Uint8Array, RegExp]>([
    ["an empty file", "", /line 0, .*empty/],
    ["no JSON", `${textOf([header()])}{"version":1,\n`, /a\.jsonl, line 2, is no JSON/],
    ["no UTF-8", Buffer.concat([Buffer.from(textOf([header()])), Buffer.from([0xff, 0x0a])]), /line 2, is no JSON/],
    ["an empty line", `${textOf([header()])}\n`, /line 2, is no JSON/],
    ["a truncated last line", WHOLE.slice(0, -1), /line 3, does not end: the file was cut/],
    ["a last line cut in the middle", WHOLE.slice(0, -20), /line 3, does not end/],
    ["no end", `${cut(WHOLE)}\n`, /line 2, .*no end: the file was cut/],
    ["no header", textOf([txt("x"), end(1)]), /line 1, stands before any header/],
    ["two headers", textOf([header(), header(), end(0)]), /line 2, is a second header/],
    ["something behind the end", WHOLE + textOf([txt("y")]), /line 4, stands before any header/],
    ["an observation too few", textOf([header(), txt("x"), end(2)]), /line 3, counts 2 observations where there are 1/],
    ["an observation too many", textOf([header(), txt("x"), end(0)]), /line 3, counts 0/],
    [
      "two answers to one question",
      textOf([header(), txt("x"), txt("y"), end(2)]),
      /line 3, answers a question a second/,
    ],
    [
      "an observation before its header",
      textOf([header(), txt("x", "2026-11-24T11:00:00Z"), end(1)]),
      /line 2, is older/,
    ],
    ["an observation after its end", textOf([header(), txt("x", "2026-11-24T13:00:00Z"), end(1)]), /line 3, is older/],
    ["a newer version", textOf([{ ...header(), version: 2, more: 1 }]), /line 1, is of version 2 .* reads 1/],
    ["no version", textOf([{ kind: "header" }]), /line 1, does not have the shape/],
    [
      "an unknown kind",
      textOf([header(), { version: 1, at: NOW, kind: "spf" }, end(1)]),
      /line 2, does not have the shape/,
    ],
    [
      "a field too many",
      textOf([header(), { ...txt("x"), verdict: "ready" }, end(1)]),
      /line 2, does not have the shape/,
    ],
    [
      "a prototype",
      `${textOf([header()])}{"__proto__":{},"version":1,"kind":"end"}\n`,
      /line 2, does not have the shape/,
    ],
    ["an owner in upper case", textOf([header(), txt("x", NOW, "_MTA-STS.example.com"), end(1)]), /line 2, does not/],
    ["a time that is none", textOf([header(), txt("x", "2026-13-01T00:00:00Z"), end(1)]), /line 2, does not/],
    ["another address", textOf([header(), { ...probe(SILENT), address: "198.51.100.9" }, end(1)]), /line 2, names two/],
    ["a list", "[]\n", /line 1, does not have the shape/],
    ["null", "null\n", /line 1, does not have the shape/],
    ["a line without end", "x".repeat(1_100_000), /line 1, is longer than 1048576 octets/],
    ["a line too long", `${"x".repeat(1_100_000)}\n`, /line 1, is longer than/],
  ])("%s", async (_, text, message) => expect(await refusal({ "a.jsonl": text })).toMatch(message));

  test("a glob that names nothing", async () => {
    expect(await refusal({ "a.jsonl": WHOLE }, { globs: ["*.jsonl", "night/*.jsonl"] })).toMatch(
      /night\/\*\.jsonl names no/,
    );
    expect(await refusal({}, { globs: ["a.jsonl"] })).toMatch(/a\.jsonl names no file/);
  });

  test.each(["a.jsonl", "A.jsonl"])("a file that git tracks as %s", async (path) => {
    expect(await refusal({ "a.jsonl": WHOLE }, { tracked: [path] })).toMatch(/git tracks/);
  });

  test("a file of a submodule", async () => {
    const files = { "sub/.git": "gitdir: ../.git/modules/sub\n", "sub/a/b.jsonl": WHOLE };
    expect(await refusal(files, { globs: ["**/*.jsonl"] })).toMatch(/git tracks/);
  });

  test("links, to a file or to a folder", async () => {
    const [workspace, outside] = [temporaryFolder(), temporaryFolder()];
    writeFileSync(join(outside, "a.jsonl"), WHOLE);
    symlinkSync(join(outside, "a.jsonl"), join(workspace, "link.jsonl"));
    symlinkSync(outside, join(workspace, "folder"));
    for (const globs of [["*.jsonl"], ["link.jsonl"], ["folder/a.jsonl"]])
      await expect(openAt(workspace, { globs })).rejects.toThrow(/link/);
    await expect(openAt(workspace, { globs: ["folder/*.jsonl"] })).rejects.toThrow(/link/);
    // The operator's own, outside the checkout.
    expect(await openAt(workspace, { globs: [join(outside, "*.jsonl")] })).toMatchObject({ files: 1 });
  });

  test("the time of the run is up", async () => {
    expect(await refusal({ "a.jsonl": WHOLE }, { signal: AbortSignal.abort() })).toMatch(/within the time/);
  });

  test("a file that is changed while it is read answers nothing, and is told", async () => {
    const workspace = temporaryFolder();
    writeFileSync(join(workspace, "a.jsonl"), fileOf([txt("x")]));
    const found = await openAt(workspace);
    writeFileSync(join(workspace, "a.jsonl"), fileOf([txt("x", NOW, "_mta-sts.example.org")]));
    expect(found.find("txt _mta-sts.example.com")).toBeUndefined();
    expect(found.fault()).toBeInstanceOf(OptionError);
  });

  test.each([
    ["another date", txt("v", "2026-06-01T12:00:01.000Z")],
    ["another domain", txt("v", OLD, "_mta-sts.example.org")],
  ])("a memory that was changed while it is read is told: %s", async (_, line) => {
    const workspace = temporaryFolder();
    writeFileSync(join(workspace, "a.jsonl"), fileOf([txt("v", OLD)], VANTAGE, OLD));
    const found = await openAt(workspace);
    writeFileSync(join(workspace, "a.jsonl"), fileOf([line], VANTAGE, OLD));
    expect(found.memoryOf(DOMAIN)).toEqual([]);
    expect(found.fault()).toBeInstanceOf(OptionError);
  });

  test("any octet of a file changed: an error, or another answer, never a crash", async () => {
    const octets = Buffer.from(fileOf([txt("x"), mx("example.com"), probe(SILENT)]));
    await fc.assert(
      fc.asyncProperty(fc.nat(octets.length - 1), fc.nat(255), async (at, octet) => {
        const changed = Buffer.from(octets);
        changed[at] = octet;
        const error: unknown = await open({ "a.jsonl": changed }).then(
          (found) => found.close().then(() => undefined),
          (reason: unknown) => reason,
        );
        if (error !== undefined) expect(error).toBeInstanceOf(OptionError);
      }),
      { numRuns: 60 },
    );
  });
});
