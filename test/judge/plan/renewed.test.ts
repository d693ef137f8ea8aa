import { expect, test } from "vitest";
import { firstExpiry, renewed } from "../../../src/judge/plan/renewed.ts";
import { evidenceOf } from "../scene.ts";

const EVIDENCE = evidenceOf({ live: { mx: ["mx1", "mx2"], hosts: { mx1: "expiring" } } });
const expiries = (evidence: typeof EVIDENCE): readonly string[] =>
  evidence.mxHosts.flatMap(({ probes }) =>
    (probes.kind === "observed" ? probes.value : []).flatMap(({ session }) =>
      session.kind === "tls" ? session.chain.map(({ notAfter }) => notAfter.slice(0, 10)) : [],
    ),
  );

test("a certificate that is good now stays good, one that is over stays over", () => {
  expect(expiries(EVIDENCE)).toEqual(["2026-11-30", "2027-02-01"]);
  expect(expiries(renewed(EVIDENCE, "2026-11-24T00:00:00Z"))).toEqual(["9999-12-31", "9999-12-31"]);
  expect(expiries(renewed(EVIDENCE, "2026-12-24T00:00:00Z"))).toEqual(["2026-11-30", "9999-12-31"]);
});

test("the first that runs out", () => {
  expect(firstExpiry(EVIDENCE, "2026-11-24T00:00:00Z")).toBe("2026-11-30T00:00:00.000Z");
  expect(firstExpiry(EVIDENCE, "2026-12-24T00:00:00Z")).toBe("2027-02-01T00:00:00.000Z");
  expect(firstExpiry(EVIDENCE, "2028-01-01T00:00:00Z")).toBeUndefined();
});
