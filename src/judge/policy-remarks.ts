import { type Policy, parsePolicy } from "../protocol/policy.ts";
import { didYouMean, quoted } from "../protocol/policy-defect.ts";
import { nearMiss } from "../protocol/policy-field.ts";
import { type Span, TOP } from "../protocol/span.ts";
import { inWords } from "./duration.ts";
import { type Oddity, type OddityCode, odditiesOf } from "./policy-oddities.ts";
import { type Departure, departures, listed, whatTheyDo } from "./sender-difference.ts";
import { senders } from "./senders.ts";

/** A place in a valid policy where named senders stumble, or where the author must have meant something else. */
export interface PolicyRemark {
  readonly level: "warning";
  readonly code: OddityCode | "length" | "otherwise";
  readonly span: Span;
  /** One sentence. May contain text from the policy. */
  readonly message: string;
  /** Names of the senders that drop the policy or read something else in it because of this; often none. */
  readonly senders: readonly string[];
}

const MOST = 20; // remarks; a file made to provoke more says nothing new after that
const LONG = 10_240; // octets, after which the shortest-sighted sender stops

/**
 * What a policy that is valid by RFC 8461 §3.2 says to named senders instead, one remark for each cause and in the order of the
 * file. Pure; empty for a policy that is not valid, whose defects say more.
 */
export function policyRemarks(bytes: Uint8Array): readonly PolicyRemark[] {
  const parse = parsePolicy(bytes);
  if (parse.kind !== "valid") return [];
  const { policy, fields } = parse;
  const whole = departures(policy, bytes);
  const found = new Map<string, PolicyRemark>();
  const text = new TextDecoder().decode(bytes);
  for (const oddity of odditiesOf(policy, fields, text)) {
    if (found.size >= MOST) break;
    const remark = remarkOn(oddity, policy, whole);
    if (remark && !found.has(remark.message)) found.set(remark.message, remark);
  }
  const remarks = [...found.values()];
  if (bytes.length > LONG) remarks.push(onLength(bytes.length, whole));
  const named = new Set(remarks.flatMap((remark) => remark.senders));
  const rest = whole.filter(({ sender }) => !named.has(sender.name));
  return rest.length === 0 ? remarks : [...remarks, otherwise(rest)];
}

/** The remark, if anybody minds or the author cannot have meant it. */
function remarkOn(oddity: Oddity, policy: Policy, whole: readonly Departure[]): PolicyRemark | undefined {
  const { code, span, specimen } = oddity;
  // A sender that takes the whole policy as it is minds nothing in it.
  const mind = whole.length === 0 ? [] : departuresIn(specimen).filter(({ sender }) => isIn(whole, sender.name));
  const replacers = code.startsWith("max-age") ? senders.filter(({ cache }) => replaces(cache, policy.maxAge)) : [];
  const keepers = replacers.map(({ name }) => name).filter((name) => !mind.some(({ sender }) => sender.name === name));
  const telling = code === "near-miss" || code === "mx-address" || code === "none-without-mx" || /^max-age-/.test(code);
  if (mind.length === 0 && keepers.length === 0 && !telling) return undefined;
  const message = [SENTENCES[code](oddity, whatTheyDo(mind)), keptInstead(keepers)].join("");
  return { level: "warning", code, span, message: `${message}.`, senders: mind.map(({ sender }) => sender.name) };
}

function departuresIn(specimen: string): readonly Departure[] {
  const bytes = new TextEncoder().encode(specimen);
  const parse = parsePolicy(bytes);
  return parse.kind === "valid" ? departures(parse.policy, bytes) : [];
}

function isIn(whole: readonly Departure[], name: string): boolean {
  return whole.some(({ sender }) => sender.name === name);
}

function replaces({ replaces: range }: (typeof senders)[number]["cache"], maxAge: number): boolean {
  return range !== undefined && (maxAge < range.from || maxAge >= range.below);
}

function keptInstead(names: readonly string[]): string {
  const seconds = senders.find(({ name }) => names.includes(name))?.cache.replaces?.seconds;
  return seconds === undefined ? "" : `; ${listed(names)} holds the policy for ${inWords(seconds)} instead`;
}

type Sentence = (oddity: Oddity, they: string) => string;
const but = (they: string): string => (they === "" ? "" : `, but ${they}`);
const and = (they: string): string => (they === "" ? "" : `, and ${they}`);

/** Without the final period. `they`: what named senders do, or nothing. */
const SENTENCES: Readonly<Record<OddityCode, Sentence>> = {
  duplicate: ({ field }, they) => `RFC 8461 ignores a second ${quoted(field)}${but(they)}`,
  "near-miss": ({ field, value }, they) =>
    `The field ${quoted(field)} is none that senders know, so they read over it${didYouMean(`${nearMiss(field)}: ${value}`)}${but(they)}`,
  "unknown-field": ({ field }, they) => `RFC 8461 ignores the unknown field ${quoted(field)}${but(they)}`,
  mx: ({ value }, they) => `The mx ${quoted(value)} is valid by RFC 8461${but(they)}`,
  "mx-address": ({ value }, they) => `The mx ${quoted(value)} can never be the name of an MX host${and(they)}`,
  "none-without-mx": (_, they) =>
    `The mode none without an mx is valid by RFC 8461${but(they && `${they} and go on with the one they hold`)}`,
  "max-age": ({ value }, they) => `The max_age ${quoted(value)} is valid by RFC 8461${but(they)}`,
  "max-age-zero": (_, they) => `With max_age 0 no sender may keep the policy, which then protects nothing${and(they)}`,
  "max-age-under-an-hour": ({ value }, they) =>
    `With max_age ${value}, under an hour, senders forget the policy between two messages${and(they)}`,
};

/** The departures of senders that stop before the end of the file. */
function onLength(octets: number, whole: readonly Departure[]): PolicyRemark {
  const short = senders.filter(({ fetch }) => fetch.octets !== null && octets > fetch.octets);
  const mind = whole.filter(({ sender }) => short.includes(sender));
  const cut = short.filter(({ fetch }) => fetch.longer === "cut").map(({ name }) => name);
  const message = `The policy has ${octets} octets, of which ${listed(cut)} reads the first ${LONG}${and(whatTheyDo(mind))}.`;
  return { level: "warning", code: "length", span: TOP, message, senders: mind.map(({ sender }) => sender.name) };
}

function otherwise(rest: readonly Departure[]): PolicyRemark {
  const message = `The policy is valid by RFC 8461, but ${whatTheyDo(rest)}.`;
  return {
    level: "warning",
    code: "otherwise",
    span: TOP,
    message,
    senders: rest.map(({ sender }) => sender.name),
  };
}
