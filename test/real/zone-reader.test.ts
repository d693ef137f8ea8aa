// Our zone reader beside BIND's own on zones that are made here: the same records, or a defect of ours where BIND refuses.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { zonefile } from "../../src/collect/formats/zonefile.ts";

const PROGRAM = ["/usr/bin/named-compilezone", "/usr/sbin/named-compilezone"].find((path) => existsSync(path));
if (!PROGRAM)
  console.warn("test/real/zone-reader is skipped: named-compilezone is not installed (Debian: bind9-utils)");

const HEAD = ["@ IN SOA ns hostmaster 1 3600 600 86400 300", "@ IN NS ns", "ns IN A 192.0.2.1"];
const owner = fc.constantFrom("@", "_mta-sts", "_smtp._tls", "a", "b.a", "A.example.com.", "sub", "");
const ttl = fc.constantFrom("", "300", "1h", "1h30m", "2d");
const order = fc.boolean();
const word = fc.string({ unit: fc.constantFrom(...'abcXYZ019=:/.-_ ;\\"'.split("")), minLength: 1, maxLength: 20 });
const quoted = (text: string): string => `"${text.replace(/[\\"]/g, "\\$&")}"`;
const txt = fc.array(word, { minLength: 1, maxLength: 3 }).map((words) => `TXT ${words.map(quoted).join(" ")}`);
const mx = fc.record({
  preference: fc.integer({ min: 0, max: 99 }),
  host: fc.constantFrom("mx1", "mx2.example.net.", "a"),
});
const rdata = fc.oneof(
  txt,
  mx.map(({ preference, host }) => `MX ${preference} ${host}`),
  mx.map(({ preference, host }) => `MX ( ${preference} ; a comment\n   ${host} )`),
);
const line = fc.record({ owner, ttl, order, rdata }).map(({ owner, ttl, order, rdata }) => {
  const before = order ? `${ttl} IN` : `IN ${ttl}`;
  return `${owner} ${before} ${rdata}`;
});
const zone = fc
  .array(line, { minLength: 1, maxLength: 8 })
  .map((lines) => ["$TTL 600", ...HEAD, ...lines, ""].join("\n"));

/** `owner type data`, names lower case without the final dot, strings joined: what a sender would see. */
async function ours(text: string): Promise<readonly string[]> {
  const reading = await zonefile.read({ path: "example.com.zone", text }, { include: async () => undefined });
  expect(reading.defects).toEqual([]);
  return reading.records.map(({ owner, type, data }) => `${owner} ${type} ${data}`);
}

function binds(text: string): readonly string[] | undefined {
  const folder = mkdtempSync(join(tmpdir(), "mta-sts-gate-zone-"));
  try {
    const file = join(folder, "example.com.zone");
    writeFileSync(file, text);
    const run = spawnSync(PROGRAM ?? "", ["-q", "-i", "none", "-k", "ignore", "-o", "-", "example.com", file], {
      encoding: "utf8",
    });
    return run.status === 0 ? run.stdout.split("\n").flatMap(canonical) : undefined;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const bare = (name: string): string => name.toLowerCase().replace(/\.$/, "");

function canonical(text: string): readonly string[] {
  const [, name = "", type = "", data = ""] = /^(\S+)\s+[0-9]+\s+IN\s+(TXT|MX)\s+(.*)$/.exec(text) ?? [];
  if (type === "MX") return [`${bare(name)} MX ${data.split(" ").map(bare).join(" ")}`];
  if (type !== "TXT") return [];
  const strings = [...data.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map(([, inner = ""]) =>
    inner.replace(/\\([0-9]{3}|.)/g, (_, one: string) => (one.length === 3 ? String.fromCharCode(Number(one)) : one)),
  );
  return [`${bare(name)} TXT ${strings.join("")}`];
}

describe.skipIf(!PROGRAM)("zones as named-compilezone reads them", () => {
  test("the same records", async () => {
    let compared = 0;
    await fc.assert(
      fc.asyncProperty(zone, async (text) => {
        const theirs = binds(text);
        fc.pre(theirs !== undefined);
        compared += 1;
        // BIND keeps equal records once.
        expect([...new Set(await ours(text))].toSorted()).toEqual([...new Set(theirs)].toSorted());
      }),
      { numRuns: 150 },
    );
    expect(compared).toBeGreaterThan(100);
  }, 60_000);
});
