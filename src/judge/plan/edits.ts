import type { PlanEdit } from "../../plan.ts";
import type { ProposedRecord, Revision } from "../../proposal.ts";
import { bytesOf } from "../../protocol/octets.ts";
import type { Case } from "../inspection.ts";
import { textFix } from "./policy-edit.ts";
import type { SaidHere } from "./world.ts";

/** What is to be edited for a change, in the order in which it must become live: the policy, its record, the MX records. */
export function editsOf({ proposal }: Case, said: SaidHere): readonly PlanEdit[] {
  const { base, proposed, policyDomain } = proposal;
  return [
    ...policyEdits(base, proposed, { said, policyDomain }),
    ...recordEdits(base.stsRecords, proposed.stsRecords),
    ...recordEdits(base.mxRecords, proposed.mxRecords),
    ...recordEdits(base.policyHostRecords ?? { kind: "unsaid" }, proposed.policyHostRecords ?? { kind: "unsaid" }),
  ];
}

interface Place {
  readonly said: SaidHere;
  readonly policyDomain: string;
}

function policyEdits({ policyFile: was }: Revision, { policyFile: is }: Revision, place: Place): readonly PlanEdit[] {
  if (was === is || was.kind === "unsaid" || is.kind === "unsaid") return [];
  const path = place.said.policy
    ? (is.value?.path ?? was.value?.path ?? "")
    : `https://mta-sts.${place.policyDomain}/.well-known/mta-sts.txt`;
  const after = is.value && new TextDecoder().decode(bytesOf(is.value.octets));
  const before = was.value && new TextDecoder().decode(bytesOf(was.value.octets));
  if (after === before) return [];
  if (before !== null && after !== null && place.said.policy)
    return [{ kind: "patch", fix: textFix(path, before, after) }];
  return [{ kind: "file", path, text: after }];
}

function recordEdits(was: Revision["mxRecords"], is: Revision["mxRecords"]): readonly PlanEdit[] {
  const [before, after] = [was, is].map((side) => (side.kind === "said" ? side.value : []));
  if (!before || !after) return [];
  const gone = before.filter((one) => !after.some((other) => sameRecord(one, other)));
  const fresh = after.filter((one) => !before.some((other) => sameRecord(one, other)));
  const patches = fresh.map((record, index) => idPatch(gone[index], record));
  if (patches.length > 0 && patches.every((patch) => patch !== undefined)) return patches;
  const [old, next] = [gone[0], fresh[0]];
  // One name has one such record: the new one takes the old one's place.
  if (old && next && old.type !== "MX" && gone.length === fresh.length)
    return [{ ...recordEdit("replace", next), place: placeOf(old) }];
  return [...gone.map((record) => recordEdit("remove", record)), ...fresh.map((record) => recordEdit("add", record))];
}

const placeOf = ({ location }: ProposedRecord): RecordEdit["place"] => (location.kind === "file" ? location : null);

const sameRecord = (a: ProposedRecord, b: ProposedRecord): boolean => a.owner === b.owner && a.data === b.data;

/** The id alone, where the file that says it tells where. */
function idPatch(was: ProposedRecord | undefined, is: ProposedRecord): PlanEdit | undefined {
  const { idSource, location } = was ?? {};
  if (!idSource || !is.idSource || location?.kind !== "file") return undefined;
  const { span, lines } = idSource;
  const text = is.idSource.lines.slice(span.startColumn - 1, is.idSource.span.endColumn - 1);
  return { kind: "patch", fix: { path: location.path, span, text, lines } };
}

type RecordEdit = Extract<PlanEdit, { kind: "record" }>;

function recordEdit(action: RecordEdit["action"], of: ProposedRecord): RecordEdit {
  const { owner, type, data, ttl } = of;
  const text = type === "TXT" ? JSON.stringify(data ?? "") : absolute(data ?? "");
  const record = `${owner}.${ttl === null ? "" : ` ${ttl}`} IN ${type} ${text}`;
  return { kind: "record", action, record, place: placeOf(of) };
}

/** `10 mx1.example.com` with the final dot of an absolute name. */
const absolute = (data: string): string => (data.endsWith(".") ? data : `${data}.`);
