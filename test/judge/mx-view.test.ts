import { describe, expect, test } from "vitest";
import { hostsIn, type MxView, mxDeployed, mxSaid } from "../../src/judge/mx-view.ts";
import type { ProposedRecord, Revision } from "../../src/proposal.ts";
import { DOMAIN, evidenceOf, proposalOf, type SceneLive } from "./scene.ts";

/** The hosts, shortened, or the kind. */
function word(view: MxView | undefined): string {
  if (!view) return "unsaid";
  const hosts = hostsIn(view).map((host) => host.replace(/\.example\.com$/, ""));
  return [view.kind, ...hosts, ...(view.kind === "unknown" ? [view.because] : [])].join(" ");
}

function said(...data: readonly (string | null)[]): Revision {
  const record = (text: string | null, index: number): ProposedRecord => ({
    owner: DOMAIN,
    type: "MX",
    data: text,
    ttl: 300,
    location: { kind: "dns", owner: `line-${index}.example`, type: "MX" },
  });
  return { ...proposalOf({}).proposed, mxRecords: { kind: "said", value: data.map(record) } };
}

describe("mxSaid", () => {
  test.each<[string, Revision, string]>([
    ["nothing said", proposalOf({}).proposed, "unsaid"],
    ["two hosts", said("10 mx1.example.com", "20 mx2.example.com"), "hosts mx1 mx2"],
    ["one host twice", said("10 mx1.example.com", "20 mx1.example.com"), "hosts mx1"],
    ["null MX (RFC 7505 §3)", said("0 ."), "null-mx"],
    ["null MX beside a host", said("0 .", "10 mx1.example.com"), "hosts mx1"],
    ["none: the domain itself (RFC 5321 §5.1)", said(), "implicit example.com"],
    ["one that is not determined", said("10 mx1.example.com", null), "unknown not-asked"],
  ])("%s: %s", (_, revision, expected) => {
    expect(word(mxSaid(revision, DOMAIN))).toBe(expected);
  });

  test("each host keeps the place of its record", () => {
    const view = mxSaid(said("0 .", "10 mx1.example.com", "10 mx2.example.com"), DOMAIN);
    const places = view?.kind === "hosts" ? [...view.places.values()] : [];
    expect(places).toMatchObject([{ owner: "line-1.example" }, { owner: "line-2.example" }]);
  });
});

describe("mxDeployed", () => {
  test.each<[string, SceneLive["mx"], string]>([
    ["hosts", ["mx1", "mx2"], "hosts mx1 mx2"],
    ["none", "none", "implicit example.com"],
    ["null MX", "null", "null-mx"],
    ["not seen", "unseen", "unknown timed-out"],
  ])("%s: %s", (_, mx, expected) => {
    expect(word(mxDeployed(evidenceOf({ live: mx === undefined ? {} : { mx } }), DOMAIN))).toBe(expected);
  });

  test("a name that does not exist has no hosts of its own, and the domain itself counts all the same", () => {
    const mx = { kind: "observed", value: { kind: "no-such-name", cnames: [] } } as const;
    expect(word(mxDeployed({ ...evidenceOf({}), mx }, DOMAIN))).toBe("implicit example.com");
  });
});

test("hostsIn of nothing is nothing", () => {
  expect(hostsIn(undefined)).toEqual([]);
});
