import type { JsonNode, JsonObject } from "../../json-file.ts";
import type { Stretch } from "../../text-span.ts";
import type { Attributes, Value } from "../terraform/value.ts";

/** Terraform's masks beside a state: true, where the value as a whole is meant, else the same shape. */
export interface Masks {
  readonly unknown: JsonNode | undefined;
  readonly sensitive: JsonNode | undefined;
}

const APPLIED =
  "it is known only after `terraform apply`; give `record-id`, or plan again once it is applied: " +
  "`terraform plan -out=p && terraform show -json p`";
const SENSITIVE = "the plan marks it as sensitive, so it is not read";

/** The attributes of one side of a change. What is null is not set. */
export function planAttributes(side: JsonObject, masks: Masks): Attributes {
  const attributes = new Map<string, Value>();
  const members = (node: JsonNode | undefined) => (node?.kind === "object" ? node.members : undefined);
  const [unknown, sensitive] = [members(masks.unknown), members(masks.sensitive)];
  for (const key of new Set([...side.members.keys(), ...(unknown?.keys() ?? [])])) {
    const value = planValue(side.members.get(key), { unknown: unknown?.get(key), sensitive: sensitive?.get(key) });
    if (value) attributes.set(key, value);
  }
  return attributes;
}

function planValue(node: JsonNode | undefined, masks: Masks): Value | undefined {
  const { unknown, sensitive } = masks;
  if (unknown?.kind === "true") return { kind: "unknown", why: APPLIED, at: stretch(node ?? unknown) };
  if (sensitive?.kind === "true" && node) return { kind: "unknown", why: SENSITIVE, at: stretch(node) };
  if (node === undefined || node.kind === "null") return undefined;
  const at = stretch(node);
  if (node.kind === "text") return { kind: "text", text: node.text, at };
  if (node.kind === "object") return { kind: "map", members: planAttributes(node, masks), at };
  if (node.kind !== "list") return { kind: "text", text: node.kind === "number" ? String(node.number) : node.kind, at };
  const inner = (mask: JsonNode | undefined, index: number) => (mask?.kind === "list" ? mask.items[index] : undefined);
  const items = node.items.map((item, index) =>
    planValue(item, { unknown: inner(unknown, index), sensitive: inner(sensitive, index) }),
  );
  return { kind: "list", items: items.filter((item) => item !== undefined), at };
}

const stretch = ({ start, end }: Stretch): Stretch => ({ start, end });
