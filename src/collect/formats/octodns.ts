import type { Format, ReadContext, Reading, RecordFile } from "../format.ts";
import { finished, isOurs, newDraft, type ReadingDraft } from "../reading-draft.ts";
import { folderOf } from "../repository-path.ts";
import { itemsOf, memberOf, textOf, type YamlNode, yamlOf } from "../yaml-file.ts";
import { configRoot } from "./octodns/config.ts";
import { configOf, configsAbove } from "./octodns/find-config.ts";
import { textWithIncludes, type WithIncludes } from "./octodns/include.ts";
import { zonePathOf } from "./octodns/name.ts";
import { configByName, everyZone, partsOf, type ZonePart, type ZoneParts, zonesUsing } from "./octodns/parts.ts";
import { MOST_VALUES, readNodes, type ZoneDraft } from "./octodns/zone.ts";

/** Zones of octoDNS in YAML, with the config that says which file is merged into which zone. */
export const octodns: Format = {
  id: "octodns",
  title: "octoDNS YAML",
  bestEffort: false,
  complete: true,
  recognises,
  // A config, a shared file, and what `!include` names.
  joins: (file) => zonePathOf(file.path) === undefined || configRoot(yamlOf(file).documents[0]) !== undefined,
  read,
};

const RECORD_TYPE = /(?:^|[\s{,-])["']?type["']?:\s*["']?(?:A|AAAA|ALIAS|CAA|CNAME|MX|NS|PTR|SRV|TXT)\b/m;

function recognises(file: RecordFile): boolean {
  if (!/\.ya?ml$/i.test(file.path)) return false;
  const named = zonePathOf(file.path) !== undefined;
  if (!named && !RECORD_TYPE.test(file.text) && !/\bproviders\b/.test(file.text)) return false;
  const { documents, faults, includes } = yamlOf(file);
  const [root] = documents;
  if (configRoot(root)) return true;
  if (root === undefined) return faults.length > 0 ? RECORD_TYPE.test(file.text) : named;
  if (root.kind !== "map") return false;
  const values = [...root.members.values()].slice(0, 200).map(({ value }) => value);
  const fitting = values.filter((value) => itemsOf(value).some(resemblesRecord)).length;
  return fitting > 0 ? fitting * 2 >= values.length : named && (values.length === 0 || includes.length > 0);
}

const resemblesRecord = (node: YamlNode): boolean => /^[A-Za-z][\w./-]*$/.test(textOf(memberOf(node, "type")) ?? "");

async function read(file: RecordFile, context: ReadContext): Promise<Reading> {
  const draft = newDraft(file.path);
  if (configRoot(yamlOf(file).documents[0])) await readConfig(draft, file, context);
  else await readZoneFile(draft, file, context);
  draft.included.delete(file.path);
  return finished(draft);
}

/** The zones of a config, except those whose files are read on their own. */
async function readConfig(draft: ReadingDraft, file: RecordFile, context: ReadContext): Promise<void> {
  const config = await configOf(context, file);
  for (const zone of config ? everyZone(config, context) : []) {
    const parts = config && partsOf(config, zone, context);
    if (parts && !parts.files.some(({ path }) => context.commit?.isRecordFile(path)))
      await readZone(draft, parts, { file, context });
  }
}

async function readZoneFile(draft: ReadingDraft, file: RecordFile, context: ReadContext): Promise<void> {
  const configs = await configsAbove(context, folderOf(file.path));
  const using = configs.find((config) => zonesUsing(config, file.path, context).length > 0);
  const config = using ?? configByName(file.path);
  if (!using && configs.length > 0)
    draft.notes.add(`${file.path}: ${configs[0]?.path} names no zone that is made of this file`);
  if (!config) {
    if (configs.length > 0) return;
    const message =
      "nothing says which zone this is: it is not named for one, and no octoDNS config that git tracks uses it";
    draft.defects.push({ location: place(file), message, concerns: mayConcernMail(file.text) });
    return;
  }
  const zones = using ? zonesUsing(using, file.path, context) : [...config.zones.keys()];
  for (const zone of zones) {
    const parts = partsOf(config, zone, context);
    if (!parts) continue;
    const known = parts.files.some(({ path }) => path === file.path);
    const [provider] = config.providers.values();
    const itself = known || !provider ? [] : [{ path: file.path, provider, shared: false }];
    // What a file lacks that no config uses may be published by whatever the config does use.
    const complete = parts.complete && (using !== undefined || configs.length === 0);
    const all = { ...parts, complete, files: [...parts.files, ...itself] };
    if (speaker(all, file, context) === file.path) await readZone(draft, all, { file, context });
  }
}

const place = ({ path }: RecordFile) =>
  ({ kind: "file", path, span: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 } }) as const;

const mayConcernMail = (text: string): boolean => isOurs(text) || /_mta-sts|_smtp\._tls|\bMX\b/i.test(text);

/** Of the files of one zone, the one that reads them all: a file of its own before a shared one. */
function speaker({ files }: ZoneParts, { path: self }: RecordFile, { commit }: ReadContext): string | undefined {
  const read = files.filter(({ path }) => path === self || commit?.isRecordFile(path));
  return (read.find(({ shared }) => !shared) ?? read[0])?.path;
}

interface Origin {
  readonly file: RecordFile;
  readonly context: ReadContext;
}

async function readZone(draft: ReadingDraft, parts: ZoneParts, origin: Origin): Promise<void> {
  const { lenient, processors } = parts.plan;
  const whole = parts.complete && !processors;
  const zone: ZoneDraft = {
    draft,
    zone: parts.zone,
    lenient,
    processors,
    whole,
    left: MOST_VALUES,
    records: new Map(),
    delegated: new Set(),
    visits: new Map(),
  };
  for (const part of parts.files) await readPart(zone, part, origin);
  if (zone.left < 0) {
    const message = `more than ${MOST_VALUES} records and values: what else it publishes is not read`;
    draft.defects.push({ location: place(origin.file), message, concerns: true });
  }
  if (processors)
    draft.notes.add("processors of octoDNS may add, drop or change records: what a zone lacks may be there");
  const records = [...zone.records.values()].flat();
  for (const name of [parts.zone, ...parts.aliases]) {
    const renamed = (owner: string) => owner.slice(0, owner.length - parts.zone.length) + name;
    for (const record of records) draft.records.push({ ...record, owner: renamed(record.owner) });
    for (const owner of zone.delegated) draft.delegated.add(renamed(owner));
    draft.zones.set(name, zone.whole && zone.left >= 0);
  }
}

async function readPart(zone: ZoneDraft, part: ZonePart, { file, context }: Origin): Promise<void> {
  const { draft } = zone;
  const loaded = part.path === file.path ? await textWithIncludes(context, file) : await partAt(context, part);
  if (!loaded) return;
  if (!part.shared) draft.included.add(part.path);
  for (const path of loaded.included) draft.included.add(path);
  for (const { file: yaml, start, end, message } of loaded.faults) {
    zone.whole = false;
    const location = { kind: "file", path: yaml.source.path, span: yaml.source.spanOf({ start, end }) } as const;
    draft.defects.push({ location, message, concerns: true });
  }
  const [root] = loaded.file.documents;
  if (root) readNodes(zone, root, part.provider);
}

/** Shared files are parsed once for all zones, and kept; a zone's own files are not. */
async function partAt(context: ReadContext, { path, shared }: ZonePart): Promise<WithIncludes | undefined> {
  const load = async (inner: ReadContext): Promise<WithIncludes | undefined> => {
    const text = await inner.include(path);
    return text === undefined ? undefined : textWithIncludes(inner, { path, text });
  };
  return shared && context.commit ? context.commit.once(`octodns file ${path}`, load) : load(context);
}
