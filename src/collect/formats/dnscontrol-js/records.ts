import type { ProposedRecord } from "../../../proposal.ts";
import { addDefect, addNote, asRecord, concernsMail, isOurs, type ReadingDraft } from "../../reading-draft.ts";
import type { RecordData } from "../../record-data.ts";
import type { spanFinder, Stretch } from "../../text-span.ts";
import { ownerOf, targetOf } from "../dnscontrol-ir/target.ts";
import { seconds } from "../zonefile/entry.ts";
import { type DataType, isDataType } from "../zonefile/rdata.ts";
import type { Call, Expression } from "./expression.ts";

/** One D or D_EXTEND call while its records are read. */
export interface Block {
  readonly draft: ReadingDraft;
  readonly spanOf: ReturnType<typeof spanFinder>;
  /** What the records' names are relative to. */
  readonly zone: string;
  readonly records: ProposedRecord[];
  /** What DefaultTTL said last, as it counts for the records behind it. */
  ttl: number | null;
}

export const COMMAND = "`dnscontrol print-ir` says it";

// Calls of DNSControl that publish no TXT, MX or CNAME record of ours. Any other call may.
const OTHERS = new Set(
  (
    "A AAAA ADGUARDHOME_A_PASSTHROUGH ADGUARDHOME_AAAA_PASSTHROUGH AKAMAICDN AKAMAITLC ALIAS AUTODNSSEC_OFF AUTODNSSEC_ON " +
    "AUTOSPLIT AZURE_ALIAS BUNNY_DNS_PZ BUNNY_DNS_RDR CAA CAA_BUILDER CF_PROXY_DEFAULT_OFF CF_PROXY_DEFAULT_ON CF_REDIRECT " +
    "CF_SINGLE_REDIRECT CF_TEMP_REDIRECT CF_WORKER_ROUTE CLOUDNS_WR DHCID DKIM_BUILDER DMARC_BUILDER DNAME DNSKEY DS " +
    "DefaultTTL DnsProvider FRAME HTTPS IGNORE_NAME IMPORT_TRANSFORM INCLUDE_NOTHING LOC LOC_BUILDER_DD LOC_BUILDER_DMM_STR " +
    "LOC_BUILDER_DMS_STR LOC_BUILDER_STR LUA_A NAMESERVER NAMESERVER_TTL NAPTR NS NS1_URLFWD OPENPGPKEY PORKBUN_URLFWD PTR " +
    "R53_ALIAS R53_EVALUATE_TARGET_HEALTH R53_ZONE RP SMIMEA SOA SPF_BUILDER SRV SSHFP SVCB TLSA TTL URL URL301"
  ).split(" "),
);
// The zone may hold more than the program says.
const KEEPS = new Set(["NO_PURGE", "IGNORE", "IGNORE_EXTERNAL_DNS", "DISABLE_IGNORE_SAFETY_CHECK"]);

/** Reads one argument of D or D_EXTEND: a record, a list of records, a modifier. */
export function readItem(block: Block, item: Expression): void {
  if (item.kind === "list") for (const inner of item.items) readItem(block, inner);
  else if (item.kind === "call" && isDataType(item.name)) readRecord(block, item, item.name);
  else if (item.kind === "call" && item.name === "DefaultTTL") block.ttl = ttlOf(item.arguments[0]);
  else if (item.kind === "call" && !OTHERS.has(item.name) && !KEEPS.has(item.name))
    addNote(block.draft, block.spanOf(item), `the call of ${item.name.slice(0, 64)} may hold records; ${COMMAND}`);
  else if (item.kind === "other") addNote(block.draft, block.spanOf(item), `${item.why} may hold records; ${COMMAND}`);
}

function readRecord(block: Block, call: Call, type: DataType): void {
  const { draft, spanOf } = block;
  const [label, ...values] = call.arguments;
  if (label?.kind !== "text") {
    if (label === undefined)
      return addDefect(draft, spanOf(call), { message: `${type} without a name`, concerns: true });
    return addNote(draft, spanOf(label), `only ${whyOf(label)} names this ${type} record; ${COMMAND}`);
  }
  const owner = ownerOf(label.text, block.zone);
  const concerns = concernsMail({ owner: label.text, type });
  if (owner === undefined) return addDefect(draft, spanOf(label), { message: "the owner is no domain name", concerns });
  noteDoubled(block, label, owner);
  const [found, at] = type === "MX" ? mxData(block, call, values) : valueData(block, call, { type, value: values[0] });
  if (found.kind === "fault") return addDefect(draft, spanOf(at), { message: found.message, concerns });
  const ttl = values.find((value) => value.kind === "call" && value.name === "TTL");
  const head = {
    owner,
    type,
    ttl: ttl?.kind === "call" ? ttlOf(ttl.arguments[0]) : block.ttl,
    location: { kind: "file", path: draft.path, span: spanOf(at) },
  } as const;
  const record = asRecord(head, found);
  if (record) block.records.push(record);
}

type Found = readonly [RecordData, Stretch];

function valueData(
  block: Block,
  call: Call,
  { type, value }: { type: DataType; value: Expression | undefined },
): Found {
  if (value === undefined) return [{ kind: "fault", message: `${type} without a value` }, call];
  if (type === "CNAME") return [value.kind === "text" ? targetOf(value.text, block.zone) : undetermined(value), value];
  if (value.kind === "text") return [{ kind: "data", data: value.text }, value];
  if (value.kind !== "list") return [undetermined(value), value];
  const unknown = value.items.find(({ kind }) => kind !== "text");
  if (unknown) return [undetermined(unknown), value];
  return [{ kind: "data", data: value.items.map((item) => (item.kind === "text" ? item.text : "")).join("") }, value];
}

function mxData(block: Block, call: Call, [preference, target]: readonly Expression[]): Found {
  if (preference === undefined || target === undefined)
    return [{ kind: "fault", message: "MX needs a preference and a target" }, call];
  const both = { start: preference.start, end: target.end };
  if (preference.kind !== "number") return [undetermined(preference), both];
  if (target.kind !== "text") return [undetermined(target), both];
  const { number } = preference;
  if (!Number.isInteger(number) || number > 65_535)
    return [{ kind: "fault", message: "the preference of an MX record is a number up to 65535" }, both];
  const found = targetOf(target.text, block.zone);
  return [found.kind === "data" ? { kind: "data", data: `${number} ${found.data}` } : found, both];
}

const undetermined = (value: Expression): RecordData => ({
  kind: "undetermined",
  why: `${whyOf(value)} decides it; ${COMMAND}`,
});

function whyOf(value: Expression): string {
  if (value.kind === "other") return value.why;
  return value.kind === "call" ? `the call of ${value.name.slice(0, 64)}` : "an expression";
}

function ttlOf(value: Expression | undefined): number | null {
  if (value?.kind === "text") return seconds(value.text);
  return value?.kind === "number" ? seconds(String(value.number)) : null;
}

/** `_mta-sts.example.com` in the zone example.com is published as `_mta-sts.example.com.example.com`. */
function noteDoubled({ draft, spanOf, zone }: Block, label: Expression, owner: string): void {
  if (isOurs(owner) && owner.endsWith(`.${zone}.${zone}`))
    addNote(draft, spanOf(label), "the name has no final dot, so the zone's name is added to it once more");
}
