import type { Format, Reading, RecordFile } from "../format.ts";
import {
  addDefect,
  addNote,
  addRecord,
  concernsMail,
  finished,
  isOurs,
  newDraft,
  type ReadingDraft,
} from "../reading-draft.ts";
import { hostName, type RecordData, recordData } from "../record-data.ts";
import {
  itemsOf,
  locationOf,
  memberOf,
  secondsOf,
  textOf,
  type YamlFile,
  type YamlNode,
  yamlOf,
} from "../yaml-file.ts";
import { callOf, evaluate, MOST_STEPS, type Scope, type Value, valuesOf } from "./cloudformation/expression.ts";
import { isDataType } from "./zonefile/rdata.ts";

/**
 * CloudFormation templates in YAML and JSON: `AWS::Route53::RecordSet` and `RecordSetGroup`. Parameters stand for their defaults;
 * what an import, a resource or a condition decides is not determined. A template is a part of a zone.
 */
export const cloudformation: Format = {
  id: "cloudformation",
  title: "CloudFormation templates",
  bestEffort: true,
  complete: false,
  recognises: ({ text }: RecordFile) =>
    /(?:^|[{,])[ \t]*["']?Resources["']?[ \t]*:/m.test(text) && /\b(?:AWS|Alexa|Custom)::[A-Za-z0-9]/.test(text),
  read,
};

interface Template {
  readonly draft: ReadingDraft;
  readonly scope: Scope;
  readonly resources: YamlNode | undefined;
  /** Parameters whose defaults are in a record. */
  readonly defaults: Set<string>;
}

async function read(file: RecordFile): Promise<Reading> {
  const draft = newDraft(file.path);
  const yaml = yamlOf(file);
  for (const { message, start, end } of yaml.faults)
    addDefect(draft, yaml.source.spanOf({ start, end }), { message, concerns: mayHoldRecords(yaml) });
  const [root] = yaml.documents;
  const scope = {
    parameters: memberOf(root, "Parameters"),
    mappings: memberOf(root, "Mappings"),
    left: { steps: MOST_STEPS },
  };
  const template: Template = { draft, scope, resources: memberOf(root, "Resources"), defaults: new Set() };
  if (template.resources?.kind === "map") {
    for (const { key } of template.resources.duplicates)
      addDefect(draft, key.file.spanOf(key), { message: TWICE, concerns: mayHoldRecords(yaml) });
    for (const [name, { value }] of template.resources.members) readResource(template, name, value);
  }
  if (template.defaults.size > 0) {
    const names = [...template.defaults].slice(0, 8).join(", ").slice(0, 200);
    draft.notes.add(`${file.path}: the defaults of ${names} are taken; a deployment may override them`);
  }
  return finished(draft);
}

const TWICE = "this resource stands there twice, and only one of the two counts";

const mayHoldRecords = ({ source }: YamlFile): boolean => source.text.includes("AWS::Route53::RecordSet");

function readResource(template: Template, name: string, resource: YamlNode): void {
  const { draft } = template;
  const type = textOf(memberOf(resource, "Type"));
  const properties = memberOf(resource, "Properties");
  if (name.startsWith("Fn::"))
    return addNote(draft, spanOf(resource), `${name.slice(0, 64)} makes resources that are not read; ${COMMAND}`);
  if (!properties || !/^AWS::Route53::RecordSet(Group)?$/.test(type ?? "")) return;
  const condition = textOf(memberOf(resource, "Condition"));
  if (condition !== undefined)
    addNote(draft, spanOf(resource), `published only where the condition ${condition.slice(0, 64)} holds`);
  const zone = zoneOf(template, properties);
  if (zone !== undefined) draft.zones.set(zone, false);
  if (type === "AWS::Route53::RecordSet") return readSet(template, properties);
  const sets = memberOf(properties, "RecordSets");
  if (sets && callOf(sets))
    return addNote(draft, spanOf(sets), `these record sets are not determined here; ${COMMAND}`);
  for (const set of itemsOf(sets)) readSet(template, set);
}

const COMMAND = "`aws cloudformation describe-change-set --include-property-values` shows them";

const spanOf = (node: YamlNode) => node.file.spanOf(node);

/** `HostedZoneName`, or the name of the zone that the template makes. */
function zoneOf({ scope, resources }: Template, properties: YamlNode): string | undefined {
  const id = memberOf(properties, "HostedZoneId");
  const call = id && callOf(id);
  const made = call && /^(Ref|GetAtt)$/.test(call.name) ? (textOf(call.argument) ?? "").replace(/\.Id$/, "") : "";
  const zone = memberOf(resources, made);
  const isZone = textOf(memberOf(zone, "Type")) === "AWS::Route53::HostedZone";
  const node =
    memberOf(properties, "HostedZoneName") ?? (isZone ? memberOf(memberOf(zone, "Properties"), "Name") : undefined);
  const value = node && evaluate(scope, node);
  return value?.kind === "text" ? hostName(value.text, NAMES) : undefined;
}

const NAMES = { escapes: "octal", origin: null } as const;

function readSet(template: Template, set: YamlNode): void {
  const { draft, scope } = template;
  if (callOf(set)) return addNote(draft, spanOf(set), `this record set is not determined here; ${COMMAND}`);
  const type = valueOf(scope, memberOf(set, "Type"));
  const name = valueOf(scope, memberOf(set, "Name"));
  const known = type.kind === "text" ? type.text : undefined;
  if (known !== undefined && !isDataType(known)) return;
  const written = name.kind === "text" ? name.text : set.file.text.slice(set.start, set.end);
  const concerns = concernsMail({ owner: written, type: known ?? "" });
  if (name.kind === "unknown" || known === undefined) {
    const missing = name.kind === "unknown" ? name : type;
    const what = missing.kind === "unknown" ? missing.what : "a property";
    return addNote(
      draft,
      spanOf(set),
      `the ${name.kind === "unknown" ? "name" : "type"} of this record is not determined here (${what}); ${COMMAND}`,
    );
  }
  const owner = hostName(name.text, NAMES);
  if (owner === undefined) return addDefect(draft, spanOf(set), { message: "the Name is no domain name", concerns });
  if (concerns) for (const parameter of name.defaults) template.defaults.add(parameter);
  const ttlValue = valueOf(scope, memberOf(set, "TTL"));
  const ttl = ttlValue.kind === "text" ? secondsOf(ttlValue.node) : null;
  const records = memberOf(set, "ResourceRecords");
  const values = records ? valuesOf(scope, records) : [];
  if (records === undefined)
    addDefect(draft, spanOf(set), { message: "a record set without ResourceRecords", concerns });
  for (const [index, value] of values.entries()) {
    const node =
      value.kind === "text" ? value.node : ((records && !callOf(records) ? itemsOf(records)[index] : records) ?? set);
    if (value.kind === "text" && (isOurs(owner) || known === "MX"))
      for (const parameter of value.defaults) template.defaults.add(parameter);
    addRecord(draft, { owner, type: known, ttl, location: locationOf(node) }, dataOf(known, value));
  }
}

const valueOf = (scope: Scope, node: YamlNode | undefined): Value =>
  node ? evaluate(scope, node) : { kind: "unknown", what: "it is missing" };

function dataOf(type: "TXT" | "MX" | "CNAME", value: Value): RecordData {
  if (value.kind === "unknown")
    return { kind: "undetermined", why: `${value.what} is known when it is deployed: ${COMMAND}` };
  return recordData(type, value.text, { quotes: "needed", ...NAMES });
}
