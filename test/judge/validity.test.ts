import { describe, expect, test } from "vitest";
import { validUntil } from "../../src/judge/validity.ts";
import { certificate, inspectionOf, type Scene } from "./scene.ts";

// The scene's certificates: good ones to 1 February, the expiring one to 30 November, the policy host's to 1 February.
const FEBRUARY = "2027-02-01T00:00:00.000Z";
const NOVEMBER = "2026-11-30T00:00:00.000Z";

describe("the first expiry that would change the verdict", () => {
  const enforced: Scene = { base: { policy: "enforce 86400 mx1" }, proposed: { policy: "enforce 86400 mx1 mx2" } };
  test.each<[string, Scene, string | null]>([
    ["the MX host's and the policy host's", enforced, FEBRUARY],
    ["an MX certificate expires first", { ...enforced, live: { hosts: { mx1: "expiring" } } }, NOVEMBER],
    [
      "the policy host's expires first",
      {
        ...enforced,
        live: {
          hosts: { mx1: "expiring" },
          fetch: { chain: [certificate(["mta-sts.example.com"], { notAfter: "2026-11-25T00:00:00.000Z" })] },
        },
      },
      "2026-11-25T00:00:00.000Z",
    ],
    [
      "an issuer's expires before the leaf",
      {
        ...enforced,
        live: {
          fetch: { chain: [certificate(["mta-sts.example.com"]), certificate(["ca"], { notAfter: NOVEMBER })] },
        },
      },
      NOVEMBER,
    ],
    ["a host that is refused anyway", { ...enforced, live: { hosts: { mx1: "expired" }, policy: "none" } }, FEBRUARY],
    [
      "a host that no policy covers",
      { ...enforced, live: { mx: ["mx1", "mx3"], hosts: { mx3: "expiring" } } },
      FEBRUARY,
    ],
    ["nothing was seen", { ...enforced, live: { policy: "unseen", hosts: { "*": "blocked" } } }, null],
  ])("%s", (_, scene, expected) => {
    expect(validUntil(inspectionOf(scene), [])).toBe(expected);
  });

  test("a certificate that had expired when this was judged changes nothing any more", () => {
    // Servers still send cross-signed roots that ran out long ago; the chain is trusted without them.
    const chain = [certificate(["mta-sts.example.com"]), certificate(["ca"], { notAfter: "2024-09-30T18:14:03.000Z" })];
    expect(validUntil(inspectionOf({ ...enforced, live: { fetch: { chain } } }), [])).toBe(FEBRUARY);
  });

  test("dates are compared as dates", () => {
    const chain = [
      certificate(["mta-sts.example.com"], { notAfter: "2026-11-30T23:30:00.000-01:00" }),
      certificate(["ca"], { notAfter: "2026-12-01T00:00:00.000Z" }),
    ];
    expect(validUntil(inspectionOf({ ...enforced, live: { fetch: { chain } } }), [])).toBe("2026-12-01T00:00:00.000Z");
  });
});
