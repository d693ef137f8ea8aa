import type { Span } from "./span.ts";

/** One line of a policy file that can be read as a field, in the order of the file. */
export interface PolicyField {
  readonly name: string;
  readonly value: string;
  /** From the first letter of the name to the end of the value. */
  readonly span: Span;
  /** `duplicate`: an earlier field of this name counts (RFC 8461 §3.2); `unknown`: senders ignore it. */
  readonly use: "applied" | "duplicate" | "unknown";
}

export type FieldName = "version" | "mode" | "max_age" | "mx";

/** The fields that RFC 8461 §9 registers. */
export const FIELD_NAMES: readonly FieldName[] = ["version", "mode", "max_age", "mx"];

/** RFC 8461 §3.2, sts-policy-ext-name. */
export const FIELD_NAME = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,31}$/;

/**
 * The registered field that an unknown name was probably meant to be: `nmx`, `Mode`, `maxage`, `verison`. `undefined` for the
 * registered names themselves and for names of their own. Names of two letters are too short to guess from one of them.
 */
export function nearMiss(name: string): FieldName | undefined {
  if (FIELD_NAMES.some((known) => known === name)) return undefined;
  if (name === "v") return "version"; // the TXT record's word for it (RFC 8461 §3.1)
  const bare = name.slice(0, 32).toLowerCase().replace(/[-_.]/g, "");
  if (bare.length < 2) return undefined;
  return FIELD_NAMES.find((known) => {
    const meant = known.replace("_", "");
    return bare === meant || (bare.length >= Math.max(3, meant.length - 1) && slips(bare, meant));
  });
}

/** Whether one letter too many, too few or wrong, or two letters exchanged, make `a` from `b`. */
function slips(a: string, b: string): boolean {
  let head = 0;
  while (head < a.length && a[head] === b[head]) head += 1;
  const [restA, restB] = [a.slice(head), b.slice(head)];
  const exchanged = restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
  return restA.slice(1) === restB || restA === restB.slice(1) || restA.slice(1) === restB.slice(1) || exchanged;
}
