import type { Stretch } from "../../text-span.ts";

/** The value of one attribute, from a plan or from HCL. Numbers and booleans are texts here, as Terraform converts them. */
export type Value =
  | { readonly kind: "text"; readonly text: string; readonly at: Stretch }
  | { readonly kind: "list"; readonly items: readonly Value[]; readonly at: Stretch }
  | { readonly kind: "map"; readonly members: Attributes; readonly at: Stretch }
  | Unknown;

/** `why` it is not determined; `reference` is what it stands for, such as `aws_route53_zone.main.zone_id`. */
export interface Unknown {
  readonly kind: "unknown";
  readonly why: string;
  readonly reference?: string;
  /** What is known of a text with a gap, for telling whether it may be ours. */
  readonly around?: string;
  readonly at: Stretch;
}

export type Attributes = ReadonlyMap<string, Value>;

export const textOf = (value: Value | undefined): string | undefined =>
  value?.kind === "text" ? value.text : undefined;

export interface Resource {
  /** Without module and index: `aws_route53_record`. */
  readonly type: string;
  readonly attributes: Attributes;
  readonly at: Stretch;
}
