import { describe, expect, test } from "vitest";
import { observe } from "../../src/observe/observe.ts";
import { domainName } from "../../src/protocol/domain-name.ts";
import { AT, policyText, proposalOf, response, type SceneSide } from "../judge/scene.ts";
import { type Answers, networkOf } from "./network.ts";

async function observed(answers: Answers, proposed: SceneSide = {}) {
  const { network, asked } = networkOf(answers);
  const evidence = await observe(proposalOf({ proposed }), network, AT);
  return { evidence, asked };
}

/** `mx1.example.com` → `192.0.2.1 tls`, `timed-out` …: what became of each host. */
async function hostsOf(answers: Answers, proposed: SceneSide = {}): Promise<Readonly<Record<string, string>>> {
  const { evidence } = await observed(answers, proposed);
  return Object.fromEntries(
    evidence.mxHosts.map(({ host, probes }) => [
      host,
      probes.kind === "unobserved"
        ? probes.because
        : probes.value.map(({ address, session }) => `${address} ${session.kind}`).join(", "),
    ]),
  );
}

const GOOD = "192.0.2.1 tls, 2001:db8::1 tls";

describe("what is asked", () => {
  test("both records, the policy at every address, and every address of every MX host, each once", async () => {
    const { asked, evidence } = await observed({ mx: ["mx1.example.com", "mx2.example.com"] });
    expect([...asked].sort()).toEqual(
      [
        "addresses mta-sts.example.com",
        "addresses mx1.example.com",
        "addresses mx2.example.com",
        "fetch mta-sts.example.com 192.0.2.1",
        "fetch mta-sts.example.com 2001:db8::1",
        "mx example.com",
        "probe mx1.example.com 192.0.2.1",
        "probe mx1.example.com 2001:db8::1",
        "probe mx2.example.com 192.0.2.1",
        "probe mx2.example.com 2001:db8::1",
        "tlsa mx1.example.com",
        "tlsa mx2.example.com",
        "txt _mta-sts.example.com",
        "txt _smtp._tls.example.com",
      ].sort(),
    );
    expect(evidence).toMatchObject({ at: AT, mx: { kind: "observed" }, policyFetch: { kind: "observed" } });
  });

  test("proposed hosts do not wait for the MX answer, and a host that is both is asked about once", async () => {
    const { asked } = await observed({ mx: ["mx1.example.com"] }, { mx: ["mx2", "mx1"] });
    expect(asked.indexOf("addresses mx2.example.com")).toBeLessThan(asked.indexOf("probe mx1.example.com 192.0.2.1"));
    expect(asked.filter((question) => question.startsWith("probe mx1"))).toHaveLength(2);
    expect(asked.filter((question) => question === "mx example.com")).toHaveLength(1);
  });

  test("names that only the policy has are looked up and never contacted", async () => {
    const { asked, evidence } = await observed({}, { policy: "enforce 86400 mx1 mx9 *.example.net" });
    expect(asked).toContain("addresses mx9.example.com");
    expect(asked.filter((question) => /^(probe mx9|.*example\.net)/.test(question))).toEqual([]);
    expect(evidence.mxHosts.map(({ host }) => host)).toEqual(["mx1.example.com"]);
  });

  test("a policy of a thousand names is no flood", async () => {
    const many = Array.from({ length: 1_000 }, (_, index) => `h${index}`).join(" ");
    const { asked } = await observed({}, { policy: `enforce 86400 ${many}` });
    expect(asked.filter((question) => /^addresses h/.test(question)).length).toBeLessThan(50);
  });
});

describe("which hosts count", () => {
  test.each<[string, Answers, SceneSide, Readonly<Record<string, string>>]>([
    ["live", {}, {}, { "mx1.example.com": GOOD }],
    ["live and proposed", {}, { mx: ["mx2"] }, { "mx2.example.com": GOOD, "mx1.example.com": GOOD }],
    ["no MX: the domain itself (RFC 5321 §5.1)", { mx: [] }, {}, { "example.com": GOOD }],
    ["null MX: none (RFC 7505 §3)", { mx: "null" }, {}, {}],
    ["a proposed null MX names no host", { mx: "null" }, { mx: ["."] }, {}],
    ["not seen: the proposed ones", { mx: "unseen" }, { mx: ["mx2"] }, { "mx2.example.com": GOOD }],
    ["addresses not seen", { addresses: { "mx1.example.com": "unseen" } }, {}, { "mx1.example.com": "timed-out" }],
    ["no address", { addresses: { "mx1.example.com": [] } }, {}, { "mx1.example.com": "" }],
  ])("%s", async (_, answers, proposed, hosts) => {
    expect(await hostsOf(answers, proposed)).toEqual(hosts);
  });

  test("silence everywhere is this machine's", async () => {
    const answers: Answers = { sessions: { "192.0.2.1": "silent", "2001:db8::1": "silent" }, port25: "blocked" };
    expect(await hostsOf(answers)).toEqual({ "mx1.example.com": "egress-blocked" });
    expect(await hostsOf({ ...answers, port25: "open" })).toEqual({
      "mx1.example.com": "192.0.2.1 unreachable, 2001:db8::1 unreachable",
    });
  });
});

describe("the policy", () => {
  const policyOf = async (answers: Answers) => (await observed(answers)).evidence.policyFetch;
  const HOST = "mta-sts.example.com";

  test("is fetched from every address, and each answer is kept", async () => {
    const policy = (address: string) => response(address.includes(":") ? 404 : 200, policyText("none 86400"));
    expect(await policyOf({ policy })).toMatchObject({
      value: [{ response: { status: 200 } }, { response: { status: 404 } }],
    });
  });

  test("no address is a failure, and an address that was not seen is none", async () => {
    expect(await policyOf({ addresses: { [HOST]: [] } })).toEqual({
      kind: "observed",
      value: [{ kind: "failed", address: "", reason: `${HOST} has no address` }],
    });
    expect(await policyOf({ addresses: { [HOST]: "unseen" } })).toEqual({ kind: "unobserved", because: "timed-out" });
  });

  test("a domain whose policy host would be too long for DNS has none (RFC 1035 §2.3.4)", async () => {
    const label = "a".repeat(61);
    const policyDomain = domainName(`${label}.${label}.${label}.${label}.org`);
    if (!policyDomain) throw new Error("no name");
    const { network, asked } = networkOf({});
    const { policyFetch } = await observe({ ...proposalOf({}), policyDomain }, network, AT);
    expect(policyFetch).toMatchObject({ value: [{ kind: "failed", reason: "the policy host's name is too long" }] });
    expect(asked.filter((question) => question.startsWith("fetch"))).toEqual([]);
  });
});
