import type { JsonNode, JsonObject } from "../../json-file.ts";
import { itemsOf, memberOf, objectsOf, textOf } from "../../json-value.ts";
import type { PlanResource } from "./plan-zones.ts";
import type { Masks } from "./plan-value.ts";

/** One managed resource as the plan changes it. */
export interface Change {
  readonly node: JsonObject;
  readonly address: string;
  readonly type: string;
  readonly before: Side | undefined;
  readonly after: Side | undefined;
  /** The plan leaves it as it is. */
  readonly kept: boolean;
}

export interface Side {
  readonly values: JsonObject;
  readonly masks: Masks;
}

/** All resource changes of a plan; resources that stand only in its planned values are kept as they are. */
export function changesOf(root: JsonNode | undefined): readonly Change[] {
  const changes = objectsOf(memberOf(root, "resource_changes")).flatMap((node) => changeOf(node) ?? []);
  const known = new Set(changes.map(({ address }) => address));
  const planned = [...statesOf(memberOf(memberOf(root, "planned_values"), "root_module"))];
  return [
    ...changes,
    ...planned.flatMap(({ node, values }): readonly Change[] => {
      const [address, type] = [textOf(memberOf(node, "address")), textOf(memberOf(node, "type"))];
      if (node.kind !== "object" || values?.kind !== "object" || address === undefined || type === undefined) return [];
      if (known.has(address) || isData(node)) return [];
      const side = { values, masks: { unknown: undefined, sensitive: memberOf(node, "sensitive_values") } };
      return [{ node, address, type, before: side, after: side, kept: true }];
    }),
  ];
}

const isData = (node: JsonNode): boolean => textOf(memberOf(node, "mode")) === "data";

function changeOf(node: JsonObject): Change | undefined {
  const [address, type] = [textOf(memberOf(node, "address")), textOf(memberOf(node, "type"))];
  const change = memberOf(node, "change");
  const actions = itemsOf(memberOf(change, "actions")).map(textOf);
  if (address === undefined || type === undefined || isData(node)) return undefined;
  // `forget`: Terraform lets go of it, and it stays published.
  if (actions.includes("forget")) return { node, address, type, before: undefined, after: undefined, kept: true };
  const kept = actions.length === 1 && actions[0] === "no-op";
  const [before, after] = [memberOf(change, "before"), memberOf(change, "after")];
  return {
    node,
    address,
    type,
    kept,
    before: side(before, { unknown: undefined, sensitive: memberOf(change, "before_sensitive") }),
    after: side(after, { unknown: memberOf(change, "after_unknown"), sensitive: memberOf(change, "after_sensitive") }),
  };
}

const side = (values: JsonNode | undefined, masks: Masks): Side | undefined =>
  values?.kind === "object" ? { values, masks } : undefined;

/** The resources of a state, of all modules. The reader bounds the depth. */
export function* statesOf(module: JsonNode | undefined): Generator<PlanResource> {
  for (const node of itemsOf(memberOf(module, "resources"))) yield { node, values: memberOf(node, "values") };
  for (const child of itemsOf(memberOf(module, "child_modules"))) yield* statesOf(child);
}
