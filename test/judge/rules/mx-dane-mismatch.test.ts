import { expect, test } from "vitest";
import { findingsOf, judgeScene, type Scene, type SceneLive } from "../scene.ts";
import { judgesAs, type Row } from "./table.ts";

const E = "enforce 604800 mx1";
const change: Scene = { base: { policy: E, id: "A" }, proposed: { policy: "enforce 86400 mx1", id: "B" } };
const served = (tlsa: readonly string[], more: SceneLive = {}): Scene => ({
  ...change,
  live: { policy: E, tlsa: { mx1: tlsa }, ...more },
});
const row = (title: string, word: string, ...records: string[]): Row => [
  title,
  served(records, { hosts: { mx1: "with-issuer" } }),
  word,
  ...(word === "failed:warning" ? ([3] as const) : ([] as const)),
];

judgesAs("mx-dane-mismatch", [
  ["no TLSA records were asked for", { ...change, live: { policy: E } }, "not-applicable"],
  row("there are none", "not-applicable"),
  row("the key of the leaf", "passed", "3 1 1 leaf"),
  row("the whole leaf", "passed", "3 0 1 leaf"),
  row("SHA-512", "passed", "3 1 2 leaf"),
  row("another key", "failed:warning", "3 1 1 other"),
  row("another key, SHA-512", "failed:warning", "3 1 2 other"),
  row("the certificate's digest where the key's should be", "failed:warning", `3 1 1 ${"00".repeat(32)}`),
  row("one that matches is enough: a key rollover", "passed", "3 1 1 other", "3 1 1 leaf"),
  row("the issuer as trust anchor", "passed", "2 0 1 issuer"),
  row("the issuer's key as trust anchor", "passed", "2 1 1 issuer"),
  row("the issuer is no end entity", "failed:warning", "3 1 1 issuer"),
  row("another trust anchor", "failed:warning", "2 0 1 other"),
  row("PKIX usages bind no SMTP sender (RFC 7672 §3.1.3)", "passed", "0 0 1 other", "1 1 1 other"),
  row("a usable record beside them does", "failed:warning", "1 1 1 leaf", "3 1 1 other"),
  row("an unknown usage", "passed", "4 1 1 other"),
  row("an unknown selector", "passed", "3 2 1 other"),
  row("an unknown matching type", "passed", "3 1 3 other"),
  row("a digest of the wrong length", "passed", "3 1 1 ffff"),
  ["nothing was served", served(["3 1 1 other"], { hosts: { mx1: "silent" } }), "passed"],
  ["it was not probed", served(["3 1 1 other"], { hosts: { mx1: "blocked" } }), "passed"],
  ["the trust anchor is not served", served(["2 0 1 issuer"]), "failed:warning", 3],
]);

test("the whole of a certificate in the record is compared by its digest", () => {
  const whole = served([`3 0 0 ${Buffer.from("not the leaf").toString("hex")}`]);
  expect(findingsOf(judgeScene(whole), "mx-dane-mismatch")).toHaveLength(1);
});

test("that the zone is signed is the resolver's claim, or a condition", () => {
  const message = (more: SceneLive) =>
    findingsOf(judgeScene(served(["3 1 1 other"], more)), "mx-dane-mismatch")[0]?.message;
  expect(message({ signed: true })).toContain("its zone is signed, as the resolver claims");
  expect(message({})).toContain("if its zone is signed");
});

test("one host with TLSA records among others is enough, and its finding says where and what was claimed", () => {
  const live = { policy: "enforce 604800 mx1 mx2", mx: ["mx1", "mx2"], tlsa: { mx2: ["3 1 1 other"] } };
  const findings = (more: SceneLive) =>
    findingsOf(judgeScene({ ...change, live: { ...live, ...more } }), "mx-dane-mismatch");
  const host = "mx2.example.com";
  const address = "198.51.100.10";
  expect(findings({ signed: true })).toMatchObject([
    {
      related: [
        { kind: "dns", owner: `_25._tcp.${host}`, type: "TLSA" },
        { kind: "mx-host", host, address },
      ],
      facts: { host, address, signed: "claimed by the resolver" },
    },
  ]);
  expect(findings({})).toMatchObject([{ facts: { signed: "not claimed" } }]);
});

test("a host that the change adds was not so before", () => {
  const added = {
    base: { policy: "enforce 604800 mx1 mx2", id: "A", mx: ["mx1"] },
    proposed: { policy: "enforce 604800 mx1 mx2", id: "A", mx: ["mx1", "mx2"] },
    live: { policy: "enforce 604800 mx1 mx2", tlsa: { mx1: ["3 1 1 other"], mx2: ["3 1 1 other"] } },
  } satisfies Scene;
  const known = findingsOf(judgeScene(added), "mx-dane-mismatch").map(({ alreadySo }) => alreadySo);
  expect(known).toEqual([true, undefined]);
});
