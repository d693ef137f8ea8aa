import type { ProposedRecord } from "../../proposal.ts";
import type { Format, Reading, RecordFile } from "../format.ts";
import type { JsonFile, JsonNode } from "../json-file.ts";
import { topKeys } from "../json-keys.ts";
import { itemsOf, memberOf, objectsOf, openJson, textOf, ttlOf } from "../json-value.ts";
import { addDefect, addRecord, concernsMail, finished, newDraft, type ReadingDraft } from "../reading-draft.ts";
import { type DataNotation, hostName, recordData } from "../record-data.ts";
import { isDataType } from "./zonefile/rdata.ts";

/**
 * Zones of the PowerDNS API: what `GET /zones/example.com.` answers and what `PATCH` takes. A zone with its SOA is whole; a patch
 * is partial, and its `changetype: DELETE` takes records away.
 */
export const powerdns: Format = {
  id: "powerdns",
  title: "PowerDNS zones in JSON",
  bestEffort: false,
  complete: true,
  recognises: (file: RecordFile) => topKeys(file).has("rrsets"),
  read,
};

const NOTATION: DataNotation = { quotes: "needed", escapes: "decimal", origin: null };

interface PatchedZone {
  readonly draft: ReadingDraft;
  readonly json: JsonFile;
  readonly deleted: ProposedRecord[];
  readonly apexes: Set<string>;
  readonly nameServers: Set<string>;
}

async function read({ path, text }: RecordFile): Promise<Reading> {
  const draft = newDraft(path);
  const json = openJson(draft, text);
  const zone: PatchedZone = { draft, json, deleted: [], apexes: new Set(), nameServers: new Set() };
  const sets = memberOf(json.root, "rrsets");
  if (json.root && sets?.kind !== "list")
    addDefect(draft, json.spanOf(sets ?? json.root), { message: "rrsets is no list", concerns: true });
  let patch = false;
  for (const set of itemsOf(sets)) {
    patch ||= memberOf(set, "changetype") !== undefined;
    readSet(zone, set);
  }
  const name = hostName(textOf(memberOf(json.root, "name")) ?? "", NOTATION);
  if (name !== undefined) draft.zones.set(name, false);
  for (const apex of zone.apexes) draft.zones.set(apex, !patch && draft.defects.length === 0);
  for (const owner of zone.nameServers) if (!draft.zones.has(owner)) draft.delegated.add(owner);
  return patch ? { ...finished(draft), before: zone.deleted } : finished(draft);
}

function readSet(zone: PatchedZone, set: JsonNode): void {
  const { draft, json } = zone;
  const [name, type] = [textOf(memberOf(set, "name")), textOf(memberOf(set, "type"))];
  const owner = name === undefined ? undefined : hostName(name, NOTATION);
  if (owner === undefined || type === undefined) {
    const message = "an rrset needs a name, which is a domain name, and a type";
    const concerns = concernsMail({ owner: name ?? "_mta-sts", type: type ?? "MX" });
    return addDefect(draft, json.spanOf(set), { message, concerns });
  }
  if (type === "SOA") zone.apexes.add(owner);
  if (type === "NS") zone.nameServers.add(owner);
  if (!isDataType(type)) return;
  const ttl = ttlOf(memberOf(set, "ttl"));
  const at = (node: JsonNode) => ({ kind: "file", path: draft.path, span: json.spanOf(node) }) as const;
  if (/^delete$/i.test(textOf(memberOf(set, "changetype")) ?? "")) {
    const why = "the patch deletes it and does not say its value";
    return void zone.deleted.push({ owner, type, ttl, location: at(set), data: null, why });
  }
  for (const record of objectsOf(memberOf(set, "records"))) {
    if (memberOf(record, "disabled")?.kind === "true") continue;
    const content = memberOf(record, "content");
    const raw = textOf(content);
    const found = raw === undefined ? NO_TEXT : recordData(type, raw, NOTATION);
    addRecord(draft, { owner, type, ttl, location: at(content ?? record) }, found);
  }
}

const NO_TEXT = { kind: "fault", message: "a record without content, which is a text" } as const;
