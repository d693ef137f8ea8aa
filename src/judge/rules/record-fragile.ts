import { cite } from "../../citation.ts";
import { quoted } from "../../protocol/policy-defect.ts";
import type { Finding } from "../../verdict.ts";
import { readRecordsAs } from "../dialect.ts";
import type { Inspection } from "../inspection.ts";
import { recordPlace } from "../locate.ts";
import { idIn } from "../record-view.ts";
import { defineRule } from "../rule.ts";
import { listed } from "../sender-difference.ts";
import { senders } from "../senders.ts";

export const recordFragile = defineRule({
  id: "record-fragile",
  title: "The _mta-sts record is valid, and named senders find none or another id",
  cites: [cite("RFC 8461", "3.1")],
  applies: ({ record }) => record.proposed.kind === "valid",
  check: (inspection) => {
    const texts = proposedTexts(inspection);
    const id = idIn(inspection.record.proposed) ?? "";
    const readings = senders.map((sender) => ({ name: sender.name, reading: readRecordsAs(sender, texts) }));
    const blind = readings.flatMap(({ name, reading }) => (reading.kind === "none" ? [name] : []));
    const other = readings.flatMap(({ name, reading }): OtherId[] =>
      reading.kind === "id" && reading.id !== null && reading.id !== id ? [{ name, id: reading.id }] : [],
    );
    const named = [...blind, ...other.map(({ name }) => name)];
    return named.length === 0 ? {} : { findings: [finding(inspection, sentence(texts, blind, other), named)] };
  },
});

interface OtherId {
  readonly name: string;
  readonly id: string;
}

function proposedTexts({ record, proposal, evidence }: Inspection): readonly string[] {
  const { stsRecords } = proposal.proposed;
  if (record.said) {
    const said = stsRecords.kind === "said" ? stsRecords.value : [];
    return said.flatMap(({ type, data }) => (type === "TXT" && data !== null ? [data] : []));
  }
  const { stsRecord } = evidence;
  return stsRecord.kind === "observed" && stsRecord.value.kind === "records" ? stsRecord.value.records : [];
}

function sentence(texts: readonly string[], blind: readonly string[], other: readonly OtherId[]): string {
  const ids = new Map<string, string[]>();
  for (const { name, id } of other) ids.set(id, [...(ids.get(id) ?? []), name]);
  const clauses = [
    ...(blind.length === 0 ? [] : [`${listed(blind)} ${blind.length === 1 ? "finds" : "find"} no policy`]),
    ...[...ids].map(([id, names]) => `${listed(names)} ${names.length === 1 ? "reads" : "read"} the id ${quoted(id)}`),
  ];
  return `The record is valid by RFC 8461, but ${clauses.join(", and ")}${because(texts)}.`;
}

/** What such senders are known to stumble over. */
function because(texts: readonly string[]): string {
  if (texts.length > 1) return ", because other TXT records stand beside it";
  const [text = ""] = texts;
  if (/^v=STSv1[ \t]/.test(text)) return ", because white space stands before its first semicolon";
  if ((text.match(/;[ \t]*id=/g) ?? []).length > 1) return ", because it has a second id";
  return text.includes(":") ? ", because one of its fields has a colon in it" : "";
}

function finding(inspection: Inspection, message: string, named: readonly string[]): Finding {
  const alreadySo = !inspection.record.said || isUntouched(inspection);
  return {
    level: "warning",
    message,
    location: recordPlace(inspection),
    facts: { senders: named.join(", ") },
    ...(alreadySo && { alreadySo: true }),
  };
}

/** Whether base has the very same texts. */
function isUntouched({ proposal: { base, proposed } }: Inspection): boolean {
  if (base.stsRecords.kind === "unsaid" || proposed.stsRecords.kind === "unsaid") return false;
  const before = base.stsRecords.value.map(({ data }) => data);
  const after = proposed.stsRecords.value.map(({ data }) => data);
  return before.length === after.length && before.every((data, index) => data === after[index]);
}
