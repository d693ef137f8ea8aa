import type { Format, Reading, RecordFile } from "../format.ts";
import { addDefect, addNote, addRecord, concernsMail, finished, isOurs, newDraft, type ReadingDraft } from "../reading-draft.ts";
import { hostName, type RecordData, recordData } from "../record-data.ts";
import { itemsOf, locationOf, memberOf, readYaml, textOf, type YamlFile, type YamlNode } from "../yaml-file.ts";
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
  recognises: ({ text }: RecordFile) => /^[\s{,-]*["']?kind["']?\s*:\s*["']?DNSEndpoint\b/m.test(text),
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
  for (const document of yaml.documents) readManifest(draft, yaml, document);
  return finished(draft);
}

const RENDERED = "what only `helm template` determines is not read; point records at its output";

function readManifest(draft: ReadingDraft, yaml: YamlFile, manifest: YamlNode): void {
  const kind = textOf(memberOf(manifest, "kind"));
  if (kind === "List") for (const item of itemsOf(memberOf(manifest, "items"))) readManifest(draft, yaml, item);
  if (kind !== "DNSEndpoint") return;
  for (const endpoint of itemsOf(memberOf(memberOf(manifest, "spec"), "endpoints"))) readEndpoint(draft, endpoint);
}

function readEndpoint(draft: ReadingDraft, endpoint: YamlNode): void {
  const span = endpoint.file.spanOf(endpoint);
  const [nameNode, targets] = [memberOf(endpoint, "dnsName"), itemsOf(memberOf(endpoint, "targets"))];
  const [name, type] = [textOf(nameNode), textOf(memberOf(endpoint, "recordType"))];
  const concerns = concernsMail({ owner: name ?? "_mta-sts", type: type ?? "MX" });
  if (name === undefined || type === undefined || isMasked(name) || isMasked(type)) {
    if (isMasked(name ?? "") || isMasked(type ?? "")) {
      if (concerns) addNote(draft, span, `the ${isOurs(name ?? "") ? "name of an STS or TLS-RPT" : "name or type of a"} record is not determined here`);
      return;
    }
    if (endpoint.kind === "scalar" && isMasked(endpoint.text)) return;
    const message = "an endpoint needs a dnsName and a recordType";
    return addDefect(draft, span, { message, concerns });
  }
  if (!isDataType(type)) return;
  const owner = hostName(name, { escapes: "decimal", origin: null });
  if (owner === undefined) return addDefect(draft, span, { message: "the dnsName is no domain name", concerns });
  const ttlText = textOf(memberOf(endpoint, "recordTTL")) ?? "";
  const ttl = /^[0-9]{1,10}$/.test(ttlText) ? Number(ttlText) : null;
  if (targets.length === 0) addDefect(draft, span, { message: "an endpoint without targets", concerns });
  for (const target of targets)
    addRecord(draft, { owner, type, ttl, location: locationOf(target) }, dataOf(type, textOf(target)));
}

/** Some providers want quotes inside the value; they are taken away, and a host name may lack its final dot. */
function dataOf(type: "TXT" | "MX" | "CNAME", text: string | undefined): RecordData {
  if (text === undefined) return { kind: "fault", message: `a target of this ${type} record is no text` };
  if (isMasked(text)) return { kind: "undetermined", why: `a template fills it in: ${RENDERED}` };
  return recordData(type, text, { quotes: "optional", escapes: "decimal", origin: null });
}
