import type { Stretch } from "../../text-span.ts";
import { type DataType, isDataType } from "../zonefile/rdata.ts";
import type { RecordShape } from "./shapes.ts";
import { type Resource, textOf, type Unknown, type Value } from "./value.ts";

/** One value of a record resource, in the notation of a zone file. */
export type Entry =
  | { readonly kind: "text"; readonly text: string; readonly at: Stretch }
  | { readonly kind: "unknown"; readonly why: string; readonly at: Stretch }
  | { readonly kind: "fault"; readonly message: string; readonly at: Stretch };

/** What the resource's type is: undefined when it is none of TXT, MX and CNAME. */
export function typeOf({ attributes }: Resource, { type }: RecordShape): DataType | Unknown | undefined {
  if (typeof type === "string") return type;
  const value = attributes.get(type.attribute);
  if (value?.kind === "unknown") return value;
  const text = textOf(value)?.toUpperCase() ?? "";
  return isDataType(text) ? text : undefined;
}

/** The values of a record resource of this type. */
export function entriesOf(resource: Resource, shape: RecordShape, type: DataType): readonly Entry[] {
  const { attributes } = resource;
  const value = shape.values.map((name) => attributes.get(name)).find((found) => found !== undefined);
  if (value === undefined) return [];
  const priority = type === "MX" && shape.priority !== undefined ? attributes.get(shape.priority) : undefined;
  return (value.kind === "list" ? value.items : [value]).map((item) => entryOf(item, type, priority));
}

function entryOf(item: Value, type: DataType, priority: Value | undefined): Entry {
  const { at } = item;
  if (item.kind === "unknown") return { kind: "unknown", why: item.why, at };
  if (item.kind === "map") return entryOfBlock(item, type);
  if (item.kind === "list") return { kind: "fault", message: "a list where a record's data must stand", at };
  // Some providers take `10 mx1.example.com` although they have an attribute for the number.
  if (priority === undefined || /^\s*[0-9]+\s+\S/.test(item.text)) return { kind: "text", text: item.text, at };
  return joined(priority, item, at);
}

/** `{ value = … }` or `{ preference = …, exchange = … }`. */
function entryOfBlock({ members, at }: Value & { readonly kind: "map" }, type: DataType): Entry {
  const [preference, exchange] = [members.get("preference") ?? members.get("priority"), members.get("exchange")];
  if (type === "MX" && preference && exchange) return joined(preference, exchange, at);
  const inner = members.get("value") ?? members.get("content") ?? members.get("data");
  if (inner === undefined || inner.kind === "map")
    return { kind: "fault", message: "a block without the record's data", at };
  return entryOf(inner, type, undefined);
}

function joined(preference: Value, exchange: Value, at: Stretch): Entry {
  for (const part of [preference, exchange]) {
    if (part.kind === "unknown") return { kind: "unknown", why: part.why, at: part.at };
    if (part.kind !== "text") return { kind: "fault", message: "an MX record is a preference and one host name", at };
  }
  return { kind: "text", text: `${textOf(preference)} ${textOf(exchange)}`, at };
}
