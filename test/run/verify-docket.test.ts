import { expect, test } from "vitest";
import { parseOptions } from "../../src/options.ts";
import { longestWait, verifyDocket } from "../../src/run/verify-docket.ts";
import { proposalOf } from "../judge/scene.ts";

const proposal = proposalOf({
  base: { policy: "testing 86400 mx1", id: "A" },
  proposed: { policy: "enforce 86400 mx1", id: "B" },
  publishing: {
    proposed: [{ code: "root", message: "It lies in the root", location: { kind: "input", name: "policy" } }],
  },
});
const docket = {
  proposals: [proposal],
  mxOnly: [proposal],
  settings: { certificateExpiryDays: 14, off: [], waivers: [] },
};

test("what the repository says is base and proposed, and nothing is touched", () => {
  const { mode, proposals, mxOnly } = verifyDocket(docket, parseOptions({}));
  expect(mode).toBe("verify");
  for (const { base, proposed, touched, publishing } of [...proposals, ...mxOnly]) {
    expect([base, touched]).toEqual([proposed, []]);
    expect(publishing.base).toEqual(publishing.proposed);
  }
});

test.each([
  [{}, false],
  [{ proxy: "socks5://192.0.2.1:1080" }, true],
  [{ evidence: "e.jsonl" }, true],
])("%j: whether a host that is not reached leaves the verdict open: %s", (given, needed) => {
  expect(verifyDocket(docket, parseOptions(given)).settings.probesNeeded).toBe(needed);
});

test.each([
  ["push", "gate-then-verify", {}, 900_000],
  ["push", "verify", {}, 900_000],
  ["schedule", "verify", {}, 0],
  ["command line", "verify", { "wait-for-deploy": "90s" }, 90_000],
  ["push", "gate-then-verify", { "wait-for-deploy": "0" }, 0],
  ["push", "gate-then-verify", { evidence: "e.jsonl" }, 900_000],
  ["push", "verify", { evidence: "e.jsonl" }, 0],
] as const)("%s, %s, %j: %i ms", (name, work, given, ms) => {
  expect(longestWait(parseOptions(given), { name, work })).toBe(ms);
});
