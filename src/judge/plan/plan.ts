import type { Intent, Plan, PlanStep } from "../../plan.ts";
import type { Finding } from "../../verdict.ts";
import { type Case, inspect } from "../inspection.ts";
import { rolloutTerms } from "../rollout-terms.ts";
import { editsOf } from "./edits.ts";
import { emergency, movePolicyHost } from "./host-courses.ts";
import { changeMaxAge, enforce, retire, startTesting } from "./mode-courses.ts";
import { addMx, removeMx, renameMx, replaceProvider } from "./mx-courses.ts";
import { planNotes } from "./notes.ts";
import { postureOf } from "./posture.ts";
import { firstExpiry } from "./renewed.ts";
import { dateOf, type Scheduled, schedule, standing } from "./schedule.ts";
import type { Course, Terrain } from "./stage.ts";
import { type SaidHere, startOf } from "./world.ts";

/**
 * The steps from what is (base and proposed of `given` are one revision) to what is intended, each on the first date on which the
 * gate would let it pass. Pure, as {@link judge} is.
 */
export function planFor(given: Case, intent: Intent): Plan {
  const { policyDomain } = given.proposal;
  const head = { policyDomain, intent: intent.kind, asOf: given.asOf } as const;
  const start = startOf(given);
  if (typeof start === "string") return { ...head, steps: [], end: start, notes: [] };
  const { world, said } = start;
  const terrain = { policyDomain, start: postureOf(world), inspection: inspect(world) };
  const course = courseOf(terrain, intent);
  const [fast, all] = (["id-checking", "all"] as const).map((senders) => schedule(world, course.stages, senders));
  const shown = rolloutTerms(world.settings).senders === "all" ? all : fast;
  const steps = (shown ?? []).map((one, index) =>
    stepOf(one, { index, said, first: firstOf(shown ?? []), fast: fast?.[index], all: all?.[index] }),
  );
  return {
    ...head,
    steps,
    end: course.end,
    notes: [...(course.notes ?? []), ...planNotes(terrain, { said, expiry: firstExpiry(given.evidence, given.asOf) })],
  };
}

function courseOf(terrain: Terrain, intent: Intent): Course {
  switch (intent.kind) {
    case "testing":
      return startTesting(terrain);
    case "enforce":
      return enforce(terrain);
    case "add-mx":
      return addMx(terrain, intent.host);
    case "remove-mx":
      return removeMx(terrain, intent.host);
    case "rename-mx":
      return renameMx(terrain, intent.from, intent.to);
    case "replace-provider":
      return replaceProvider(terrain, intent.hosts);
    case "max-age":
      return changeMaxAge(terrain, intent.seconds);
    case "move-policy-host":
      return movePolicyHost(terrain, intent.host);
    case "retire":
      return retire(terrain);
    case "emergency":
      return emergency(terrain);
  }
}

const firstOf = (scheduled: readonly Scheduled[]): number => scheduled.findIndex(({ kind }) => kind === "pending");

interface Dates {
  readonly index: number;
  readonly said: SaidHere;
  /** The index of the first step that is not done. */
  readonly first: number;
  readonly fast: Scheduled | undefined;
  readonly all: Scheduled | undefined;
}

function stepOf(scheduled: Scheduled, { index, said, first, fast, all }: Dates): PlanStep {
  const { stage } = scheduled;
  const step = { number: index + 1, title: stage.title };
  const none = { edits: [], from: null, all: null, waits: "", stops: [], blockedBy: [], unseen: [] };
  if (scheduled.kind === "done") return { ...step, state: "done", ...none };
  const { change, verdict } = scheduled;
  const missing = verdict.rules.flatMap((outcome) =>
    outcome.kind === "unknown" && outcome.needed ? outcome.missing.map(({ message }) => message) : [],
  );
  return {
    ...step,
    state: index === first ? "next" : "later",
    edits: [
      ...(stage.tasks ?? []).map((text) => ({ kind: "task", text }) as const),
      ...(stage.edits ?? []),
      ...editsOf(change, said),
    ],
    from: whenOf(fast),
    all: whenOf(all),
    waits: stage.waits,
    stops: stage.stops,
    blockedBy: distinct(
      standing(verdict)
        .filter(isError)
        .map(({ message }) => message),
    ),
    unseen: distinct(missing),
  };
}

const isError = ({ level }: Finding): boolean => level === "error";
const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

function whenOf(scheduled: Scheduled | undefined): string | null {
  return scheduled?.kind === "pending" && scheduled.at !== null ? dateOf(scheduled.at) : null;
}
