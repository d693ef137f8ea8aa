import { hostName, type RecordData } from "../../record-data.ts";
import { PLACEHOLDER } from "../zonefile/name.ts";

/** Owner of a record that is called `label` in `zone`: `@` is the zone, a final dot ends an absolute name. Undefined: no name. */
export function ownerOf(label: string, zone: string): string | undefined {
  if (label === "@" || label === "") return zone;
  return hostName(label, { escapes: "decimal", origin: zone });
}

/**
 * The target of an MX or CNAME record: `@` is the zone, one label is relative to it, and a name with a dot inside must end in one:
 * DNSControl refuses it otherwise.
 */
export function targetOf(raw: string, zone: string): RecordData {
  const text = raw.trim();
  if (PLACEHOLDER.test(text)) return { kind: "undetermined", why: "a placeholder in it is filled in later" };
  const name = text === "@" ? zone : hostName(text, { escapes: "decimal", origin: zone });
  if (name === undefined) return { kind: "fault", message: "the target is no host name" };
  if (text.includes(".") && !text.endsWith("."))
    return { kind: "fault", message: "the target has a dot inside and none at its end, which DNSControl refuses" };
  return { kind: "data", data: name };
}
