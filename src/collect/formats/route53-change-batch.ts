import type { ProposedRecord } from "../../proposal.ts";
import type { Format, Reading, RecordFile } from "../format.ts";
import type { JsonFile, JsonNode, JsonObject } from "../json-file.ts";
import { topKeys } from "../json-keys.ts";
import { itemsOf, memberOf, objectsOf, openJson, textOf, ttlOf } from "../json-value.ts";
import {
  addDefect,
  addRecord,
  asRecord,
  concernsMail,
  finished,
  newDraft,
  type ReadingDraft,
} from "../reading-draft.ts";
import { type DataNotation, hostName, recordData } from "../record-data.ts";
import { isDataType } from "./zonefile/rdata.ts";

/**
 * What `aws route53 change-resource-record-sets` takes, with or without its `ChangeBatch` member, and what
 * `list-resource-record-sets` prints. A batch is partial: what it does not name stays as it is.
 */
export const route53ChangeBatch: Format = {
  id: "route53-change-batch",
  title: "Route 53 change batches",
  bestEffort: false,
  complete: true,
  recognises,
  read,
};

const TOPS = ["Changes", "ChangeBatch", "ResourceRecordSets"];

function recognises(file: RecordFile): boolean {
  const keys = topKeys(file);
  return TOPS.some((key) => keys.has(key)) && !keys.has("Resources");
}

interface Batch {
  readonly draft: ReadingDraft;
  readonly json: JsonFile;
  /** Record sets that the batch deletes. */
  readonly deleted: ProposedRecord[];
}

async function read({ path, text }: RecordFile): Promise<Reading> {
  const draft = newDraft(path);
  const json = openJson(draft, text);
  const batch: Batch = { draft, json, deleted: [] };
  const listing = memberOf(json.root, "ResourceRecordSets");
  if (listing) {
    readListing(batch, json.root as JsonObject, listing);
    return finished(draft);
  }
  const changes = memberOf(memberOf(json.root, "ChangeBatch") ?? json.root, "Changes");
  for (const change of itemsOf(changes)) readChange(batch, change);
  if (json.root && changes?.kind !== "list")
    addDefect(draft, json.spanOf(json.root), { message: "the batch has no list of Changes", concerns: true });
  return { ...finished(draft), before: batch.deleted };
}

/** The listing of a hosted zone has its SOA; a page of a longer listing says so. */
function readListing(batch: Batch, root: JsonObject, listing: JsonNode): void {
  const { draft } = batch;
  const cut = memberOf(root, "IsTruncated")?.kind === "true" || root.members.has("NextToken");
  const owners = { SOA: new Set<string>(), NS: new Set<string>() };
  for (const set of itemsOf(listing)) {
    readSet(batch, set, (head, found) => addRecord(draft, head, found));
    const type = textOf(memberOf(set, "Type"));
    const owner = hostName(textOf(memberOf(set, "Name")) ?? "", NOTATION);
    if (owner !== undefined && (type === "SOA" || type === "NS")) owners[type].add(owner);
  }
  for (const apex of owners.SOA) draft.zones.set(apex, !cut && draft.defects.length === 0);
  for (const owner of owners.NS) if (!owners.SOA.has(owner)) draft.delegated.add(owner);
}

const NOTATION: DataNotation = { quotes: "needed", escapes: "octal", origin: null };

function readChange({ draft, json, deleted }: Batch, change: JsonNode): void {
  const action = textOf(memberOf(change, "Action"));
  const set = memberOf(change, "ResourceRecordSet");
  if (action === "UPSERT" || action === "CREATE")
    readSet({ draft, json }, set ?? change, (head, found) => addRecord(draft, head, found));
  else if (action === "DELETE")
    readSet({ draft, json }, set ?? change, (head, found) => {
      const record = asRecord(head, found.kind === "fault" ? { kind: "undetermined", why: found.message } : found);
      if (record) deleted.push(record);
    });
  else
    addDefect(draft, json.spanOf(change), {
      message: "a change whose Action is none of CREATE, UPSERT and DELETE",
      concerns: true,
    });
}

type Add = (head: Omit<ProposedRecord, "data" | "why">, found: ReturnType<typeof recordData>) => void;

function readSet({ draft, json }: Pick<Batch, "draft" | "json">, set: JsonNode, add: Add): void {
  const [name, type] = [textOf(memberOf(set, "Name")), textOf(memberOf(set, "Type"))];
  const owner = name === undefined ? undefined : hostName(name, NOTATION);
  if (type === undefined || owner === undefined || name === undefined) {
    const message = "a record set needs a Name, which is a domain name, and a Type";
    return addDefect(draft, json.spanOf(set), {
      message,
      concerns: concernsMail({ owner: name ?? "_mta-sts", type: type ?? "MX" }),
    });
  }
  if (!isDataType(type)) return;
  const ttl = ttlOf(memberOf(set, "TTL"));
  const at = (node: JsonNode) => ({ kind: "file", path: draft.path, span: json.spanOf(node) }) as const;
  if (memberOf(set, "AliasTarget"))
    return add(
      { owner, type, ttl, location: at(set) },
      { kind: "undetermined", why: "an alias takes the records of another name" },
    );
  const values = objectsOf(memberOf(set, "ResourceRecords")).map((record) => memberOf(record, "Value") ?? record);
  for (const value of values) {
    const text = textOf(value);
    const found = text === undefined ? NO_TEXT : recordData(type, text, NOTATION);
    add({ owner, type, ttl, location: at(value) }, found);
  }
  if (values.length === 0) add({ owner, type, ttl, location: at(set) }, NO_TEXT);
}

const NO_TEXT = { kind: "fault", message: "a record set without a Value, which is a text" } as const;
