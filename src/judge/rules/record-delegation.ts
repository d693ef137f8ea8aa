import { cite } from "../../citation.ts";
import type { Location } from "../../location.ts";
import type { ProposedRecord, Said } from "../../proposal.ts";
import type { Inspection } from "../inspection.ts";
import { recordPlace } from "../locate.ts";
import { policyIn } from "../policy-view.ts";
import { registrableDomain } from "../public-suffix.ts";
import { defineRule } from "../rule.ts";

export const recordDelegation = defineRule({
  id: "record-delegation",
  title: "The record follows one provider and the policy host another",
  cites: [cite("RFC 8461", "8.2")],
  applies: (inspection) => recordProviders(inspection).length > 0,
  check: (inspection) => {
    const { policyDomain, policy } = inspection;
    const [record, host] = [recordProviders(inspection), hostProviders(inspection)];
    const own = host.length === 0 && policy.said && policyIn(policy.proposed) !== undefined;
    // A host without an alias of its own may be the provider's by address, unless its policy is kept here.
    if (own ? false : host.length === 0 || host.some((provider) => record.includes(provider))) return {};
    const serves = own ? "this repository's policy" : `${host.at(-1)}'s policy`;
    return {
      findings: [
        {
          level: "warning",
          message: `_mta-sts.${policyDomain} is an alias at ${record.at(-1)} and mta-sts.${policyDomain} serves ${serves}; when either changes, the id and the policy no longer change together.`,
          location: placeOf(inspection),
          facts: { record: record.at(-1) ?? "", policyHost: host.at(-1) ?? "" },
          ...(alreadySo(inspection) && { alreadySo: true as const }),
        },
      ],
    };
  },
});

/** Who runs the names that `_mta-sts` is an alias of; none where its text stands in the repository. */
function recordProviders({ evidence: { stsRecord }, proposal, policyDomain }: Inspection): readonly string[] {
  const said = aliases(proposal.proposed.stsRecords);
  const resolved =
    proposal.proposed.stsRecords.kind === "said" &&
    proposal.proposed.stsRecords.value.some(({ type }) => type === "TXT");
  if (resolved) return [];
  const seen = stsRecord.kind === "observed" ? stsRecord.value.cnames : [];
  return providers(said ?? seen, policyDomain);
}

function hostProviders({ evidence, proposal, policyDomain }: Inspection): readonly string[] {
  const said = proposal.proposed.policyHostRecords && aliases(proposal.proposed.policyHostRecords);
  const [target] = said ?? [];
  const { cnames } = evidence.policyHost;
  // The live chain tells where the said alias leads on.
  const chain = target === undefined || cnames.includes(target) ? cnames : [target];
  return providers(chain, policyDomain);
}

function aliases(records: Said<readonly ProposedRecord[]>): readonly string[] | undefined {
  if (records.kind === "unsaid") return undefined;
  return records.value.flatMap(({ type, data }) => (type === "CNAME" && data !== null ? [data] : []));
}

function providers(chain: readonly string[], policyDomain: string): readonly string[] {
  const mine = registrableDomain(policyDomain);
  const all = chain.map((name) => registrableDomain(name) ?? name);
  return [...new Set(all)].filter((provider) => provider !== mine);
}

function placeOf(inspection: Inspection): Location {
  const { proposal, policyDomain, record } = inspection;
  const [alias] = proposal.proposed.policyHostRecords?.kind === "said" ? proposal.proposed.policyHostRecords.value : [];
  if (alias && proposal.touched.includes("publishing")) return alias.location;
  if (record.said) return recordPlace(inspection);
  return { kind: "dns", owner: `_mta-sts.${policyDomain}`, type: "CNAME" };
}

const alreadySo = ({ proposal: { touched } }: Inspection): boolean =>
  !touched.includes("record") && !touched.includes("publishing") && !touched.includes("policy");
