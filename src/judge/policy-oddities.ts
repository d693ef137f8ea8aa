import { type DomainName, resemblesAddress } from "../protocol/domain-name.ts";
import { parseMxPattern } from "../protocol/mx-pattern.ts";
import { type Policy, printPolicy } from "../protocol/policy.ts";
import { nearMiss, type PolicyField } from "../protocol/policy-field.ts";
import type { Span } from "../protocol/span.ts";

/** Something in a valid policy that senders are known to stumble over, apart from everything else in it. */
export interface Oddity {
  readonly code: OddityCode;
  readonly span: Span;
  /** The field it is about; empty for the file as a whole. */
  readonly field: string;
  readonly value: string;
  /** A policy with this oddity and no other, to be read by each sender. */
  readonly specimen: string;
}

export type OddityCode =
  | "duplicate"
  | "near-miss"
  | "unknown-field"
  | "mx"
  | "mx-address"
  | "none-without-mx"
  | "max-age"
  | "max-age-zero"
  | "max-age-under-an-hour";

const HOUR = 3600; // seconds
const WEEK = 604_800; // a max_age that every sender takes as it is
const HOST = parseMxPattern("mx.example.com");

/** What could be odd, in the order of the file; most of it no sender minds. */
export function odditiesOf(policy: Policy, fields: readonly PolicyField[], text: string): readonly Oddity[] {
  const lines = text.split(/\r?\n/);
  const plain: Policy = { mode: policy.mode, maxAge: WEEK, mx: HOST ? [HOST] : [] };
  return fields.flatMap((field): Oddity[] => {
    const { name, value, span } = field;
    const odd = (code: OddityCode, specimen: string): Oddity => ({ code, span, field: name, value, specimen });
    const line = lines[span.startLine - 1] ?? "";
    if (field.use === "duplicate") return [odd("duplicate", `${printPolicy(plainBeside(policy, name))}${line}\n`)];
    if (field.use === "unknown")
      return [odd(nearMiss(name) ? "near-miss" : "unknown-field", `${printPolicy(plain)}${line}\n`)];
    if (name === "mx") return mxOddity(odd, plain, value);
    if (name === "max_age") return [odd(maxAgeCode(policy), printPolicy({ ...plain, maxAge: policy.maxAge }))];
    if (name === "mode" && policy.mode === "none" && policy.mx.length === 0)
      return [odd("none-without-mx", printPolicy({ ...plain, mx: [] }))];
    return [];
  });
}

/** The first `max_age` must stay what it is where a second one stands beside it. */
function plainBeside({ mode, maxAge }: Policy, name: string): Policy {
  const kept = name === "max_age" && maxAge >= HOUR ? maxAge : WEEK;
  return { mode, maxAge: kept, mx: HOST ? [HOST] : [] };
}

function mxOddity(odd: (code: OddityCode, specimen: string) => Oddity, plain: Policy, value: string): Oddity[] {
  const pattern = parseMxPattern(value);
  if (!pattern) return [];
  return [odd(canMatch(pattern.host) ? "mx" : "mx-address", printPolicy({ ...plain, mx: [pattern] }))];
}

/** Whether an MX host can have such a name at all. */
export function canMatch(host: DomainName): boolean {
  return !resemblesAddress(host);
}

function maxAgeCode({ maxAge }: Policy): OddityCode {
  if (maxAge === 0) return "max-age-zero";
  return maxAge < HOUR ? "max-age-under-an-hour" : "max-age";
}
