import type { MxHost } from "../../evidence.ts";
import { fixedText } from "../../fix.ts";
import type { Proposal, ProposedRecord, Revision, Subject } from "../../proposal.ts";
import type { DomainName } from "../../protocol/domain-name.ts";
import { bytesOf, type Octets, octetsFrom } from "../../protocol/octets.ts";
import { printPolicy, samePolicy } from "../../protocol/policy.ts";
import { instant } from "../held-policy.ts";
import { type Case, inspect } from "../inspection.ts";
import { publication } from "../publication.ts";
import { idIn, recordSaid } from "../record-view.ts";
import { editedPolicy } from "./policy-edit.ts";
import { type Posture, postureOf } from "./posture.ts";
import { mxRecordOf, stsRecordOf } from "./world.ts";

/**
 * The change from what a world says to `to`, merged at `at` (milliseconds since 1970). A new policy gets a new id. TLS-RPT is left
 * alone: no date depends on it.
 */
export function changeTo(world: Case, to: Posture, at: number): Case {
  const { proposal } = world;
  const from = postureOf(world);
  const { base, policyDomain } = proposal;
  const policyChanges = to.policy && from.policy ? !samePolicy(to.policy, from.policy) : to.policy !== from.policy;
  const named = to.policyHost === from.policyHost ? undefined : to.policyHost;
  const mxStays = sameHosts(from.mx, to.mx);
  const edited: Revision = {
    ...base,
    policyFile: policyChanges ? policyFileOf(base, to) : base.policyFile,
    ...(mxStays ? {} : { mxRecords: { kind: "said", value: mxRecordsOf(base, to, policyDomain) } }),
    ...(named !== undefined && { policyHostRecords: { kind: "said", value: [aliasOf(policyDomain, named)] } }),
  };
  const touched: Subject[] = [
    ...(policyChanges ? (["policy"] as const) : []),
    ...(mxStays ? [] : (["mx"] as const)),
    ...(named === undefined ? [] : (["publishing"] as const)),
  ];
  const change = { ...world, asOf: instant(at), proposal: { ...proposal, proposed: edited, touched } };
  return withRecord(change, { from, to, policyChanges });
}

interface Turn {
  readonly from: Posture;
  readonly to: Posture;
  readonly policyChanges: boolean;
}

function withRecord(change: Case, { from, to, policyChanges }: Turn): Case {
  const { proposal } = change;
  const renamed = policyChanges && from.announced && to.announced && idIn(recordSaid(proposal.base)) !== undefined;
  if (from.announced === to.announced && !renamed) return change;
  const stsRecords: Revision["stsRecords"] = to.announced
    ? { kind: "said", value: renamedRecords(proposal, freshId(change)) }
    : { kind: "said", value: [] };
  const touched: readonly Subject[] = [...proposal.touched, "record"];
  return { ...change, proposal: { ...proposal, proposed: { ...proposal.proposed, stsRecords }, touched } };
}

/** As the gate proposes it; where it sees no need, the time. */
function freshId(change: Case): string {
  const suggested = publication(inspect(change)).suggestedId;
  return suggested ?? change.asOf.replace(/[.][0-9]+/, "").replace(/[^0-9TZ]/g, "");
}

function renamedRecords({ base, policyDomain }: Proposal, id: string): readonly ProposedRecord[] {
  const records = base.stsRecords.kind === "said" ? base.stsRecords.value : [];
  const before = idIn(recordSaid(base));
  const renamed = records.map((record) => renamedRecord(record, id));
  return renamed.length > 0 && before !== undefined ? renamed : [stsRecordOf(policyDomain, id)];
}

/** The id of an STS record, behind its version (RFC 8461 §3.1). */
const ID_FIELD = /(;[ \t]*id[ \t]*=[ \t]*)[A-Za-z0-9]+/;

function renamedRecord(record: ProposedRecord, id: string): ProposedRecord {
  const { data, idSource } = record;
  if (record.type !== "TXT" || data === null) return record;
  const named = { ...record, data: data.replace(ID_FIELD, (_, name: string) => name + id) };
  if (!idSource || idSource.span.startLine !== idSource.span.endLine) return named;
  const { span, lines } = idSource;
  const moved = { ...span, startLine: 1, endLine: 1 };
  const end = { ...span, endColumn: span.startColumn + id.length };
  return { ...named, idSource: { span: end, lines: fixedText(lines, [{ span: moved, text: id }]) } };
}

function policyFileOf({ policyFile }: Revision, { policy }: Posture): Revision["policyFile"] {
  if (!policy) return { kind: "said", value: null };
  const file = policyFile.kind === "said" ? policyFile.value : null;
  const text = file ? editedPolicy(new TextDecoder().decode(bytesOf(file.octets)), policy) : printPolicy(policy);
  return { kind: "said", value: { path: file?.path ?? ".well-known/mta-sts.txt", octets: octetsOf(text) } };
}

const octetsOf = (text: string): Octets => octetsFrom(new TextEncoder().encode(text));

function mxRecordsOf({ mxRecords }: Revision, { mx }: Posture, policyDomain: DomainName): readonly ProposedRecord[] {
  const said = mxRecords.kind === "said" ? mxRecords.value : [];
  const names = mx.map(({ host, preference }) => `${preference} ${host}`);
  const kept = said.filter(({ data }) => data !== null && names.includes(data));
  const ttl = said[0]?.ttl ?? null;
  const fresh = names.filter((name) => !kept.some(({ data }) => data === name));
  return [...kept, ...fresh.map((name) => ({ ...mxRecordOf(policyDomain, name), ttl }))];
}

function aliasOf(policyDomain: DomainName, target: DomainName): ProposedRecord {
  const owner = `mta-sts.${policyDomain}`;
  return { owner, type: "CNAME", data: target, ttl: null, location: { kind: "dns", owner, type: "CNAME" } };
}

const sameHosts = (a: readonly MxHost[], b: readonly MxHost[]): boolean =>
  a.length === b.length && a.every(({ host }) => b.some((other) => other.host === host));
