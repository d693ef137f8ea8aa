import type { PolicyFetch } from "../evidence.ts";
import type { Location } from "../location.ts";
import type { ResultType } from "../protocol/result-type.ts";
import type { Finding, Missing } from "../verdict.ts";
import { type Inspection, isInterrupted } from "./inspection.ts";
import { missing, whyUnseen } from "./missing.ts";
import { enforces } from "./policy-view.ts";
import type { Answer } from "./rule.ts";

/** What is wrong with one address of the policy host, told as the middle of a sentence. */
export interface FetchFault {
  readonly says: string;
  readonly facts: Finding["facts"];
}

interface FetchRule {
  readonly resultType: ResultType;
  /** The fault of one attempt, if it has this rule's fault. */
  readonly fault: (fetch: PolicyFetch) => FetchFault | undefined;
}

/** Fetch rules are about what senders get now, so they wait until a record tells senders to fetch (SPEC §5). */
export function announced({ record }: Inspection): boolean {
  return record.deployed.kind !== "absent" && record.deployed.kind !== "multiple" && record.deployed.kind !== "invalid";
}

/**
 * One finding for each address that has the fault. Already deployed and untouched it is a warning; an error where this change
 * turns enforce on, because a new enforcement needs the policy host right.
 */
export function fetchAnswer(inspection: Inspection, { resultType, fault }: FetchRule): Answer {
  const { evidence, record, turnsOn } = inspection;
  const needed = turnsOn !== "no";
  if (record.deployed.kind === "unknown") return { needed, missing: [unseenRecord(inspection)] };
  const fetched = evidence.policyFetch;
  if (fetched.kind === "unobserved") return { needed, missing: [unseenPolicy(inspection, fetched.because)] };
  const findings = fetched.value.flatMap((fetch) => {
    const found = fault(fetch);
    return found ? [finding(inspection, fetch, { ...found, resultType })] : [];
  });
  const blind = fetched.value.flatMap((fetch) =>
    fetch.kind === "unobserved" && fetch.because !== "no-ipv6" ? [fetch] : [],
  );
  return { findings, needed, missing: blind.map(({ because }) => unseenPolicy(inspection, because)) };
}

function finding(inspection: Inspection, fetch: PolicyFetch, fault: FetchFault & { resultType: ResultType }): Finding {
  const { policyDomain, turnsOn, policy } = inspection;
  const url = `https://mta-sts.${policyDomain}/.well-known/mta-sts.txt`;
  const location: Location = { kind: "policy-host", url, ...(fetch.address && { address: fetch.address }) };
  const needed = turnsOn === "yes" && enforces(policy.proposed) && !isInterrupted(inspection);
  const level = needed ? "error" : "warning";
  return {
    level,
    message: `${url} ${fault.says}${fetch.address && ` (${fetch.address})`}; senders cannot get the policy.`,
    location,
    resultType: fault.resultType,
    facts: { ...fault.facts, ...(fetch.address && { address: fetch.address }) },
    ...(level === "warning" && { alreadySo: true as const }),
  };
}

function unseenRecord({ record, policyDomain }: Inspection): Missing {
  const because = record.deployed.kind === "unknown" ? record.deployed.because : "";
  return missing("stsRecord", `_mta-sts.${policyDomain}`, `The live record was not seen: ${whyUnseen(because)}.`);
}

function unseenPolicy({ policyDomain }: Inspection, because: string): Missing {
  return missing("policyFetch", `mta-sts.${policyDomain}`, `The deployed policy was not seen: ${whyUnseen(because)}.`);
}
