import type { JsonNode } from "../../json-file.ts";
import { itemsOf, memberOf, objectsOf, textOf } from "../../json-value.ts";
import { hostName } from "../../record-data.ts";
import { zoneShape } from "../terraform/shapes.ts";

/** A zone that the plan manages or looks up. */
interface PlanZone {
  /** Module path without indexes, then the resource: `module.mail.aws_route53_zone.main`. */
  readonly address: string;
  readonly index: string;
  readonly name: string;
  readonly ids: readonly string[];
}

/** Everything a plan says about zones. */
export interface PlanZones {
  readonly byAddress: ReadonlyMap<string, readonly PlanZone[]>;
  readonly byId: ReadonlyMap<string, string>;
  /** `configuration.root_module` */
  readonly modules: JsonNode | undefined;
}

/** One managed or looked-up resource of a plan, as states and changes list it. */
export interface PlanResource {
  readonly node: JsonNode;
  readonly values: JsonNode | undefined;
}

export function planZones(root: JsonNode | undefined, resources: Iterable<PlanResource>): PlanZones {
  const byAddress = new Map<string, PlanZone[]>();
  const byId = new Map<string, string>();
  for (const { node, values } of resources) {
    const zone = zoneOf(node, values);
    if (!zone) continue;
    const same = byAddress.get(zone.address) ?? [];
    byAddress.set(zone.address, same);
    if (same.every(({ index }) => index !== zone.index)) same.push(zone);
    for (const id of zone.ids) byId.set(id, zone.name);
  }
  return { byAddress, byId, modules: memberOf(memberOf(root, "configuration"), "root_module") };
}

function zoneOf(node: JsonNode, values: JsonNode | undefined): PlanZone | undefined {
  const shape = zoneShape(textOf(memberOf(node, "type")) ?? "");
  const address = textOf(memberOf(node, "address"));
  if (!shape || address === undefined) return undefined;
  const written = shape.name.map((key) => textOf(memberOf(values, key))).find((text) => text !== undefined);
  const name = written === undefined ? undefined : hostName(written, { escapes: "decimal", origin: null });
  if (name === undefined) return undefined;
  const ids = shape.ids.flatMap((key) => textOf(memberOf(values, key)) ?? []);
  return { address: withoutIndexes(address), index: indexOf(address), name, ids };
}

/** `module.a["x"].aws_route53_zone.b[0]` → `module.a.aws_route53_zone.b`. */
export const withoutIndexes = (address: string): string => address.replaceAll(/\[(?:"(?:[^"\\]|\\.)*"|[0-9]+)\]/g, "");

/** The index of the resource itself, as it is written. */
export const indexOf = (address: string): string => /\[(?:"(?:[^"\\]|\\.)*"|[0-9]+)\]$/.exec(address)?.[0] ?? "";

/** References that are followed for one record: a plan could hold a maze of them. */
const MOST_REFERENCES = 64;

/** The name of the zone that an attribute of the resource at `address` refers to, found in the plan's configuration. */
export function zoneByReference(zones: PlanZones, address: string, attribute: string): string | null {
  const path = withoutIndexes(address).split(".");
  const modules = modulePath(path);
  const own = path.slice(modules.length * 2).join(".");
  const module = moduleAt(zones.modules, modules);
  const expression = memberOf(memberOf(resourcesOf(module).get(own), "expressions"), attribute);
  return resolved(zones, { expression, modules, index: indexOf(address), budget: { left: MOST_REFERENCES } });
}

const indexed = new WeakMap<JsonNode, ReadonlyMap<string, JsonNode>>();

/** A module's resources by their addresses in it; indexed once, as there may be many. */
function resourcesOf(module: JsonNode | undefined): ReadonlyMap<string, JsonNode> {
  if (module === undefined) return new Map();
  const found =
    indexed.get(module) ??
    new Map(objectsOf(memberOf(module, "resources")).map((node) => [textOf(memberOf(node, "address")) ?? "", node]));
  indexed.set(module, found);
  return found;
}

function modulePath(path: readonly string[]): readonly string[] {
  const names: string[] = [];
  for (let at = 0; path[at] === "module"; at += 2) names.push(path[at + 1] ?? "");
  return names;
}

const moduleAt = (root: JsonNode | undefined, modules: readonly string[]): JsonNode | undefined =>
  modules.reduce((node, name) => memberOf(memberOf(memberOf(node, "module_calls"), name), "module"), root);

interface Expression {
  readonly expression: JsonNode | undefined;
  readonly modules: readonly string[];
  readonly index: string;
  readonly budget: { left: number };
}

function resolved(zones: PlanZones, asked: Expression): string | null {
  const { expression, modules, index, budget } = asked;
  const constant = textOf(memberOf(expression, "constant_value"));
  if (constant !== undefined) return zones.byId.get(constant) ?? null;
  // References go from the exact to the general: `aws_route53_zone.main.zone_id`, then `aws_route53_zone.main`.
  for (const reference of itemsOf(memberOf(expression, "references"))) {
    budget.left -= 1;
    if (budget.left < 0) return null;
    const parts = withoutIndexes(textOf(reference) ?? "").split(".");
    const length = parts[0] === "data" ? 3 : 2;
    const address = [...modules.flatMap((name) => ["module", name]), ...parts.slice(0, length)].join(".");
    const found = zones.byAddress.get(address) ?? [];
    const one = found.length === 1 ? found[0] : found.find((zone) => zone.index === index && index !== "");
    const name = one?.name ?? throughModule(zones, parts, asked);
    if (name !== null) return name;
  }
  return null;
}

/** `var.x` is what the caller gives the module; `module.m.x` is an output of a module. */
function throughModule(zones: PlanZones, [first, name, output]: readonly string[], asked: Expression): string | null {
  const { modules } = asked;
  if (name === undefined) return null;
  if (first === "var" && modules.length > 0) {
    const [parents, own] = [modules.slice(0, -1), modules.at(-1) as string];
    const call = memberOf(memberOf(moduleAt(zones.modules, parents), "module_calls"), own);
    return resolved(zones, { ...asked, expression: memberOf(memberOf(call, "expressions"), name), modules: parents });
  }
  if (first !== "module" || output === undefined) return null;
  const inner = [...modules, name];
  const outputs = memberOf(moduleAt(zones.modules, inner), "outputs");
  return resolved(zones, { ...asked, expression: memberOf(memberOf(outputs, output), "expression"), modules: inner });
}
