import type { ProposedRecord } from "../../proposal.ts";
import type { Format, Reading, RecordFile } from "../format.ts";
import type { JsonFile, JsonObject } from "../json-file.ts";
import { topKeys } from "../json-keys.ts";
import { memberOf, openJson, textOf } from "../json-value.ts";
import { addDefect, addNote, finished, isOurs, newDraft, type ReadingDraft } from "../reading-draft.ts";
import { hostName } from "../record-data.ts";
import { type Found, guessesOf, type Located, recordsOf } from "./terraform/records.ts";
import { recordShape, zoneShape } from "./terraform/shapes.ts";
import { type Change, changesOf, type Side, statesOf } from "./terraform-plan/changes.ts";
import { planAttributes } from "./terraform-plan/plan-value.ts";
import { type PlanZones, planZones, zoneByReference } from "./terraform-plan/plan-zones.ts";
import { within } from "./zonefile/name.ts";

/** What `terraform show -json PLAN` prints, of Terraform and OpenTofu. It has both sides of the change it plans. */
export const terraformPlan: Format = {
  id: "terraform-plan",
  title: "Terraform plans in JSON",
  bestEffort: false,
  complete: false,
  generated: true,
  recognises,
  read,
};

const COMMAND = "`terraform plan -out=p && terraform show -json p` prints one";

function recognises(file: RecordFile): boolean {
  const keys = topKeys(file);
  if (keys.has("@level") && keys.has("@message")) return true;
  return keys.has("format_version") && ["planned_values", "resource_changes", "values"].some((key) => keys.has(key));
}

async function read(file: RecordFile): Promise<Reading> {
  const draft = newDraft(file.path);
  const keys = topKeys(file);
  const other = keys.has("@level")
    ? "the log of `terraform plan -json`"
    : keys.has("planned_values") || keys.has("resource_changes")
      ? undefined
      : "a state";
  if (other) {
    addDefect(draft, TOP_LINE, { message: `this is ${other} and no plan: ${COMMAND}`, concerns: true });
    return finished(draft);
  }
  const json = openJson(draft, file.text, mayMatter);
  if (memberOf(json.root, "errored")?.kind === "true")
    addDefect(draft, TOP_LINE, { message: "the plan ended in an error, so it is not whole", concerns: true });
  return readPlan(draft, json);
}

const TOP_LINE = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };

/** Of all that a plan lists only records and zones are kept, and what may be a record by its type's name. */
function mayMatter({ members }: JsonObject): boolean {
  const type = textOf(members.get("type"));
  if (type === undefined || !members.has("address")) return true;
  return recordShape(type) !== undefined || zoneShape(type) !== undefined || UNKNOWN_RECORD.test(type);
}

const UNKNOWN_RECORD = /dns|record|rrset|zone/i;

interface OneSide {
  readonly change: Change;
  readonly located: Located;
}

function readPlan(draft: ReadingDraft, json: JsonFile): Reading {
  const { root, spanOf } = json;
  const changes = changesOf(root);
  const zones = planZones(root, [
    ...statesOf(memberOf(memberOf(memberOf(root, "prior_state"), "values"), "root_module")),
    ...changes.flatMap(({ node, before, after }) => [before, after].map((side) => ({ node, values: side?.values }))),
  ]);
  const sides = (which: "before" | "after"): readonly OneSide[] =>
    changes.flatMap((change) => {
      const located = change[which] && locate(zones, change, change[which]);
      return located ? [{ change, located }] : [];
    });
  const [before, after] = [sides("before"), sides("after")];
  const guesses = guessesOf([...before, ...after].map(({ located }) => located));
  const place = { path: draft.path, spanOf };
  const earlier: ProposedRecord[] = [];
  for (const { located } of before) earlier.push(...recordsOf(place, located, guesses).records);
  for (const { change, located } of after) {
    const found = recordsOf(place, located, guesses);
    draft.records.push(...found.records);
    tellLost(draft, json, { change, found });
  }
  for (const { change, located } of before)
    if (!change.after) tellLost(draft, json, { change, found: recordsOf(place, located, guesses) });
  for (const change of changes) tellUnknownType(draft, json, change);
  for (const { zone } of [...guesses.values(), ...[...before, ...after].map(({ located }) => located)])
    if (zone !== null) draft.zones.set(zone, false);
  return { ...finished(draft), before: earlier };
}

function locate(zones: PlanZones, { address, type, node }: Change, { values, masks }: Side): Located | undefined {
  const shape = recordShape(type);
  if (!shape) return undefined;
  const attributes = planAttributes(values, masks);
  const text = (key: string | undefined) => (key === undefined ? undefined : textOf(values.members.get(key)));
  const id = text(shape.zoneId);
  const named = text(shape.zone);
  const written = named === undefined ? undefined : hostName(named, { escapes: "decimal", origin: null });
  const attribute = shape.zoneId ?? shape.zone ?? "";
  const zone =
    written ??
    (id === undefined ? undefined : zones.byId.get(id)) ??
    zoneByReference(zones, address, attribute) ??
    fromFullName(text(shape.name), text("fqdn") ?? text("hostname"));
  return { resource: { type, attributes, at: node }, shape, key: id ?? `${address} ${attribute}`, zone: zone ?? null };
}

/** Providers compute the full name of a record that exists already: what it has more than the name is the zone. */
function fromFullName(name: string | undefined, full: string | undefined): string | undefined {
  if (name === undefined || full === undefined) return undefined;
  const [short, long] = [name, full].map((text) => text.toLowerCase().replace(/\.$/, "")) as [string, string];
  if (short === "" || short === "@") return long;
  return short !== long && within(long, short) === false && long.startsWith(`${short}.`)
    ? long.slice(short.length + 1)
    : undefined;
}

function tellLost(
  draft: ReadingDraft,
  { spanOf }: JsonFile,
  { change, found }: { change: Change; found: Found },
): void {
  for (const { at, why, ours, fault } of found.lost) {
    if (fault) addDefect(draft, spanOf(at), { message: why, concerns: ours });
    // Untouched, it is as deployed; changed, nobody knows what would become of which domain's mail.
    else if (ours && !change.kept)
      addDefect(draft, spanOf(at), {
        message: `${why}; write full names, such as _mta-sts.example.com`,
        concerns: true,
      });
    else if (ours) addNote(draft, spanOf(at), why);
  }
}

/** A resource type that this version does not know, with text that is ours: said, never silently passed over. */
function tellUnknownType(draft: ReadingDraft, { spanOf }: JsonFile, { type, before, after, kept, node }: Change): void {
  if (recordShape(type) || zoneShape(type) || kept) return;
  const texts = [before, after].flatMap((side) => [...(side?.values.members.values() ?? [])]).map(textOf);
  if (texts.some((text) => text !== undefined && (isOurs(text) || text === "MX" || /v=(?:STSv1|TLSRPTv1)/.test(text))))
    addNote(draft, spanOf(node), `resources of the type ${type.slice(0, 64)} are not read by this version`);
}
