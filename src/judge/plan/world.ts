import type { MxAnswer, Observation } from "../../evidence.ts";
import type { History, ProposedRecord, Revision, Said } from "../../proposal.ts";
import type { DomainName } from "../../protocol/domain-name.ts";
import { type Case, type Inspection, inspect } from "../inspection.ts";
import { whyUnseen } from "../missing.ts";
import { servesPolicy } from "../policy-view.ts";
import { idIn } from "../record-view.ts";
import { renewed } from "./renewed.ts";

/** Which parts of a domain the repository says itself; the others are edited elsewhere. */
export interface SaidHere {
  readonly policy: boolean;
  readonly record: boolean;
  readonly mx: boolean;
}

/** Where a plan starts: base and proposed are one, and what the repository does not say is said as it is deployed. */
export interface Start {
  readonly world: Case;
  readonly said: SaidHere;
}

/** The start of a plan, or one sentence that tells why there is none. */
export function startOf(given: Case): Start | string {
  const inspection = inspect(given);
  const obstacle = obstacleOf(inspection);
  if (obstacle !== undefined) return obstacle;
  const { proposal } = given;
  const { proposed } = proposal;
  const revision: Revision = {
    ...proposed,
    policyFile: proposed.policyFile.kind === "said" ? proposed.policyFile : servedFile(inspection),
    stsRecords: proposed.stsRecords.kind === "said" ? proposed.stsRecords : liveRecord(inspection),
    mxRecords:
      proposed.mxRecords.kind === "said" ? proposed.mxRecords : liveMx(given.evidence.mx, proposal.policyDomain),
  };
  const world = { ...proposal, proposed: revision, base: revision, touched: [] };
  return {
    world: {
      ...given,
      mode: "gate",
      evidence: renewed(given.evidence, given.asOf),
      proposal: { ...world, history: fullHistory(inspection, revision) },
    },
    said: {
      policy: proposed.policyFile.kind === "said",
      record: proposed.stsRecords.kind === "said",
      mx: proposed.mxRecords.kind === "said",
    },
  };
}

/** A plan needs to know where it starts: what is no policy, or not known, must come first. */
function obstacleOf({ policy, mx, policyDomain }: Inspection): string | undefined {
  if (policy.proposed.kind === "invalid")
    return `The policy of ${policyDomain} is none by RFC 8461 section 3.2; repair it first.`;
  if (policy.proposed.kind === "unknown")
    return `The policy of ${policyDomain} is not in the repository and was not seen: ${whyUnseen(policy.proposed.because)}.`;
  if (mx.proposed.kind !== "unknown") return undefined;
  if (mx.said) return `The files do not determine what MX ${policyDomain} has.`;
  return `The MX records of ${policyDomain} are not in the repository and were not seen: ${whyUnseen(mx.proposed.because)}.`;
}

const PATH = ".well-known/mta-sts.txt";

function servedFile({ evidence: { policyFetch } }: Inspection): Revision["policyFile"] {
  const served = policyFetch.kind === "observed" ? policyFetch.value.find(servesPolicy) : undefined;
  return { kind: "said", value: served ? { path: PATH, octets: served.response.body } : null };
}

function liveRecord({ record, policyDomain, evidence: { stsRecord } }: Inspection): Revision["stsRecords"] {
  const id = idIn(record.deployed);
  if (stsRecord.kind === "unobserved") return { kind: "unsaid" };
  return { kind: "said", value: id === undefined ? [] : [stsRecordOf(policyDomain, id)] };
}

/** A record with this id that no file says. Its TTL is the deployed one. */
export function stsRecordOf(policyDomain: DomainName, id: string): ProposedRecord {
  const owner = `_mta-sts.${policyDomain}`;
  return { owner, type: "TXT", data: `v=STSv1; id=${id}`, ttl: null, location: { kind: "dns", owner, type: "TXT" } };
}

function liveMx(mx: Observation<MxAnswer>, policyDomain: DomainName): Said<readonly ProposedRecord[]> {
  if (mx.kind === "unobserved") return { kind: "unsaid" };
  if (mx.value.kind === "null-mx") return { kind: "said", value: [mxRecordOf(policyDomain, "0 .")] };
  const records = mx.value.kind === "records" ? mx.value.records : [];
  return {
    kind: "said",
    value: records.map(({ host, preference }) => mxRecordOf(policyDomain, `${preference} ${host}`)),
  };
}

export function mxRecordOf(policyDomain: DomainName, data: string): ProposedRecord {
  return {
    owner: policyDomain,
    type: "MX",
    data,
    ttl: null,
    location: { kind: "dns", owner: policyDomain, type: "MX" },
  };
}

/** A history of which the first state is base, whatever was read of it. */
function fullHistory({ proposal, record, asOf }: Inspection, { policyFile }: Revision): History {
  const { history, baseSince } = proposal;
  if (history.states.length > 0) return history;
  const at = baseSince.kind === "since" ? baseSince.at : asOf;
  const id = idIn(record.proposed) ?? null;
  const policy = policyFile.kind === "said" ? (policyFile.value?.octets ?? null) : undefined;
  return { ...history, states: [{ commit: "0".repeat(40), at, id, ...(policy !== undefined && { policy }) }] };
}
