import { describe, expect, test } from "vitest";
import { expiredSince } from "../../src/judge/expired-since.ts";
import { AT, certificate, evidenceOf, judgeScene, outcomeOf, type Scene, wordOf } from "./scene.ts";

const LATER = "2026-12-01T00:00:00.000Z";
const E = "enforce 604800 mx1";
const ENDING: Scene = {
  base: { policy: "testing 604800 mx1", id: "A" },
  proposed: { policy: E, id: "B" },
  live: { policy: "testing 604800 mx1", hosts: { mx1: "expiring" } },
};

describe("evidence that is judged later", () => {
  test("an MX certificate that has run out since is refused as expired", () => {
    expect(wordOf(outcomeOf(judgeScene(ENDING), "mx-refused"))).toBe("passed");
    const late = judgeScene({ ...ENDING, at: LATER });
    expect(wordOf(outcomeOf(late, "mx-refused"))).toBe("failed:error");
    expect(JSON.stringify(outcomeOf(late, "mx-refused"))).toContain("certificate-expired");
    expect(late.verdict).toBe("blocked");
  });

  test("a policy host's is untrusted, and its policy is none for a sender", () => {
    const chain = [certificate(["mta-sts.example.com"], { notAfter: "2026-11-30T00:00:00.000Z" })];
    const fetch = expiredSince(evidenceOf({ live: { fetch: { chain } } }), LATER).policyFetch;
    expect(fetch).toMatchObject({
      value: [{ kind: "untrusted", trust: { x509Error: "CERT_HAS_EXPIRED" }, names: true }],
    });
  });

  test("nothing else of a probe changes", () => {
    const evidence = evidenceOf(ENDING);
    const [before, after] = [evidence, expiredSince(evidence, LATER)].map(({ mxHosts }) => mxHosts[0]?.probes);
    if (before?.kind !== "observed" || after?.kind !== "observed") throw new Error("the scene has probes");
    const [was, is] = [before.value[0], after.value[0]];
    expect(is).toEqual({
      ...was,
      session: { ...was?.session, trust: { kind: "untrusted", x509Error: "CERT_HAS_EXPIRED" } },
    });
  });

  test("a certificate is good until its last instant", () => {
    const evidence = evidenceOf(ENDING);
    expect(expiredSince(evidence, "2026-11-30T00:00:00.000Z")).toEqual(evidence);
    expect(expiredSince(evidence, "2026-11-30T00:00:00.001Z")).not.toEqual(evidence);
  });

  test("an issuer that ran out is not the leaf", () => {
    const chain = [certificate(["mta-sts.example.com"]), certificate(["ca"], { notAfter: "2026-11-01T00:00:00.000Z" })];
    const evidence = evidenceOf({ live: { fetch: { chain } } });
    expect(expiredSince(evidence, AT)).toEqual(evidence);
  });

  test("what is good stays as it is", () => {
    const evidence = evidenceOf({});
    expect(expiredSince(evidence, AT)).toEqual(evidence);
  });
});
