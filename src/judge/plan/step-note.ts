import type { NextStep } from "../../plan.ts";
import type { Dates } from "./step-dates.ts";

/** One step, in words. */
export interface Told {
  /** What this step does, in the middle of a sentence. */
  readonly what: string;
  /** What may come next, in the middle of a sentence; left out: nothing. */
  readonly next?: string;
  readonly dates?: Dates;
}

export function told(step: number, of: number, plan: string, { what, next, dates }: Told): NextStep {
  const { from, all } = dates ?? { from: null, all: null };
  const head = `This is step ${step} of ${of} of ${plan}: ${what}`;
  const after = next === undefined ? "; no step is left" : `; ${next} ${datesIn({ from, all })}`;
  return { step, of, title: plan, next: `${head}${after}.`, from, all };
}

function datesIn({ from, all }: Dates): string {
  if (from === null) return "once the id has changed, since waiting alone does not make senders fetch";
  if (from === all) return `after ${from}`;
  const end = all === null ? "never for those that do not" : `after ${all} for all`;
  return `after ${from} for senders that compare ids, ${end}`;
}
