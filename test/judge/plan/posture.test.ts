import { expect, test } from "vitest";
import { postureOf, samePosture } from "../../../src/judge/plan/posture.ts";
import { caseOf } from "../scene.ts";

const said = (side: object) => postureOf(caseOf({ base: side, proposed: side, live: { tlsrpt: false } }));
const SIDE = { policy: "enforce 86400 mx1", id: "A", mx: ["mx1", "mx2"], policyHostAlias: "a.example.net" };

test("what the repository says", () => {
  expect(said(SIDE)).toMatchObject({
    policy: { mode: "enforce" },
    announced: true,
    mx: [
      { host: "mx1.example.com", preference: 10 },
      { host: "mx2.example.com", preference: 10 },
    ],
    policyHost: "a.example.net",
    reports: false,
  });
});

test.each<[string, object, boolean]>([
  ["the same", {}, true],
  ["MX in another order", { mx: ["mx2", "mx1"] }, true],
  ["another id", { id: "B" }, true],
  ["another mode", { policy: "testing 86400 mx1" }, false],
  ["no policy", { policy: null }, false],
  ["no record", { id: undefined, records: [] }, false],
  ["an MX less", { mx: ["mx1"] }, false],
  ["another policy host", { policyHostAlias: "b.example.net" }, false],
  ["a TLS-RPT record", { tlsrpt: ["v=TLSRPTv1; rua=mailto:r@example.net"] }, false],
])("%s", (_, other, same) => {
  expect(samePosture(said(SIDE), said({ ...SIDE, ...other }))).toBe(same);
});
