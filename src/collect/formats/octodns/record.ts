import type { ProposedRecord } from "../../../proposal.ts";
import { addRecord, concernsMail, isOurs } from "../../reading-draft.ts";
import type { RecordData } from "../../record-data.ts";
import {
  isTrue,
  itemsOf,
  locationOf,
  memberOf,
  secondsOf,
  textOf,
  type YamlMap,
  type YamlNode,
} from "../../yaml-file.ts";
import { isDataType } from "../zonefile/rdata.ts";
import type { YamlProvider } from "./config.ts";
import { plainName } from "./name.ts";
import { type RecordMap, type ZoneDraft, zoneDefect, zoneNote } from "./zone.ts";

/** One record of octoDNS: all values of a name and type. Types other than ours leave no trace. */
export function readRecord(zone: ZoneDraft, { owner, type, map }: RecordMap, provider: YamlProvider): void {
  if (type === "NS" && owner !== zone.zone) zone.delegated.add(owner);
  if (!isDataType(type)) return;
  const concerns = concernsMail({ owner, type });
  if (isTrue(memberOf(memberOf(map, "octodns"), "ignored"))) {
    zone.whole = false;
    return zoneNote(zone, map, `octoDNS is told to ignore this ${type} record, so what is deployed stays`);
  }
  if (map.duplicates.length > 0)
    zoneDefect(zone, map.duplicates[0]?.key ?? map, {
      message: "this record has a key twice, and only one counts",
      concerns,
    });
  const key = `${type} ${owner}`;
  if (zone.records.has(key) && !provider.replaces) {
    const message = `octoDNS refuses a second ${type} record of this name; one record holds all values`;
    return zoneDefect(zone, map, { message, concerns });
  }
  zone.visits.set(map, (zone.visits.get(map) ?? 0) + 1);
  const found: ProposedRecord[] = [];
  const values = itemsOf(memberOf(map, "values") ?? memberOf(map, "value"));
  if (values.length === 0) zoneDefect(zone, map, { message: `a ${type} record without a value`, concerns });
  for (const value of values) {
    zone.left -= 1;
    if (zone.left < 0) break;
    const { data, node } = dataOf(zone, { type, value, owner, map }, provider);
    const head = { owner, type, ttl: ttlOf(map, provider), location: locationOf(node) };
    if (data.kind === "fault") zoneDefect(zone, node, { message: data.message, concerns });
    else addRecord({ ...zone.draft, records: found }, head, data);
  }
  zone.records.set(key, found);
}

const ttlOf = (map: YamlMap, { defaultTtl }: YamlProvider): number | null => {
  const ttl = memberOf(map, "ttl");
  return ttl === undefined ? defaultTtl : secondsOf(ttl);
};

interface Value {
  readonly type: "TXT" | "MX" | "CNAME";
  readonly owner: string;
  readonly value: YamlNode;
  readonly map: YamlMap;
}

interface Found {
  readonly data: RecordData;
  /** Where the data stands; of an MX record its host. */
  readonly node: YamlNode;
}

const TEMPLATE = /\{[A-Za-z_]\w*\}/;

function dataOf(zone: ZoneDraft, value: Value, provider: YamlProvider): Found {
  const found =
    value.type === "TXT"
      ? textData(zone, value, provider)
      : value.type === "MX"
        ? mxData(zone, value)
        : target(zone, value.value);
  const templated = zone.processors && TEMPLATE.test(textOf(found.node) ?? "");
  const why = "a processor fills in what stands in braces: `octodns-dump` shows the record";
  return templated ? { node: found.node, data: { kind: "undetermined", why } } : found;
}

/**
 * octoDNS takes outer quotes away, joins `" "`, and writes `;` as `\\;` unless `escaped_semicolons` is false. Where nothing says it,
 * both are taken for `;`.
 */
function textData(zone: ZoneDraft, { value, owner, map }: Value, { escapedSemicolons }: YamlProvider): Found {
  const text = textOf(value);
  if (text === undefined) return { node: value, data: { kind: "fault", message: "a TXT value that is no text" } };
  const inner = (text.startsWith('"') ? text.slice(1, -1) : text).replaceAll('" "', "");
  if (escapedSemicolons === false)
    return { node: value, data: { kind: "data", data: again(zone, map, { inner, value }) } };
  if (escapedSemicolons === true && !zone.lenient && isOurs(owner) && /\w;/.test(inner))
    zoneNote(zone, value, "octoDNS refuses a `;` that is not written `\\;`, unless the zone is lenient");
  return { node: value, data: { kind: "data", data: inner.replaceAll("\\;", ";") } };
}

/** With `escaped_semicolons: false`, octoDNS 1.22 escapes a record in place, so each alias of it publishes one backslash more. */
function again(zone: ZoneDraft, map: YamlMap, { inner, value }: { inner: string; value: YamlNode }): string {
  const before = (zone.visits.get(map) ?? 1) - 1;
  if (before > 0 && inner.includes(";"))
    zoneNote(zone, value, "octoDNS puts a backslash before each `;` of an aliased TXT record: write the record out");
  return inner.replaceAll(";", `${"\\".repeat(Math.min(before, 8))};`);
}

/** `priority` and `value` are the older names of `preference` and `exchange`. */
function mxData(zone: ZoneDraft, { value }: Value): Found {
  const preference = textOf(memberOf(value, "preference") ?? memberOf(value, "priority"))?.trim();
  const exchange = memberOf(value, "exchange") ?? memberOf(value, "value");
  if (preference === undefined || exchange === undefined)
    return { node: value, data: { kind: "fault", message: "an MX value is a map of preference and exchange" } };
  if (!/^[0-9]{1,5}$/.test(preference) || Number(preference) > 65_535)
    return { node: value, data: { kind: "fault", message: "the preference of an MX record is a number up to 65535" } };
  const { node, data } = target(zone, exchange);
  return { node, data: data.kind === "data" ? { kind: "data", data: `${Number(preference)} ${data.data}` } : data };
}

/** Every name is absolute; octoDNS wants the final dot and, where the zone is lenient, does without. */
function target(zone: ZoneDraft, node: YamlNode): Found {
  const text = textOf(node);
  // RFC 7505 §3: the root keeps its dot.
  if (text === ".") return { node, data: { kind: "data", data: "." } };
  const name = text === undefined || /[\s"]/.test(text) ? undefined : plainName(text);
  if (name === undefined) return { node, data: { kind: "fault", message: "a host name that is none" } };
  if (!zone.lenient && !text?.endsWith("."))
    zoneNote(zone, node, "octoDNS refuses a host name without its final dot, unless the zone is lenient");
  return { node, data: { kind: "data", data: name } };
}
