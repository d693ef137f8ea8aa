import type { RolloutConfig } from "../../config.ts";
import { NO_ROLLOUT } from "../../config.ts";
import type { DomainVerdict, Finding } from "../../verdict.ts";
import { instant } from "../held-policy.ts";
import type { Case } from "../inspection.ts";
import { judge } from "../judge.ts";
import { rolloutTerms } from "../rollout-terms.ts";
import { arrived, merged } from "./arrived.ts";
import { changeTo } from "./change-to.ts";
import { postureOf, samePosture } from "./posture.ts";
import type { Stage } from "./stage.ts";

/** Whom the dates are for. */
export type Audience = NonNullable<RolloutConfig["senders"]>;

/** One stage on its earliest date, as if each before it were merged on its own. */
export type Scheduled =
  | { readonly kind: "done"; readonly stage: Stage }
  | {
      readonly kind: "pending";
      readonly stage: Stage;
      readonly change: Case;
      /** Milliseconds since 1970; `null`: waiting alone does not lead there. */
      readonly at: number | null;
      readonly verdict: DomainVerdict;
    };

/** Each stage with the first date on which the gate lets it pass. A plan cannot disagree with the gate: it asks it. */
export function schedule(start: Case, stages: readonly Stage[], senders: Audience): readonly Scheduled[] {
  const begun = forAudience(start, senders);
  let last: Case | undefined;
  let steps = 0;
  return stages.map((stage): Scheduled => {
    const world = last ? (stage.atOnce ? merged : arrived)(last) : begun;
    const posture = postureOf(world);
    const done = stage.isDone ?? ((now) => samePosture(stage.apply(now), now));
    if (done(posture)) return { kind: "done", stage };
    const begin = earliest(world, stage, steps);
    const found = passing((at) => changeTo(world, stage.apply(posture), at), begin, senders);
    last = found.change;
    steps += 1;
    return { kind: "pending", stage, ...found };
  });
}

/** A waiver lets a change pass and makes no sender forget. */
function forAudience(given: Case, senders: Audience): Case {
  const { settings } = given;
  const rollout = { ...NO_ROLLOUT, ...settings.rollout, senders };
  const off = settings.off.filter((rule) => !isRollout(rule));
  const waivers = settings.waivers.filter(({ rule }) => !isRollout(rule));
  // To the second, as dates are told.
  const asOf = dateOf(Date.parse(given.asOf));
  return { ...given, asOf, settings: { ...settings, rollout, off, waivers } };
}

const isRollout = (rule: string): boolean => rule.startsWith("rollout-");

function earliest({ asOf, proposal, settings }: Case, { rest }: Stage, steps: number): number {
  const now = Date.parse(asOf);
  if (!rest) return now;
  if ("until" in rest) return Math.max(now, rest.until);
  // A world is dated from when the step before has arrived.
  if (steps > 0 || rest.since === "step") return now + rest.ms;
  const { baseSince } = proposal;
  return baseSince.kind === "since" ? Math.max(now, arrival(baseSince.at, settings) + rest.ms) : now + rest.ms;
}

const arrival = (at: string, settings: Case["settings"]): number => Date.parse(at) + rolloutTerms(settings).lag;

/** As often as clocks may hang on each other; where they still do not end, waiting is not what ends them. */
const ROUNDS = 8;

type Passing = Omit<Extract<Scheduled, { kind: "pending" }>, "kind" | "stage">;

function passing(changeAt: (at: number) => Case, begin: number, senders: Audience): Passing {
  let at = begin;
  for (let round = 0; ; round += 1) {
    const change = changeAt(at);
    const verdict = judge(change);
    const next = waitOf(verdict, at, senders);
    if (next === undefined) return { change, at, verdict };
    if (round === ROUNDS) return { change: changeAt(begin), at: null, verdict };
    at = next;
  }
}

/** What a verdict finds, and no waiver lets pass. */
export function standing({ rules }: DomainVerdict): readonly Finding[] {
  return rules.flatMap((outcome) =>
    outcome.kind === "failed" || outcome.kind === "unknown" ? (outcome.findings ?? []) : [],
  );
}

const SECOND = 1000; // milliseconds

/** Until when the verdict says to wait; undefined: not, or not for that. */
function waitOf(verdict: DomainVerdict, at: number, senders: Audience): number | undefined {
  const counts = ({ level, alreadySo }: Finding): boolean =>
    level === "error" || (senders === "all" && level === "warning" && alreadySo !== true);
  const dates = standing(verdict)
    .filter(counts)
    .flatMap(({ facts: { until } }) => (typeof until === "string" ? [Date.parse(until)] : []))
    // A finding tells its date to the second, and may still stand then.
    .filter((date) => date > at - SECOND)
    .map((date) => Math.max(date, at + SECOND));
  return dates.length === 0 ? undefined : Math.max(...dates);
}

/** ISO 8601, to the second, never earlier than the clock: what is rounded down would be too early. */
export const dateOf = (at: number): string => instant(Math.ceil(at / 1000) * 1000);
