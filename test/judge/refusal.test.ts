import { describe, expect, test } from "vitest";
import { OLD_TLS_REASON, refusalFindings, UNCOVERED_REASON, unseenExcuse } from "../../src/judge/refusal.ts";
import { inspectionOf, type Scene } from "./scene.ts";

const T = "testing 604800 mx1";
const E = "enforce 604800 mx1";
const WIDER = "enforce 604800 mx1 mx2";
const any = (): boolean => true;

/** `error expired 3`: level, reason code, and the line or the kind of place. */
function words(scene: Scene, such: (reason: string) => boolean = any): readonly string[] {
  return refusalFindings(inspectionOf(scene), such).map(({ level, alreadySo, facts, location }) => {
    const place = location.kind === "file" ? `line ${location.span.startLine}` : location.kind;
    return [level, ...(alreadySo ? ["already so"] : []), facts["host"], facts["reasonCode"], place].join(", ");
  });
}

describe("refusalFindings", () => {
  test.each<[string, Scene, readonly string[]]>([
    ["accepted", { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" } }, []],
    [
      "enforce is turned on",
      { base: { policy: T, id: "A" }, proposed: { policy: E, id: "B" }, live: { hosts: { mx1: "expired" } } },
      ["error, mx1.example.com, CERT_HAS_EXPIRED, line 3"],
    ],
    [
      "under testing",
      {
        base: { policy: T, id: "A" },
        proposed: { policy: "testing 86400 mx1", id: "B" },
        live: { hosts: { mx1: "expired" } },
      },
      ["warning, mx1.example.com, CERT_HAS_EXPIRED, line 3"],
    ],
    [
      "refused today as well",
      {
        base: { policy: E, id: "A" },
        proposed: { policy: WIDER, id: "B" },
        live: { policy: E, hosts: { mx1: "no-starttls" } },
      },
      ["warning, already so, mx1.example.com, starttls-not-offered, line 3"],
    ],
    [
      "refused today, and on its way out",
      {
        base: { mx: ["mx1", "mx2"] },
        proposed: { mx: ["mx1"] },
        live: { policy: WIDER, mx: ["mx1", "mx2"], hosts: { mx2: "alert" } },
      },
      [],
    ],
    [
      "on its way out, and newly refused until its TTL has passed",
      {
        base: { policy: T, id: "A", mx: ["mx1", "mx2"] },
        proposed: { policy: WIDER, id: "B", mx: ["mx1"] },
        live: { policy: T, mx: ["mx1", "mx2"], hosts: { mx2: "alert" } },
      },
      ["error, mx2.example.com, tls-handshake-failed, line 4"],
    ],
    [
      "added",
      {
        base: { mx: ["mx1"] },
        proposed: { mx: ["mx1", "mx2"] },
        live: { policy: WIDER, hosts: { mx2: "wrong-name" } },
      },
      ["error, mx2.example.com, no-matching-dns-id, line 6"],
    ],
    ["not seen", { base: { policy: T }, proposed: { policy: E }, live: { hosts: { "*": "blocked" } } }, []],
    ["no policy", { live: { policy: "none", hosts: { mx1: "expired" } } }, []],
  ])("%s", (_, scene, expected) => expect(words(scene)).toEqual(expected));

  test("only such reasons as were asked for", () => {
    const scene: Scene = {
      base: { policy: T },
      proposed: { policy: WIDER },
      live: { mx: ["mx1", "mx2", "mx3"], hosts: { mx1: "old-tls", mx2: "expired" } },
    };
    const hostsOf = (reason: string): readonly string[] => words(scene, (each) => each === reason);
    expect(hostsOf(OLD_TLS_REASON)).toEqual(["error, mx1.example.com, tls-protocol-too-old, line 3"]);
    expect(hostsOf(UNCOVERED_REASON)).toEqual(["error, mx3.example.com, mtasts-policy-mx-mismatch, line 4"]);
    expect(words(scene)).toHaveLength(3);
  });
});

describe("unseenExcuse: that it was refused before counts only where what senders hold was seen", () => {
  const scene = (live: Scene["live"], after = WIDER): Scene => ({
    base: { policy: E, id: "A" },
    proposed: { policy: after, id: "B" },
    live: { hosts: { mx1: "expired" }, ...live },
  });
  test.each<[string, Scene, needed: boolean | undefined, because?: string]>([
    ["seen", scene({ policy: E }), undefined],
    ["the policy was not seen", scene({ policy: "unseen" }), true, "nothing came back in time"],
    ["the record was not seen", scene({ policy: E, records: "unseen" }), true, "nothing came back in time"],
    ["nothing to excuse", scene({ policy: "unseen", hosts: {} }), undefined],
    ["testing excuses nothing", scene({ policy: "unseen" }, T), undefined],
  ])("%s", (_, given, needed, because) => {
    const inspection = inspectionOf(given);
    const answer = unseenExcuse(inspection, refusalFindings(inspection, any));
    expect(answer.needed).toBe(needed);
    expect(answer.missing?.map(({ what, subject }) => `${what} ${subject}`)).toEqual(
      needed === undefined ? undefined : ["policyFetch mta-sts.example.com"],
    );
    expect(answer.missing?.[0]?.message ?? "").toContain(because ?? "");
  });
});
