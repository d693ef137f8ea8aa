import type { ProposedRecord } from "../../proposal.ts";
import type { Format, ReadContext, Reading, RecordFile } from "../format.ts";
import type { JsonFile, JsonNode, JsonObject } from "../json-file.ts";
import { topKeys } from "../json-keys.ts";
import { itemsOf, memberOf, openJson, textOf, ttlOf } from "../json-value.ts";
import { addDefect, addNote, asRecord, concernsMail, finished, newDraft, type ReadingDraft } from "../reading-draft.ts";
import { hostName, type RecordData } from "../record-data.ts";
import { placeInProgram, type ProgramText, programBeside } from "./dnscontrol-ir/source.ts";
import { ownerOf, targetOf } from "./dnscontrol-ir/target.ts";
import { mergedViews, type View } from "./dnscontrol-ir/views.ts";
import { type DataType, isDataType } from "./zonefile/rdata.ts";

/** What `dnscontrol print-ir` prints: every zone of a dnsconfig.js, after it was run by its owner. */
export const dnscontrolIr: Format = {
  id: "dnscontrol-ir",
  title: "DNSControl print-ir",
  bestEffort: false,
  complete: true,
  generated: true,
  recognises,
  read,
};

function recognises(file: RecordFile): boolean {
  const keys = topKeys(file);
  return keys.has("domains") && (keys.has("dns_providers") || keys.has("registrars"));
}

interface Ir {
  readonly draft: ReadingDraft;
  readonly json: JsonFile;
  readonly program: ProgramText | undefined;
}

async function read({ path, text }: RecordFile, context: ReadContext): Promise<Reading> {
  const draft = newDraft(path);
  const json = openJson(draft, text);
  const program = await programBeside(path, context);
  const domains = memberOf(json.root, "domains");
  if (json.root && domains?.kind !== "list" && domains?.kind !== "null")
    addDefect(draft, json.spanOf(domains ?? json.root), { message: "domains is no list", concerns: true });
  const views = itemsOf(domains).flatMap((domain) => readDomain({ draft, json, program }, domain) ?? []);
  draft.records.push(...mergedViews(views));
  // What the program says stands here already, and exactly.
  if (program && draft.records.some(({ location }) => location.kind === "file" && location.path === program.path))
    draft.included.add(program.path);
  return finished(draft);
}

function readDomain(ir: Ir, domain: JsonNode): View | undefined {
  const { draft, json } = ir;
  const [name = "", tag = ""] = (textOf(memberOf(domain, "name")) ?? "").split("!");
  const zone = hostName(name, { escapes: "decimal", origin: null });
  if (domain.kind !== "object" || zone === undefined) {
    addDefect(draft, json.spanOf(domain), { message: "a domain needs a name", concerns: true });
    return undefined;
  }
  const faults = draft.defects.length;
  const records = itemsOf(memberOf(domain, "records")).flatMap((record) => readRecord(ir, record, zone) ?? []);
  const whole = !keepsOthers(domain) && draft.defects.length === faults;
  if (!whole) addNote(draft, json.spanOf(domain), `${zone} may hold records that DNSControl leaves alone`);
  draft.zones.set(zone, whole && draft.zones.get(zone) !== false);
  return { zone, tag: textOf(memberOf(domain, "tag")) ?? tag, records };
}

/** NO_PURGE and IGNORE: the zone may hold more than the file. */
function keepsOthers(domain: JsonObject): boolean {
  const keep = memberOf(domain, "keepunknown") ?? memberOf(domain, "KeepUnknown");
  return keep?.kind === "true" || ["unmanaged", "ignored"].some((key) => itemsOf(memberOf(domain, key)).length > 0);
}

function readRecord(ir: Ir, record: JsonNode, zone: string): ProposedRecord | undefined {
  const { draft, json, program } = ir;
  const [type, label] = [textOf(memberOf(record, "type")), textOf(memberOf(record, "name"))];
  const owner = label === undefined ? undefined : ownerOf(label, zone);
  if (type === undefined || label === undefined || owner === undefined) {
    const message = "a record needs a type and a name, which is a domain name";
    const concerns = concernsMail({ owner: label ?? "_mta-sts", type: type ?? "MX" });
    return addDefect(draft, json.spanOf(record), { message, concerns });
  }
  if (type === "NS" && owner !== zone) draft.delegated.add(owner);
  if (!isDataType(type)) return undefined;
  const target = memberOf(record, "target");
  const span = json.spanOf(target ?? record);
  const found = dataOf(record, { type, zone });
  if (found.kind === "fault")
    return addDefect(draft, span, { message: found.message, concerns: concernsMail({ owner, type }) });
  const filepos = textOf(memberOf(record, "filepos")) ?? "";
  const place = placeInProgram(program, { filepos, type, target: textOf(target) ?? "" });
  const location = place ?? { kind: "file", path: draft.path, span };
  return asRecord({ owner, type, ttl: ttlOf(memberOf(record, "ttl")), location }, found);
}

/** TXT: the strings joined, without quotes; `mxpreference` is left out where it is 0. */
function dataOf(record: JsonNode, { type, zone }: { type: DataType; zone: string }): RecordData {
  const text = textOf(memberOf(record, "target"));
  if (text === undefined) return { kind: "fault", message: `a ${type} record needs a target, which is a text` };
  if (type === "TXT") return { kind: "data", data: text };
  const target = targetOf(text, zone);
  if (type === "CNAME" || target.kind !== "data") return target;
  const preference = memberOf(record, "mxpreference");
  const number = preference?.kind === "number" ? preference.number : preference === undefined ? 0 : -1;
  if (!Number.isInteger(number) || number < 0 || number > 65_535)
    return { kind: "fault", message: "the preference of an MX record is a number up to 65535" };
  return { kind: "data", data: `${number} ${target.data}` };
}
