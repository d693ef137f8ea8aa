import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { readConfig } from "../../src/collect/config.ts";
import { NO_ROLLOUT } from "../../src/config.ts";
import { CollectError } from "../../src/errors.ts";

const RULES = ["mx-alias", "mx-refused"];
const PATH = ".github/mta-sts-gate.yml";
const read = (text: string | undefined) => readConfig(PATH, text, RULES);

function refusal(text: string): CollectError {
  try {
    read(text);
  } catch (error) {
    if (error instanceof CollectError) return error;
    throw error;
  }
  throw new Error("it was read");
}

const GOOD: readonly string[] = [
  "domains: [example.com, EXAMPLE.org.]",
  "domains: []",
  "domains:\n  - domain: example.com\n    policy: a/mta-sts.txt\n    records: [zones/*.zone]\n    record: { id: 20261123 }",
  "domains:\n  - domain: example.com\n    record: external\n    records: zones/x",
  "domains:\n  - { domain: a.example, record: { id: a1 } }",
  'policies: "policies/{domain}/mta-sts.txt"',
  "policies: ./p/{domain}.txt",
  "records: ['**/*.zone', 'db.*']",
  "records: zones/{a,b}.zone",
  "rules: { mx-alias: off }",
  "rules: {}",
  "waive:\n  - { domain: example.com, rule: mx-refused, reason: moving, until: 2027-01-31 }",
  "certificate-expiry-days: 21",
  "certificate-expiry-days: &d 1",
  "senders: all",
  "senders: id-checking",
  "history: { max-age-ceiling: 30d }",
  "history: { max-age-ceiling: 31557600 }",
  "history: { max-age-ceiling: 1s }",
  "deploy: policy-first",
  "deploy-lag: 15m",
  "deploy-lag: 0",
  "deploy-lag: 30d",
];

// What is wrong, and in which line.
const BAD: readonly (readonly [text: string, line: number, message: RegExp])[] = [
  ["rulez: {}", 1, /^rulez is no key of the config file; allowed: domains, policies, records/],
  ["records: a\nproxy: socks5://x:1", 2, /^proxy comes from inputs only/],
  ["allow-private-networks: true", 1, /inputs only/],
  ["resolver: x", 1, /inputs only/],
  ["ca-file: x", 1, /inputs only/],
  ["fail-on: never", 1, /inputs only/],
  ["on-unknown: warn", 1, /inputs only/],
  ["reports: {}", 1, /not built in this version/],
  ["senders: gmail", 1, /^senders has no such setting; allowed: id-checking, all$/],
  ["senders: [all]", 1, /no such setting/],
  ["history: {}", 1, /^history says nothing; allowed: max-age-ceiling$/],
  ["history: 30d", 1, /^history is not a map/],
  ["history:\n  max-age-ceiling: 1d\n  max-age: 1d", 3, /^history has no key max-age;/],
  ["history: { max-age-ceiling: 0 }", 1, /^history\.max-age-ceiling is a time from 1 to 31557600 seconds/],
  ["history: { max-age-ceiling: 31557601 }", 1, /1 to 31557600/],
  ["history: { max-age-ceiling: a year }", 1, /1 to 31557600/],
  ["deploy: policy_first", 1, /allowed: policy-first/],
  ["deploy: true", 1, /allowed: policy-first/],
  ["deploy-lag: -1", 1, /^deploy-lag is a time from 0 to 2592000 seconds; allowed: 90s, 3m, 24h, 7d, a number/],
  ["deploy-lag: 2592001", 1, /0 to 2592000/],
  ["deploy-lag: 1.5", 1, /0 to 2592000/],
  ["deploy-lag: 500ms", 1, /0 to 2592000/],
  ["deploy-lag: '24'", 1, /0 to 2592000/],
  ["deploy-lag:", 1, /0 to 2592000/],
  ["[]", 1, /is not a map/],
  ["text", 1, /is not a map/],
  ["domains: example.com", 1, /^domains is not a list/],
  ["domains:", 1, /^domains is not a list/],
  ["domains: [localhost]", 1, /^domains\.1 is no domain name/],
  ["domains:\n  - bücher.example", 2, /no domain name/],
  ["domains: [1]", 1, /is not a text/],
  ["domains:\n  - policy: a.txt", 2, /has no domain/],
  ["domains:\n  - domain: a.example\n    polcy: a.txt", 3, /has no key polcy; allowed: domain, policy/],
  ["domains:\n  - domain: a.example\n    policy: /etc/passwd", 3, /no path from the repository's root/],
  ["domains:\n  - domain: a.example\n    policy: a/../../b", 3, /no path/],
  ["domains:\n  - domain: a.example\n    record: internal", 3, /allowed: external/],
  ["domains:\n  - domain: a.example\n    record: {}", 3, /is no id/],
  ["domains:\n  - domain: a.example\n    record: { id: 2026-11-23 }", 3, /1 to 32 letters and digits/],
  ["domains:\n  - domain: a.example\n    record: { id: true }", 3, /is no id/],
  ["policies: policies/mta-sts.txt", 1, /has no \{domain\}/],
  ["policies: ''", 1, /is not a text/],
  ["records: [/zones/*]", 1, /no path/],
  ["records: ['..']", 1, /no path/],
  ["records: { a: b }", 1, /is not a text/],
  ["rules: { mx-alias: on }", 1, /allowed: off/],
  ["rules: { mx-alias: false }", 1, /allowed: off/],
  ["rules: [mx-alias]", 1, /not a map/],
  ["waive:\n  - { domain: example.com, rule: mx-refused, until: 2027-01-31 }", 2, /has no reason/],
  ["waive:\n  - { domain: example.com, rule: mx-refused, reason: x, until: soon }", 2, /no date/],
  ["waive:\n  - { domain: example.com, rule: mx-refused, reason: ' ', until: 2027-01-31 }", 2, /not a text/],
  ["certificate-expiry-days: 0", 1, /1 to 365/],
  ["certificate-expiry-days: 1.5", 1, /1 to 365/],
  ["certificate-expiry-days: '21'", 1, /1 to 365/],
];

// What only the reader can know: other lines, other rules, the calendar, the notation itself.
const READER_ONLY: typeof BAD = [
  ["deploy-lag: 31d", 1, /0 to 2592000/],
  ["history: { max-age-ceiling: 366d }", 1, /1 to 31557600/],
  ["history: { max-age-ceiling: 0s }", 1, /1 to 31557600/],
  ["rules:\n  mx-ailas: off", 2, /^rules\.mx-ailas is no rule; allowed: mx-alias, mx-refused/],
  ["waive:\n  - domain: example.com\n    rule: x\n    reason: r\n    until: 2027-01-31", 3, /is no rule/],
  ["waive:\n  - { domain: example.com, rule: mx-refused, reason: x, until: 2027-02-30 }", 2, /no date/],
  ["domains: [a.example,\n b.example, A.example]", 2, /names a\.example twice/],
  ["records: a\nrules: {}\nrecords: b", 3, /has the key records twice/],
  ["rules:\n  mx-alias: off\n  mx-alias: off", 3, /twice/],
  ["domains: [\n", 2, /no YAML/],
  ["a: *b", 1, /.*/],
  ["x: !foo y", 1, /no YAML/],
  ["a: 1\n---\nb: 2", 2, /no YAML/],
  [`domains: ${"x".repeat(300_000)}`, 1, /larger than 256 KiB/],
  [`records: [&a zones/x, ${"*a, ".repeat(40)}]`, 1, /is not a text/],
];

describe("readConfig", () => {
  test.each([...BAD, ...READER_ONLY])("refuses %j with its line", (text, line, message) => {
    const { message: said, location } = refusal(text);
    expect(said).toMatch(message);
    expect(location).toMatchObject({ kind: "file", path: PATH, span: { startLine: line } });
  });

  test("no file, and an empty file, say nothing", () => {
    for (const text of [undefined, "", "# later\n", "null"])
      expect(read(text)).toEqual({
        path: PATH,
        domains: [],
        policies: undefined,
        records: [],
        rules: {},
        waivers: [],
        certificateExpiryDays: undefined,
        rollout: NO_ROLLOUT,
      });
  });

  test("reads everything, with places", () => {
    const config = read(
      [
        "domains:",
        "  - Example.COM.",
        "  - domain: example.org",
        "    record: { id: 0123 }",
        "policies: ./policies/{domain}/mta-sts.txt",
        "records: zones/*.zone",
        "rules: { mx-alias: off }",
        "waive:",
        "  - { domain: example.com, rule: mx-refused, reason: moving, until: 2027-01-31 }",
        "certificate-expiry-days: 21",
        "senders: all",
        "history: { max-age-ceiling: 30d }",
        "deploy: policy-first",
        "deploy-lag: 15m",
      ].join("\n"),
    );
    expect(config.domains.map(({ domain, record }) => [domain, record?.kind === "id" && record.id])).toEqual([
      ["example.com", false],
      ["example.org", "0123"],
    ]);
    expect(config.domains[1]?.location).toMatchObject({ span: { startLine: 3, startColumn: 13, endColumn: 24 } });
    expect(config).toMatchObject({
      policies: "policies/{domain}/mta-sts.txt",
      records: ["zones/*.zone"],
      rules: { "mx-alias": "off" },
      certificateExpiryDays: 21,
      rollout: { senders: "all", maxAgeCeiling: 2_592_000, deploy: "policy-first", deployLag: 900 },
    });
    expect(config.waivers).toMatchObject([
      {
        domain: "example.com",
        rule: "mx-refused",
        reason: "moving",
        until: "2027-01-31",
        location: { span: { startLine: 9 } },
      },
    ]);
  });
});

describe("schema/config-v1.json", () => {
  const schema = JSON.parse(readFileSync(new URL("../../schema/config-v1.json", import.meta.url), "utf8")) as {
    readonly properties: object;
  };
  const accepts = new Ajv2020({ strictTypes: false }).compile(schema);
  test.each(GOOD)("allows what the reader reads: %j", (text) => {
    expect(() => read(text)).not.toThrow();
    expect(accepts(parse(text))).toBe(true);
  });
  test("docs/config.md has every key, and an example that is read", () => {
    const page = readFileSync(new URL("../../docs/config.md", import.meta.url), "utf8");
    const [, example = ""] = /```yaml\n([^]*?)```/.exec(page) ?? [];
    expect(() => read(example)).not.toThrow();
    expect(accepts(parse(example))).toBe(true);
    const keys = [...page.matchAll(/^\| `([^`]+)` \|/gm)].map(([, key]) => key);
    expect(keys).toEqual(Object.keys(schema.properties));
    expect(Object.keys(parse(example) as object)).toEqual(keys);
  });
  test.each(BAD.map(([text]) => text))("refuses what the reader refuses: %j", (text) => {
    expect(accepts(parse(text))).toBe(false);
  });
});
