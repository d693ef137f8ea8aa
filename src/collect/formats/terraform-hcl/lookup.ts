import { hostName } from "../../record-data.ts";
import { zoneShape } from "../terraform/shapes.ts";
import { textOf } from "../terraform/value.ts";
import type { Block, HclFile } from "./body.ts";

/** What references of a file stand for, where the same file says it in so many words. */
export interface Known {
  /** `local.domain`, `aws_route53_zone.main.name` */
  readonly texts: ReadonlyMap<string, string>;
  /** Address of a zone's resource or data source → the zone's name. */
  readonly zones: ReadonlyMap<string, string>;
}

export function knownIn({ blocks }: HclFile): Known {
  const texts = new Map<string, string>();
  const zones = new Map<string, string>();
  for (const block of blocks) {
    if (block.type === "locals") {
      for (const [name, value] of block.body.attributes) {
        const text = textOf(value);
        if (text !== undefined) texts.set(`local.${name}`, text);
      }
    } else readZone(block, texts, zones);
  }
  return { texts, zones };
}

function readZone(block: Block, texts: Map<string, string>, zones: Map<string, string>): void {
  const { type, labels, body } = block;
  const shape = zoneShape(labels[0] ?? "");
  if (!shape || (type !== "resource" && type !== "data")) return;
  const address = [...(type === "data" ? ["data"] : []), ...labels].join(".");
  for (const attribute of shape.name) {
    const text = textOf(body.attributes.get(attribute));
    const name = text === undefined ? undefined : hostName(text, { escapes: "decimal", origin: null });
    if (text === undefined || name === undefined) continue;
    texts.set(`${address}.${attribute}`, text);
    zones.set(address, name);
  }
}

/** The zone that `aws_route53_zone.main.zone_id` belongs to. */
export function zoneOfReference({ zones }: Known, reference: string | undefined): string | null {
  const parts = (reference ?? "").split(".");
  return zones.get(parts.slice(0, parts[0] === "data" ? 3 : 2).join(".")) ?? null;
}
