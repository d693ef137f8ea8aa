import type { Intent } from "../../plan.ts";
import type { Proposal } from "../../proposal.ts";
import type { DomainName } from "../../protocol/domain-name.ts";
import { bytesOf } from "../../protocol/octets.ts";
import { parsePolicy } from "../../protocol/policy.ts";

/** Literal names of a policy that are looked at: more than any MX set has, fewer than a flood. */
const MOST_NAMED = 16;

/** MX hosts that a plan needs to have looked at, beyond those that the repository or DNS names as such. */
export function hostsToProbe(intent: Intent, proposal: Proposal): readonly DomainName[] {
  switch (intent.kind) {
    case "add-mx":
      return [intent.host];
    case "rename-mx":
      return [intent.to];
    case "replace-provider":
      return intent.hosts;
    case "emergency":
      return namedHosts(proposal);
    default:
      return [];
  }
}

/** Whoever holds the policy accepts these: one of them may be what brings mail back. */
function namedHosts({ proposed: { policyFile } }: Proposal): readonly DomainName[] {
  const file = policyFile.kind === "said" ? policyFile.value : null;
  const parse = file && parsePolicy(bytesOf(file.octets));
  const patterns = parse?.kind === "valid" ? parse.policy.mx : [];
  return [...new Set(patterns.filter(({ wildcard }) => !wildcard).map(({ host }) => host))].slice(0, MOST_NAMED);
}
