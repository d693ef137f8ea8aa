import type { ProposedRecord } from "../../../proposal.ts";
import { addNote, concernsMail, isOurs, type ReadingDraft } from "../../reading-draft.ts";
import {
  itemsOf,
  locationOf,
  memberOf,
  textOf,
  type YamlMap,
  type YamlMember,
  type YamlNode,
} from "../../yaml-file.ts";
import type { YamlProvider } from "./config.ts";
import { ownerOf } from "./name.ts";
import { readRecord } from "./record.ts";

/** What is known while the files of one zone go by. Changed in place. */
export interface ZoneDraft {
  readonly draft: ReadingDraft;
  readonly zone: string;
  readonly lenient: boolean;
  readonly processors: boolean;
  /** By owner and type: octoDNS holds one record of each, with all its values. */
  readonly records: Map<string, readonly ProposedRecord[]>;
  /** Owners other than the zone's apex that have NS records. */
  readonly delegated: Set<string>;
  /** How often each record was met: more than once through aliases. */
  readonly visits: Map<YamlMap, number>;
  whole: boolean;
  /** How many values may still be read: aliases make many out of a small file. */
  left: number;
}

export const MOST_VALUES = 100_000;

/** Reads the nodes of one file into the zone. */
export function readNodes(zone: ZoneDraft, root: YamlNode, provider: YamlProvider): void {
  if (root.kind !== "map")
    return zoneDefect(zone, root, {
      message: "a zone file of octoDNS is a map of names, and this is none",
      concerns: true,
    });
  for (const { key, value } of root.duplicates) noteLost(zone, key, value);
  for (const { key, value } of root.members.values()) readNode(zone, { key, value }, provider);
}

function readNode(zone: ZoneDraft, { key, value }: YamlMember, provider: YamlProvider): void {
  const owner = ownerOf(key.text, zone.zone);
  for (const map of itemsOf(value)) {
    const type = textOf(memberOf(map, "type"))?.toUpperCase();
    const concerns = concernsMail({ owner: owner ?? key.text, type: type ?? "" });
    zone.left -= 1;
    if (zone.left < 0) return;
    if (map.kind === "scalar" && map.tag === "!include") continue;
    if (map.kind !== "map" || type === undefined)
      zoneDefect(zone, map, { message: "a record of octoDNS is a map with a `type`, and this has none", concerns });
    else if (owner === undefined) {
      const message = "octoDNS takes this name for no name: the zone itself is written '', and no name ends in a dot";
      zoneDefect(zone, key, { message, concerns });
    } else readRecord(zone, { owner, type, map }, provider);
  }
}

/** Of a key that stands there twice one value is lost without a word, which is no matter where it is about something else. */
function noteLost(zone: ZoneDraft, key: YamlNode, value: YamlNode): void {
  const name = textOf(key) ?? "";
  const concerns = isOurs(`${name}.`) || itemsOf(value).some((map) => isMx(map));
  zoneDefect(zone, key, { message: "this name stands in the file twice, and only one of the two counts", concerns });
}

const isMx = (map: YamlNode): boolean => (textOf(memberOf(map, "type")) ?? "").toUpperCase() === "MX";

export function zoneDefect(zone: ZoneDraft, node: YamlNode, fault: { message: string; concerns: boolean }): void {
  zone.whole = false;
  zone.draft.defects.push({ location: locationOf(node), ...fault });
}

export function zoneNote(zone: ZoneDraft, node: YamlNode, why: string): void {
  const { file, start, end } = node;
  addNote({ ...zone.draft, path: file.path }, file.spanOf({ start, end }), why);
}

export interface RecordMap {
  readonly owner: string;
  /** Upper case. */
  readonly type: string;
  readonly map: YamlMap;
}
