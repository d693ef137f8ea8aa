import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { OptionError } from "../src/errors.ts";
import { OPTIONS, parseOptions } from "../src/options.ts";
import { OUTPUTS } from "../src/outputs.ts";

/** The error that options lead to; fails the test when there is none. */
function refusal(given: Readonly<Record<string, string>>): OptionError {
  try {
    parseOptions(given);
  } catch (error) {
    if (error instanceof OptionError) return error;
    throw error;
  }
  throw new Error(`not refused: ${JSON.stringify(given)}`);
}

describe("what counts when nothing is said", () => {
  const nothing = parseOptions({});

  test("is the strict choice, everywhere", () => {
    expect(nothing).toMatchObject({
      allowPrivateNetworks: false,
      all: false,
      failOn: "error",
      ifNone: "error",
      mode: "auto",
      onUnknown: "fail",
      records: [],
      resolver: { kind: "system" },
    });
  });

  test("is the same for empty and blank text, as the runner hands over an input left out", () => {
    for (const { name } of OPTIONS) {
      expect(parseOptions({ [name]: "" })).toEqual(nothing);
      expect(parseOptions({ [name]: " \n" })).toEqual(nothing);
    }
  });
});

describe("refused with the set that would have worked", () => {
  test("a name outside the table", () => {
    expect(refusal({ "fail-no": "error" })).toMatchObject({ option: "fail-no" });
    expect(refusal({ "fail-no": "error" }).allowed).toContain("fail-on");
  });

  test.each(OPTIONS.filter(({ built }) => !built).map(({ name }) => name))("%s, which is not built", (name) => {
    expect(refusal({ [name]: "x" })).toMatchObject({ option: name, message: expect.stringContaining("not built") });
  });

  test.each(OPTIONS.filter(({ choices, built }) => choices && built))(
    "$name: a value outside its set",
    ({ name, choices }) => {
      for (const wrong of [
        "no-such",
        choices?.[0]?.toUpperCase() ?? "",
        `${choices?.[0]}x`,
        "__proto__",
        "constructor",
      ])
        expect(refusal({ [name]: wrong })).toMatchObject({ option: name, allowed: choices });
    },
  );

  test.each(["yes", "1", "on", "TrUe", "truefalse"])("a flag that says %s", (text) => {
    expect(refusal({ all: text }).allowed).toEqual(["true", "false"]);
  });

  test.each([
    [{ "wait-for-deploy": "7h" }, "wait-for-deploy"],
    [{ "wait-for-deploy": "00" }, "wait-for-deploy"],
    [{ "wait-for-deploy": "0", mode: "gate" }, "wait-for-deploy"],
    [{ "wait-for-deploy": "5m", mode: "observe" }, "wait-for-deploy"],
    [{ base: "main", mode: "verify" }, "base"],
  ])("%j", (given, option) => expect(refusal(given).option).toBe(option));

  test.each(["0s", "0m", "5", "5 m", "1.5h", "-1s", "7h", "1w", "9999999s", "∞"])("a timeout of %s", (text) => {
    expect(refusal({ timeout: text }).option).toBe("timeout");
  });

  test.each([
    "Authoritative",
    "http://dns.example/dns-query",
    "https://",
    "https://user:pass@dns.example/dns-query",
    "https://dns.example/dns-query#x",
    "dns.example",
    "192.0.2.53:0",
    "192.0.2.53:65536",
    "192.0.2.256",
    "192.0.2",
    "192.0.2.053",
    "[2001:db8::53",
    "2001:db8::zz",
    "0x7f.1",
    "0.0.0.0",
    "[::]:53",
  ])("a resolver of %s", (text) => {
    expect(refusal({ resolver: text }).option).toBe("resolver");
  });

  test.each([
    "https://user:hunter2@host:1",
    "socks4://user:hunter2@host:1",
    "http://user:hunter2@host",
    "http://user:hunter2@host:1/hunter2",
    "http://user:hunter2@host:1?hunter2",
    "socks5://user:hunter2@host",
    "socks5://user:hunter2@host:1/hunter2",
    "hunter2",
    "socks5://hunter2%@host:1",
  ])("a proxy of %s, without repeating it", (text) => {
    const { message, allowed, stack } = refusal({ proxy: text });
    expect(`${message}${allowed.join()}${stack}`).not.toContain("hunter2");
  });

  test.each(["a b", "-->", "x".repeat(65), "-x", "é", "a\nb"])(
    "a label of %j, which would end up in a comment's marker",
    (text) => {
      expect(refusal({ label: text }).option).toBe("label");
    },
  );
});

describe("read", () => {
  test.each([
    ["500ms", 500],
    ["90s", 90_000],
    ["3m", 180_000],
    ["6h", 21_600_000],
  ])("timeout %s", (text, milliseconds) => expect(parseOptions({ timeout: text }).timeout).toBe(milliseconds));

  test.each([
    ["", undefined],
    ["0", 0],
    ["0s", 0],
    ["90s", 90_000],
    ["6h", 21_600_000],
  ])("wait-for-deploy %j", (text, milliseconds) =>
    expect(parseOptions({ "wait-for-deploy": text }).waitForDeploy).toBe(milliseconds),
  );

  test.each([
    ["system", { kind: "system" }],
    ["192.0.2.53", { kind: "server", address: "192.0.2.53", port: 53 }],
    ["127.0.0.1:5353", { kind: "server", address: "127.0.0.1", port: 5353 }],
    ["2001:db8::53", { kind: "server", address: "2001:db8::53", port: 53 }],
    ["[2001:db8::53]:5353", { kind: "server", address: "2001:db8::53", port: 5353 }],
    ["authoritative", { kind: "authoritative" }],
    ["https://dns.example/dns-query", { kind: "https", url: "https://dns.example/dns-query" }],
    ["https://192.0.2.53:8443/q{?dns}", { kind: "https", url: "https://192.0.2.53:8443/q" }],
  ])("resolver %s", (text, wanted) => expect(parseOptions({ resolver: text }).resolver).toEqual(wanted));

  test.each([
    ["http://proxy.example:3128", { port: 3128, username: "", password: "" }],
    ["http://me:a%3Ab%40c@proxy.example:80", { port: 80, username: "me", password: "a:b@c" }],
    ["HTTP://proxy.example:080/", { port: 80, username: "", password: "" }],
  ])("an HTTP proxy %s, also at the port that URLs leave out", (text, wanted) =>
    expect(parseOptions({ proxy: text }).proxy).toEqual({ kind: "http", host: "proxy.example", ...wanted }),
  );

  test("a proxy with an escaped password", () => {
    const wanted = { kind: "socks5", host: "2001:db8::1", port: 1080, username: "me", password: "a:b@c" };
    expect(parseOptions({ proxy: "socks5://me:a%3Ab%40c@[2001:db8::1]:1080" }).proxy).toEqual(wanted);
  });

  test("evidence, its age and its shard", () => {
    expect(parseOptions({})).toMatchObject({ evidence: [], evidenceMaxAge: 86_400_000 });
    const given = { evidence: "a-*.jsonl, b.jsonl", "evidence-max-age": "7d", mode: "observe", shard: "3/20" };
    const wanted = { evidence: ["a-*.jsonl", "b.jsonl"], evidenceMaxAge: 604_800_000, shard: { index: 3, count: 20 } };
    expect(parseOptions(given)).toMatchObject(wanted);
  });

  test.each(["0/3", "4/3", "1", "1/0", "1/257", "01/3", "a/b", "-1/3", "1/3/5"])("no shard: %s", (shard) => {
    expect(refusal({ mode: "observe", shard }).option).toBe("shard");
  });

  test("a shard, or a report, without what it is of", () => {
    expect(refusal({ shard: "1/3" }).message).toContain("mode: observe");
    expect(refusal({ mode: "observe", "report-file": "r.json" }).option).toBe("report-file");
    expect(refusal({ mode: "observe", "sarif-file": "r.sarif" }).option).toBe("sarif-file");
    expect(refusal({ "evidence-max-age": "8d" }).message).toContain("up to 7d");
  });

  test("a list, one a line or with commas", () => {
    expect(parseOptions({ records: "zones/*.zone\n\n dns/a.zone, dns/b.zone\r\n" }).records).toEqual([
      "zones/*.zone",
      "dns/a.zone",
      "dns/b.zone",
    ]);
  });

  test("any text, or refused with an OptionError and nothing else", () => {
    const name = fc.constantFrom(...OPTIONS.map((option) => option.name));
    const hint = fc.constantFrom("", "socks5://", "socks5://%@h:1", "[", "192.0.2.1:", "true", "1m");
    fc.assert(
      fc.property(name, hint, fc.string({ unit: "binary" }), (option, head, tail) => {
        try {
          parseOptions({ [option]: head + tail });
        } catch (error) {
          expect(error).toBeInstanceOf(OptionError);
        }
      }),
    );
  });
});

describe("one source for each fact", () => {
  const metadata = parse(readFileSync("action.yml", "utf8"));

  test("action.yml has the inputs and outputs of the tables, in their order", () => {
    expect(Object.keys(metadata.inputs)).toEqual(OPTIONS.map(({ name }) => name));
    expect(Object.keys(metadata.outputs)).toEqual(OUTPUTS.map(({ name }) => name));
    expect(metadata.runs).toEqual({ using: "node24", main: "dist/index.js" });
  });

  test("action.yml gives no default that would overrule a config file", () => {
    const defaults = Object.entries<{ default?: string }>(metadata.inputs).filter(
      ([, input]) => input.default !== undefined,
    );
    expect(defaults.map(([name]) => name)).toEqual(["github-token"]);
  });

  test("action.yml, the README and the index of rules are as generated", () => {
    const run = spawnSync(process.execPath, ["scripts/generate.mjs", "--check"], { encoding: "utf8" });
    expect(run.stderr.replace(/\(node:\d+\)[^\n]*\n[^\n]*--trace-warnings[^\n]*\n/g, "")).toBe("");
    expect(run.status).toBe(0);
  });
});
