import type { ObservationLine } from "../evidence-line.ts";
import { type Docket, lookOut } from "../gate.ts";
import { hasWrongPair } from "../judge/wrong-pairs.ts";
import type { Proposal } from "../proposal.ts";
import { recordingNetwork } from "../world/recording.ts";
import type { Network } from "../world.ts";
import type { Look } from "./deploy-wait.ts";
import { domainWave } from "./shard.ts";

interface Glance {
  readonly settings: Docket["settings"];
  readonly network: Network;
  readonly now: () => string;
}

/** One look at what the deploy of these domains has come to: DNS and policy hosts, no MX host. Keeps only what proves a wrong order. */
export async function* lookAt(
  proposals: readonly Proposal[],
  { settings, network, now }: Glance,
): AsyncGenerator<Look> {
  const names = new Set<string>(proposals.map(({ policyDomain }) => policyDomain));
  const lines = new Map<string, ObservationLine[]>();
  const note = (line: ObservationLine): void => {
    const domain = domainOf(line);
    if (domain !== undefined) lines.set(domain, [...(lines.get(domain) ?? []), line]);
  };
  const recorded = recordingNetwork(domainWave(network, names, now), note, now);
  for await (const { proposal, arrived } of lookOut({ proposals, mxOnly: [], settings }, recorded, now)) {
    const { policyDomain } = proposal;
    const seen = lines.get(policyDomain) ?? [];
    lines.delete(policyDomain);
    yield { policyDomain, arrived, wrong: hasWrongPair(proposal, seen) ? seen : [] };
  }
}

/** The domain whose record or policy a line is about. */
function domainOf(line: ObservationLine): string | undefined {
  if (line.kind === "txt" && line.owner.startsWith("_mta-sts.")) return line.owner.slice("_mta-sts.".length);
  return line.kind === "policy" ? line.host.slice("mta-sts.".length) : undefined;
}
