// The gate's verdicts beside what the brute force finds.
import type { DomainVerdict, RuleOutcome } from "../../src/verdict.ts";
import { type Terms, timeOf, UNTESTED, verdictOn } from "./judged.ts";
import type { Entry, Refusal } from "./ledger.ts";
import { story } from "./story.ts";

/**
 * `ready`, and a sender that it promises mail from newly refuses; `ready` without a dated warning, and another sender does; or with
 * one whose date comes before the last new refusal.
 */
export const FAULTS = ["false-ready", "no-warning", "early-date"] as const;
export type Fault = (typeof FAULTS)[number];

export interface Tally {
  readonly terms: Terms;
  /** `untested` takes a second look at each change: counted where all is. */
  readonly counts: "faults" | "all";
  questions: number;
  unsafe: number;
  /** Of the safe ones. */
  readonly safe: { ready: number; blocked: number; unknown: number };
  /** Rules with an error, all of one verdict together → how many safe questions they blocked. */
  readonly blockedBy: Map<string, number>;
  /** Safe and ready, and blocked by rollout-enforce-untested where that is not switched off. */
  untested: number;
  readonly faults: Record<Fault, number>;
  /** For each fault and the classes of senders that meet it, the first of the smallest worlds. */
  readonly smallest: Map<string, { readonly length: number; readonly told: string }>;
}

/** The stories of one fault, one for each kind of it. */
export const storiesOf = ({ smallest }: Tally, fault: Fault): readonly string[] =>
  [...smallest].filter(([kind]) => kind.startsWith(fault)).map(([kind, { told }]) => `${kind}\n${told}`);

export const tallyOf = (terms: Terms, counts: Tally["counts"] = "faults"): Tally => ({
  terms,
  counts,
  questions: 0,
  unsafe: 0,
  safe: { ready: 0, blocked: 0, unknown: 0 },
  blockedBy: new Map(),
  untested: 0,
  faults: { "false-ready": 0, "no-warning": 0, "early-date": 0 },
  smallest: new Map(),
});

export function count(tally: Tally, entry: Entry): void {
  const verdict = verdictOn(entry.question, tally.terms);
  const broken = entry.refusals.filter(({ sender }) => tally.terms.promised.includes(sender));
  tally.questions += 1;
  if (broken.length > 0) tally.unsafe += 1;
  else tally.safe[verdict.verdict] += 1;
  if (broken.length === 0 && verdict.verdict === "blocked") add(tally.blockedBy, errorsOf(verdict).join(" + "));
  if (verdict.verdict !== "ready") return;
  if (tally.counts === "all" && broken.length === 0 && blockedUntested(entry, tally)) tally.untested += 1;
  if (broken.length > 0) note(tally, "false-ready", entry, broken);
  else if (entry.refusals.length > 0) countWarned(tally, entry, warnedUntil(verdict));
}

function countWarned(tally: Tally, entry: Entry, until: number | undefined): void {
  const later = entry.refusals.filter(({ last }) => until === undefined || until <= Date.parse(timeOf(last)));
  if (later.length > 0) note(tally, until === undefined ? "no-warning" : "early-date", entry, later);
}

const blockedUntested = ({ question }: Entry, { terms }: Tally): boolean =>
  verdictOn(question, terms, []).verdict === "blocked";

const add = (counts: Map<string, number>, key: string): void => void counts.set(key, (counts.get(key) ?? 0) + 1);

function note(tally: Tally, fault: Fault, entry: Entry, refusals: readonly Refusal[]): void {
  tally.faults[fault] += 1;
  const last = entry.question.past.at(-1)?.at ?? 0;
  const when = JSON.stringify(entry.question.live) === JSON.stringify(baseOf(entry)) ? "" : ", base not yet live";
  const key = `${fault}: ${refusals
    .map(({ sender }) => sender)
    .sort()
    .join(" ")}${when}${last === 0 ? ", base of this hour" : ""}`;
  const { length } = JSON.stringify(entry.question);
  if (length >= (tally.smallest.get(key)?.length ?? Number.POSITIVE_INFINITY)) return;
  tally.smallest.set(key, { length, told: story(entry.question, refusals[0] as Refusal) });
}

function baseOf({ question: { past } }: Entry) {
  const { body, id, mx } = past.at(-1) ?? { body: null, id: null, mx: "a" };
  return { body, id, mx };
}

const failed = (outcome: RuleOutcome, level: string) =>
  outcome.kind === "failed" ? outcome.findings.filter((finding) => finding.level === level) : [];

export const errorsOf = ({ rules }: DomainVerdict): readonly string[] =>
  rules.filter((outcome) => failed(outcome, "error").length > 0).map(({ rule }) => rule);

/** The latest date of a warning of a `rollout-` rule, in milliseconds. */
function warnedUntil({ rules }: DomainVerdict): number | undefined {
  const dates = rules
    .filter(({ rule }) => rule.startsWith("rollout-"))
    .flatMap((outcome) => failed(outcome, "warning"))
    .flatMap(({ facts: { until } }) => (typeof until === "string" ? [Date.parse(until)] : []));
  return dates.length > 0 ? Math.max(...dates) : undefined;
}

/** The figures, and the rules that block what was safe, as a table in Markdown. */
export function tableOf({ terms, counts, questions, unsafe, safe, blockedBy, untested, faults }: Tally): string {
  const total = safe.ready + safe.blocked + safe.unknown;
  const share = (part: number, whole: number): string => `${((100 * part) / Math.max(1, whole)).toFixed(1)} %`;
  const lines = [
    `| ${terms.name} | changes | share |`,
    "| --- | ---: | ---: |",
    `| judged | ${questions} | |`,
    `| unsafe, by the brute force | ${unsafe} | ${share(unsafe, questions)} |`,
    `| unsafe and ready (false ready) | ${faults["false-ready"]} | |`,
    `| ready, refused by others, no dated warning | ${faults["no-warning"]} | |`,
    `| ready, refused by others for longer than the warning says | ${faults["early-date"]} | |`,
    `| safe | ${total} | ${share(total, questions)} |`,
    `| safe and ready | ${safe.ready} | ${share(safe.ready, total)} of safe |`,
    ...(counts === "faults"
      ? []
      : [`| … blocked on purpose where ${UNTESTED} is on | ${untested} | ${share(untested, total)} of safe |`]),
    `| safe and unknown | ${safe.unknown} | ${share(safe.unknown, total)} of safe |`,
    `| safe and blocked | ${safe.blocked} | ${share(safe.blocked, total)} of safe |`,
    ...[...blockedBy]
      .sort(([, one], [, other]) => other - one)
      .map(([rules, times]) => `| … by ${rules} | ${times} | ${share(times, total)} of safe |`),
  ];
  return `${lines.join("\n")}\n`;
}
