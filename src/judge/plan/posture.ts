import type { MxHost } from "../../evidence.ts";
import type { ProposedRecord, Revision } from "../../proposal.ts";
import { mxHostOf } from "../../proposal.ts";
import { type DomainName, domainName } from "../../protocol/domain-name.ts";
import { bytesOf } from "../../protocol/octets.ts";
import { type Policy, parsePolicy, samePolicy } from "../../protocol/policy.ts";
import type { Case } from "../inspection.ts";
import { announces, recordSaid } from "../record-view.ts";

/** What one Policy Domain says of its mail, as far as a plan changes it. */
export interface Posture {
  /** `null`: there is none. */
  readonly policy: Policy | null;
  /** A record at `_mta-sts` tells senders of the policy. */
  readonly announced: boolean;
  readonly mx: readonly MxHost[];
  /** The name that `mta-sts` is an alias of. */
  readonly policyHost: DomainName | undefined;
  /** There is a TLS-RPT record. */
  readonly reports: boolean;
}

/** The posture of a world in which base and proposed are one. */
export function postureOf({ proposal: { proposed }, evidence }: Case): Posture {
  const record = recordSaid(proposed);
  return {
    policy: policyOf(proposed),
    announced: record ? announces(record) !== false : true,
    mx: saidIn(proposed.mxRecords).flatMap(mxOf),
    policyHost: policyHostOf(proposed) ?? domainName(evidence.policyHost.cnames[0] ?? ""),
    reports: saidIn(proposed.tlsrptRecords).length > 0 || hasReports(evidence),
  };
}

const saidIn = (said: Revision["mxRecords"]): readonly ProposedRecord[] => (said.kind === "said" ? said.value : []);

function policyOf({ policyFile }: Revision): Policy | null {
  const file = policyFile.kind === "said" ? policyFile.value : null;
  const parse = file && parsePolicy(bytesOf(file.octets));
  return parse?.kind === "valid" ? parse.policy : null;
}

function mxOf(record: ProposedRecord): readonly MxHost[] {
  const host = mxHostOf(record);
  return host ? [{ host, preference: Number.parseInt(record.data ?? "", 10) }] : [];
}

function policyHostOf({ policyHostRecords }: Revision): DomainName | undefined {
  const [alias] = policyHostRecords?.kind === "said" ? policyHostRecords.value : [];
  return alias?.type === "CNAME" ? domainName(alias.data ?? "") : undefined;
}

function hasReports({ tlsrptRecord }: Case["evidence"]): boolean {
  return tlsrptRecord.kind === "observed" && tlsrptRecord.value.kind === "records";
}

/** Whether two postures say the same. */
export function samePosture(a: Posture, b: Posture): boolean {
  const names = ({ mx }: Posture): string =>
    mx
      .map(({ host }) => host)
      .toSorted()
      .join(" ");
  return (
    sameOrNone(a.policy, b.policy) &&
    a.announced === b.announced &&
    a.policyHost === b.policyHost &&
    a.reports === b.reports &&
    names(a) === names(b)
  );
}

function sameOrNone(a: Policy | null, b: Policy | null): boolean {
  return a === null || b === null ? a === b : samePolicy(a, b);
}
