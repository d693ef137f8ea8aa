import { expect, test } from "vitest";
import type { DomainName } from "../../src/protocol/domain-name.ts";
import { lookAt } from "../../src/run/deploy-look.ts";
import type { Look } from "../../src/run/deploy-wait.ts";
import { verifyDocket } from "../../src/run/verify-docket.ts";
import { AT, policyText, proposalOf, response } from "../judge/scene.ts";
import { type Answers, networkOf } from "../observe/network.ts";

const OLD = "testing 604800 mx1";
const NEW = "enforce 604800 mx1";
const settings = { certificateExpiryDays: 14, off: [], waivers: [] };
const proposal = proposalOf({ base: { policy: OLD, id: "A" }, proposed: { policy: NEW, id: "B" } });

async function seen(
  answers: Answers,
  domains = ["example.com"],
): Promise<{ readonly looks: readonly Look[]; readonly asked: readonly string[] }> {
  const proposals = domains.map((name) => ({ ...proposal, policyDomain: name as DomainName }));
  const { network, asked } = networkOf(answers);
  const docket = verifyDocket({ proposals, mxOnly: [], settings }, { proxy: undefined, evidence: [] });
  const looks: Look[] = [];
  for await (const look of lookAt(docket.proposals, { settings, network, now: () => AT })) looks.push(look);
  return { looks, asked };
}

const live = (id: string, ...bodies: readonly [string, string]): Answers => ({
  txt: { "_mta-sts.example.com": [`v=STSv1; id=${id}`] },
  policy: (address) =>
    ({ ...response(200, policyText(bodies[address === "192.0.2.1" ? 0 : 1])), address }) as ReturnType<typeof response>,
});

test.each([
  ["A", OLD, OLD, false, 0],
  ["A", NEW, NEW, false, 0],
  ["B", NEW, OLD, false, 2],
  ["B", OLD, OLD, false, 2],
  ["B", NEW, NEW, true, 0],
] as const)("id %s, %s and %s", async (id, first, second, arrived, bodies) => {
  const { looks } = await seen(live(id, first, second));
  expect(looks).toMatchObject([{ policyDomain: "example.com", arrived }]);
  // Record and policies, where they prove that the id was there first.
  expect(looks[0]?.wrong.map(({ kind }) => kind).toSorted()).toEqual(bodies === 0 ? [] : ["policy", "policy", "txt"]);
});

test("DNS of the domain and its policy host are asked, and nothing of MX hosts", async () => {
  const { asked } = await seen(live("B", NEW, NEW));
  expect([...asked].toSorted()).toEqual([
    "addresses mta-sts.example.com",
    "fetch mta-sts.example.com 192.0.2.1",
    "fetch mta-sts.example.com 2001:db8::1",
    "mx example.com",
    "txt _mta-sts.example.com",
    "txt _smtp._tls.example.com",
  ]);
});

test("each domain has its own", async () => {
  const { looks } = await seen(live("B", OLD, OLD), ["example.com", "example.org"]);
  expect(looks.map(({ policyDomain, wrong }) => [policyDomain, wrong.length])).toEqual([
    ["example.com", 3],
    ["example.org", 0],
  ]);
});
