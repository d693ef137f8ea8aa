import { describe, expect, test } from "vitest";
import type { Evidence, PolicyFetch } from "../../src/evidence.ts";
import {
  enforces,
  type PolicyView,
  policyDeployed,
  policyIn,
  policySaid,
  servesPolicy,
} from "../../src/judge/policy-view.ts";
import { evidenceOf, policyText, proposalOf, response, type SceneLive, type SceneSide } from "./scene.ts";

const E = "enforce 86400 mx1";

/** `enforce`, `invalid`, `absent`, `? timed-out`. */
function word(view: PolicyView | undefined): string {
  if (view?.kind === "valid") return view.policy.mode;
  return view?.kind === "unknown" ? `? ${view.because}` : String(view?.kind);
}

describe("policySaid", () => {
  test.each<[string, SceneSide, string]>([
    ["not said", {}, "undefined"],
    ["the file is gone", { policy: null }, "absent"],
    ["a policy", { policy: E }, "enforce"],
    ["no policy", { policy: "mode: enforce\n" }, "invalid"],
    ["an empty file", { policy: "" }, "invalid"],
  ])("%s: %s", (_, proposed, expected) => {
    const view = policySaid(proposalOf({ proposed }).proposed);
    expect(word(view)).toBe(expected);
    if (view && "place" in view) expect(view.place).toMatchObject({ kind: "file", path: ".well-known/mta-sts.txt" });
  });
});

describe("policyDeployed", () => {
  test.each<[string, SceneLive, string]>([
    ["served", { policy: E }, "enforce"],
    ["404", { policy: "none" }, "absent"],
    ["a redirect", { policy: "redirect" }, "absent"],
    ["a certificate that is not trusted", { policy: "untrusted" }, "absent"],
    ["a certificate of another name", { policy: "wrong-name" }, "absent"],
    ["refused", { policy: "refused" }, "absent"],
    ["no policy in it", { policy: "hello\n" }, "invalid"],
    ["cut at 64 KiB", { policy: E, fetch: { truncated: true } }, "absent"],
    ["a content coding", { policy: E, fetch: { contentEncoding: "gzip" } }, "absent"],
    ["the coding that is none", { policy: E, fetch: { contentEncoding: "Identity" } }, "enforce"],
    ["not seen", { policy: "unseen" }, "? timed-out"],
    ["the first address fails, the second serves", { policy: "refused", second: E }, "enforce"],
  ])("%s: %s", (_, live, expected) => {
    expect(word(policyDeployed(evidenceOf({ live }), true))).toBe(expected);
  });

  test("no record, no policy, whatever is served (RFC 8461 §3.1)", () => {
    expect(word(policyDeployed(evidenceOf({ live: { policy: E } }), false))).toBe("absent");
  });

  test("where the record was not seen, what is served may be announced to nobody", () => {
    const blind = evidenceOf({ live: { policy: E, records: "unseen" } });
    expect(word(policyDeployed(blind, undefined))).toBe("? timed-out");
    expect(word(policyDeployed(evidenceOf({ live: { policy: E } }), undefined))).toBe("? not-asked");
  });

  test("one address that could not be looked at keeps the others' 404 from being an absence", () => {
    const blind: PolicyFetch = { kind: "unobserved", address: "2001:db8::1", because: "deadline" };
    const seen = (...value: PolicyFetch[]): Evidence => ({
      ...evidenceOf({}),
      policyFetch: { kind: "observed", value },
    });
    expect(word(policyDeployed(seen(response(404, ""), blind), true))).toBe("? deadline");
    expect(word(policyDeployed(seen(response(200, policyText(E)), blind), true))).toBe("enforce");
    expect(word(policyDeployed(seen(), true))).toBe("absent");
  });

  test("the place names the address that served it", () => {
    const view = policyDeployed(evidenceOf({ live: { policy: E } }), true);
    expect(view).toMatchObject({ place: { kind: "policy-host", address: "198.51.100.10" } });
  });
});

test.each([
  [200, true],
  [204, false],
  [206, false],
  [301, false],
  [500, false],
])("servesPolicy: status %i: %s", (status, serves) => {
  expect(servesPolicy(response(status, policyText(E)))).toBe(serves);
});

test.each([
  [E, true],
  ["testing 86400 mx1", false],
  ["none 86400", false],
  ["mode: enforce\n", false],
  [null, false],
] as const)("enforces %s: %s", (policy, expected) => {
  const view = policySaid(proposalOf({ proposed: { policy } }).proposed);
  expect(enforces(view)).toBe(expected);
  expect(policyIn(view)?.mode === "enforce").toBe(expected);
  expect(enforces(undefined)).toBe(false);
});
