import type { DomainName } from "./protocol/domain-name.ts";
import type { Span } from "./protocol/span.ts";

/** Where something is wrong, or was seen. Text in it comes from outside and goes through a sink before it is shown. */
export type Location =
  | { readonly kind: "file"; readonly path: string; readonly span: Span }
  | { readonly kind: "input"; readonly name: string }
  | { readonly kind: "dns"; readonly owner: string; readonly type: "TXT" | "MX" | "CNAME" | "A" | "AAAA" | "TLSA" }
  | { readonly kind: "policy-host"; readonly url: string; readonly address?: string }
  | { readonly kind: "mx-host"; readonly host: DomainName; readonly address?: string };
