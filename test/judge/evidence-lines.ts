import type { Evidence } from "../../src/evidence.ts";
import { type Asked, EVIDENCE_VERSION, type ObservationLine, questionOf, wasSeen } from "../../src/evidence-line.ts";
import { gate } from "../../src/gate.ts";
import type { DomainName } from "../../src/protocol/domain-name.ts";
import { domainName } from "../../src/protocol/domain-name.ts";
import type { DomainVerdict } from "../../src/verdict.ts";
import { nowhere } from "../../src/world/nowhere.ts";
import { createMemory, replayedNetwork } from "../../src/world/replay.ts";
import { AT, caseOf, DOMAIN, type Scene } from "./scene.ts";

/** The evidence of a scene as the lines of a file. */
export function linesOfScene(scene: Scene): readonly ObservationLine[] {
  return [...askedIn(caseOf(scene).evidence)].map((asked) => ({ version: EVIDENCE_VERSION, at: AT, ...asked }));
}

function* askedIn(evidence: Evidence): Generator<Asked> {
  const { stsRecord, tlsrptRecord, mx, policyHost, policyFetch, mxHosts } = evidence;
  const host = domainName(`mta-sts.${DOMAIN}`) as DomainName;
  yield { kind: "txt", owner: `_mta-sts.${DOMAIN}`, seen: stsRecord };
  yield { kind: "txt", owner: `_smtp._tls.${DOMAIN}`, seen: tlsrptRecord };
  yield { kind: "mx", owner: DOMAIN, seen: mx };
  const fetches = policyFetch.kind === "observed" ? policyFetch.value : [];
  const value = fetches.map(({ address }) => address);
  yield { kind: "addresses", host, seen: { ...policyHost, addresses: { kind: "observed", value } } };
  for (const seen of fetches) yield { kind: "policy", host, address: seen.address, seen };
  for (const { host: name, addresses, cnames, probes, tlsa } of mxHosts) {
    yield { kind: "addresses", host: name, seen: { addresses, cnames } };
    if (tlsa) yield { kind: "tlsa", host: name, seen: tlsa };
    const sessions = probes.kind === "observed" ? probes.value : [];
    for (const seen of sessions) yield { kind: "probe", host: name, address: seen.address, seen };
  }
}

/** The verdict on a scene by these lines alone, without a network. */
export async function judgedBy(lines: readonly ObservationLine[], scene: Scene): Promise<DomainVerdict> {
  const memory = createMemory<Asked>({ now: AT, maxAge: 1 });
  for (const line of lines) memory.add({ question: questionOf(line), at: line.at, seen: wasSeen(line) }, line);
  const { proposal, settings } = caseOf(scene);
  const elsewhere = { ...nowhere(() => AT).vantage(), port25: "open" } as const;
  const { network } = replayedNetwork({ find: memory.find, vantage: elsewhere, live: nowhere(() => AT) });
  for await (const verdict of gate({ proposals: [proposal], mxOnly: [], settings }, network, () => AT)) return verdict;
  throw new Error("no verdict");
}
