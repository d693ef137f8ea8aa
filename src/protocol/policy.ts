import { hostName } from "./domain-name.ts";
import { type MxPattern, matchesMx, printMxPattern } from "./mx-pattern.ts";
import type { PolicyDefect } from "./policy-defect.ts";
import type { PolicyField } from "./policy-field.ts";
import { readPlainPolicy } from "./plain-policy.ts";
import { readPolicyLines } from "./policy-line.ts";
import type { Mode } from "./policy-value.ts";

export type { PolicyDefect, PolicyDefectCode } from "./policy-defect.ts";
export type { PolicyField } from "./policy-field.ts";
export type { Mode } from "./policy-value.ts";

/** The policy a compliant sender would apply. RFC 8461 §3.2. */
export interface Policy {
  readonly mode: Mode;
  /** Seconds, at most 31557600. */
  readonly maxAge: number;
  /** In the order of the file, every occurrence. */
  readonly mx: readonly MxPattern[];
}

/** A policy, or everything that keeps the text from being one; `partial` is what could be read all the same. */
export type PolicyParse =
  | { readonly kind: "valid"; readonly policy: Policy; readonly fields: readonly PolicyField[] }
  | {
      readonly kind: "invalid";
      readonly defects: readonly PolicyDefect[];
      readonly fields: readonly PolicyField[];
      readonly partial: Partial<Policy>;
    };

/** Reads a policy file as served, octet for octet (RFC 8461 §3.2). Never throws; reports every defect, in the order of the file. */
export function parsePolicy(bytes: Uint8Array): PolicyParse {
  const plain = readPlainPolicy(bytes);
  return plain ? new PlainParse(plain, bytes) : parseWhole(bytes);
}

/**
 * A class, because its getter is made once for all parses: the fields of a plain policy are only wanted where a finding
 * points at one, and making them costs several times what reading the policy does. They are read from the octets each time
 * they are asked for. The octets are private, so that they are in no comparison and no print-out; `fields`, as a getter, is
 * in no copy made with `...`.
 */
class PlainParse {
  readonly kind = "valid";
  readonly policy: Policy;
  readonly #bytes: Uint8Array;

  constructor(policy: Policy, bytes: Uint8Array) {
    this.policy = policy;
    this.#bytes = bytes;
  }

  get fields(): readonly PolicyField[] {
    return readPolicyLines(this.#bytes).fields;
  }
}

/** By the reader that knows every defect. Of a plain policy it says the same; exported for the test of that. */
export function parseWhole(bytes: Uint8Array): PolicyParse {
  const { fields, defects, mode, maxAge, mx } = readPolicyLines(bytes);
  if (defects.length === 0 && mode !== undefined && maxAge !== undefined)
    return { kind: "valid", policy: { mode, maxAge, mx }, fields };
  const partial = { ...(mode && { mode }), ...(maxAge !== undefined && { maxAge }), mx };
  return { kind: "invalid", defects, fields, partial };
}

/**
 * The text of a policy, in the order of the RFC's example. Lines end in LF: the grammar takes LF and CRLF, every known sender
 * reads both, and LF is what files in a repository have, so that a printed policy makes a clean diff.
 */
export function printPolicy({ mode, maxAge, mx }: Policy): string {
  const patterns = mx.map((pattern) => `mx: ${printMxPattern(pattern)}\n`).join("");
  return `version: STSv1\nmode: ${mode}\n${patterns}max_age: ${maxAge}\n`;
}

/** Whether two policies mean the same: equal mode, max_age and set of patterns. Their order and repetitions mean nothing. */
export function samePolicy(a: Policy, b: Policy): boolean {
  const patterns = new Set(a.mx.map(printMxPattern));
  const others = new Set(b.mx.map(printMxPattern));
  const samePatterns = patterns.size === others.size && [...patterns].every((pattern) => others.has(pattern));
  return samePatterns && a.mode === b.mode && a.maxAge === b.maxAge;
}

/** Whether an MX host of this name matches a pattern (RFC 8461 §4.1). Text that is no host name matches nothing. */
export function covers(policy: Policy, host: string): boolean {
  const name = hostName(host);
  return name !== undefined && policy.mx.some((pattern) => matchesMx(pattern, name));
}
