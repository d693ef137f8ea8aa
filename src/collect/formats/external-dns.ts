import type { Format, Reading, RecordFile } from "../format.ts";
import {
  addDefect,
  addNote,
  addRecord,
  concernsMail,
  finished,
  newDraft,
  type ReadingDraft,
} from "../reading-draft.ts";
import { hostName, type RecordData, recordData } from "../record-data.ts";
import { itemsOf, locationOf, memberOf, readYaml, secondsOf, textOf, type YamlNode } from "../yaml-file.ts";
import { isDataType } from "./zonefile/rdata.ts";
import { isMasked, maskTemplates } from "./external-dns/template.ts";

/**
 * `DNSEndpoint` manifests of external-dns. They name owners and no zone, and other sources may feed the same zone: partial. A
 * manifest that Helm renders is read as far as it is literal.
 */
export const externalDns: Format = {
  id: "external-dns",
  title: "external-dns DNSEndpoint manifests",
  bestEffort: false,
  complete: false,
  recognises: ({ text }: RecordFile) => /(?:^|[{,])[ \t-]*["']?kind["']?[ \t]*:[ \t]*["']?DNSEndpoint\b/m.test(text),
  read,
};

async function read({ path, text }: RecordFile): Promise<Reading> {
  const draft = newDraft(path);
  const masked = maskTemplates(text);
  const yaml = readYaml(path, masked);
  const template = masked !== text;
  if (template) draft.notes.add(`${path}: a template: ${RENDERED}`);
  for (const { message, start, end } of yaml.faults) {
    const span = yaml.source.spanOf({ start, end });
    if (template) addNote(draft, span, "this is no YAML before the template is rendered");
    else addDefect(draft, span, { message, concerns: true });
  }
  for (const document of yaml.documents) readManifest(draft, document);
  return finished(draft);
}

const RENDERED = "what only `helm template` determines is not read; point records at its output";

function readManifest(draft: ReadingDraft, manifest: YamlNode): void {
  const kind = textOf(memberOf(manifest, "kind"));
  if (kind === "List") for (const item of itemsOf(memberOf(manifest, "items"))) readManifest(draft, item);
  if (kind !== "DNSEndpoint") return;
  const spec = memberOf(manifest, "spec");
  for (const map of [manifest, spec]) noteTwice(draft, map, true);
  for (const endpoint of itemsOf(memberOf(spec, "endpoints"))) readEndpoint(draft, endpoint);
}

function readEndpoint(draft: ReadingDraft, endpoint: YamlNode): void {
  const span = endpoint.file.spanOf(endpoint);
  const [name, type] = [textOf(memberOf(endpoint, "dnsName")), textOf(memberOf(endpoint, "recordType"))];
  const concerns = concernsMail({ owner: name ?? "_mta-sts", type: type ?? "MX" });
  noteTwice(draft, endpoint, concerns);
  if ([name, type, textOf(endpoint)].some((text) => isMasked(text ?? ""))) {
    const other = type !== undefined && !isMasked(type) && !isDataType(type);
    if (!other)
      addNote(draft, span, "the name or the type of this record is only determined when the template is rendered");
    return;
  }
  if (name === undefined || type === undefined)
    return addDefect(draft, span, { message: "an endpoint needs a dnsName and a recordType", concerns });
  if (!isDataType(type)) return;
  const owner = hostName(name, NAMES);
  if (owner === undefined) return addDefect(draft, span, { message: "the dnsName is no domain name", concerns });
  const targets = itemsOf(memberOf(endpoint, "targets"));
  if (targets.length === 0) addDefect(draft, span, { message: "an endpoint without targets", concerns });
  for (const target of targets) {
    const head = { owner, type, ttl: secondsOf(memberOf(endpoint, "recordTTL")), location: locationOf(target) };
    addRecord(draft, head, dataOf(type, textOf(target)));
  }
}

const NAMES = { escapes: "decimal", origin: null } as const;

function noteTwice(draft: ReadingDraft, map: YamlNode | undefined, concerns: boolean): void {
  const [twice] = map?.kind === "map" ? map.duplicates : [];
  if (!twice) return;
  const { file } = twice.key;
  addDefect(draft, file.spanOf(twice.key), {
    message: "this key stands there twice, and only one of the two counts",
    concerns,
  });
}

/** Some providers want quotes inside the value; they are taken away, and a host name may lack its final dot. */
function dataOf(type: "TXT" | "MX" | "CNAME", text: string | undefined): RecordData {
  if (text === undefined) return { kind: "fault", message: `a target of this ${type} record is no text` };
  if (isMasked(text)) return { kind: "undetermined", why: `a template fills it in: ${RENDERED}` };
  return recordData(type, text, { quotes: "optional", ...NAMES });
}
