import { describe, expect, test } from "vitest";
import type { SmtpSession } from "../../../src/evidence.ts";
import { judge } from "../../../src/judge/judge.ts";
import { AT, caseOf, certificate, findingsOf } from "../scene.ts";
import { judgesAs } from "./table.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";

judgesAs("mx-certificate-expiring", [
  [
    "six days left",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { hosts: { mx1: "expiring" } } },
    "failed:warning",
    3,
  ],
  [
    "six days are enough by the config",
    {
      base: { policy: T, id: "A" },
      proposed: { policy: E, id: "B" },
      live: { hosts: { mx1: "expiring" } },
      settings: { certificateExpiryDays: 3 },
    },
    "passed",
  ],
  ["weeks left", { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" } }, "passed"],
  [
    "expired is another rule's",
    { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { hosts: { mx1: "expired" } } },
    "passed",
  ],
  [
    "a host on its way out",
    {
      base: { mx: ["mx1", "mx2"] },
      proposed: { mx: ["mx1"] },
      live: { policy: "testing 604800 mx1 mx2", mx: ["mx1", "mx2"], hosts: { mx2: "expiring" } },
    },
    "passed",
  ],
  [
    "a host that no pattern covers is another rule's",
    { base: { id: "A" }, proposed: { id: "B" }, live: { mx: ["mx1", "mx2"], hosts: { mx2: "expiring" } } },
    "passed",
  ],
]);

describe("mx-certificate-expiring goes by the leaf that expires first", () => {
  const HOST = "mx1.example.com";
  const given = caseOf({ base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" } });

  /** Days that the certificates of each address are valid for after the run, leaf first → the date that is told. */
  const told = (...chains: readonly (readonly number[])[]): unknown => {
    const value = chains.map((days, index) => {
      const ends = days.map((day) => new Date(Date.parse(AT) + day * 86_400_000).toISOString());
      const chain = ends.map((notAfter) => certificate([HOST], { notAfter }));
      const session: SmtpSession = { kind: "tls", protocol: "TLSv1.3", chain, trust: { kind: "trusted" } };
      return { address: `192.0.2.${index}`, at: AT, session };
    });
    const mxHosts = given.evidence.mxHosts.map((host) => ({ ...host, probes: { kind: "observed", value } as const }));
    const verdict = judge({ ...given, evidence: { ...given.evidence, mxHosts } });
    return findingsOf(verdict, "mx-certificate-expiring").map(({ facts }) => String(facts["notAfter"]).slice(0, 10));
  };

  test.each([
    ["a leaf under an issuer that lasts", [[6, 300]], ["2026-11-30"]],
    ["a leaf that lasts under an issuer that does not", [[90, 6]], []],
    ["the second address", [[90], [6]], ["2026-11-30"]],
    ["the first of two dates", [[5], [6]], ["2026-11-29"]],
    ["the first of two dates, the other way about", [[6], [5]], ["2026-11-29"]],
  ])("%s", (_, chains, dates) => expect(told(...chains)).toEqual(dates));
});
