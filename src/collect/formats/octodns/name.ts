import { domainToUnicode } from "node:url";
import { hostName } from "../../../protocol/domain-name.ts";
import { folderOf, nameOf } from "../../repository-path.ts";

/** octoDNS takes U-labels too, also beside labels with an underscore. Lower case, no trailing dot; undefined: no name. */
export function plainName(text: string): string | undefined {
  const name = text.endsWith(".") ? text.slice(0, -1) : text;
  const labels = name.split(".").map((label) => {
    if (/^[\x21-\x7e]{1,63}$/.test(label)) return label.toLowerCase();
    const mapped = hostName(`${label}.example`);
    return mapped?.slice(0, -".example".length);
  });
  return name.length <= 253 && labels.every((label) => label !== undefined) ? labels.join(".") : undefined;
}

/** The owner that a node's key names: `''` is the zone itself, and every other key is relative to it. */
export function ownerOf(key: string, zone: string): string | undefined {
  if (key === "") return zone;
  return key === "@" || key.endsWith(".") ? undefined : plainName(`${key}.${zone}`);
}

const ZONE = /^[a-z0-9_/-]{1,63}(\.[a-z0-9_/-]{1,63})+$/;

/** `example.com` where a text is the name of a zone with two labels or more. */
export function zoneOf(text: string): string | undefined {
  const name = plainName(text);
  return name !== undefined && ZONE.test(name) ? name : undefined;
}

/** `zones/example.com.yaml`, or `zones/example.com./any.yaml`: the zone's name, the provider's folder, and how the file is named. */
export interface ZonePath {
  readonly zone: string;
  readonly directory: string;
  readonly split: boolean;
}

export function zonePathOf(path: string): ZonePath | undefined {
  const folder = folderOf(path);
  const inFolder = nameOf(folder).endsWith(".") ? zoneOf(nameOf(folder)) : undefined;
  if (inFolder !== undefined) return { zone: inFolder, directory: folderOf(folder), split: true };
  const zone = /\.ya?ml$/.test(path) ? zoneOf(nameOf(path).replace(/\.ya?ml$/, "")) : undefined;
  return zone === undefined ? undefined : { zone, directory: folder, split: false };
}

/** The two ways in which a file may be named for a zone: octoDNS looks for both. */
export function spellingsOf(zone: string): readonly string[] {
  const unicode = zone.includes("xn--") ? domainToUnicode(zone) : "";
  return unicode === "" || unicode === zone ? [zone] : [unicode, zone];
}
