import { fixDiff } from "../fix.ts";
import type { Plan, PlanEdit, PlanStep } from "../plan.ts";
import { inertLog, type LogText, log } from "./inert.ts";
import { placeOf } from "./place.ts";

/** A plan for a terminal or a log. */
export function planText(plan: Plan): string {
  const { policyDomain, intent, asOf, steps, end, notes } = plan;
  const lines = [
    log`${inertLog(policyDomain)}: plan ${inertLog(intent)}, as of ${inertLog(asOf)}`,
    ...steps.flatMap(stepLines),
    inertLog(end),
    ...notes.map((note) => log`note: ${inertLog(note)}`),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function stepLines(step: PlanStep): readonly LogText[] {
  const { number, title, state, edits, waits, stops, blockedBy, unseen } = step;
  const head = log`${number}. ${inertLog(title)}`;
  if (state === "done") return [log`${head}: done`];
  return [
    state === "next" ? log`${head}: next` : head,
    ...whenWords(step).map((when) => log`   ${inertLog(when)}`),
    ...(waits === "" ? [] : [log`   waits: ${inertLog(waits)}`]),
    ...edits.flatMap(editLines),
    ...blockedBy.map((why) => log`   blocked by: ${inertLog(why)}`),
    ...unseen.map((what) => log`   not seen: ${inertLog(what)}`),
    ...stops.map((stop) => log`   stop if ${inertLog(stop)}`),
  ];
}

/** When a step may be merged, one line where the date is the same for everyone. */
export function whenWords({ from, all, state }: PlanStep): readonly string[] {
  const after = state === "later" ? ", if each step before is merged on its first date" : "";
  if (from === all) return [from === null ? NEVER : `not before ${from}${after}`];
  return [
    from === null ? NEVER : `not before ${from} for senders that compare ids${after}`,
    all === null ? "for all senders, no waiting leads to this step" : `not before ${all} for all senders${after}`,
  ];
}

const NEVER = "no waiting leads to this step: see what it is blocked by";

function editLines(edit: PlanEdit): readonly LogText[] {
  switch (edit.kind) {
    case "task":
      return [log`   do: ${inertLog(edit.text)}`];
    case "record": {
      const place = edit.place === null ? log`` : log` (${inertLog(placeOf(edit.place))})`;
      return [log`   ${inertLog(RECORD_WORDS[edit.action])}${place}: ${inertLog(edit.record)}`];
    }
    case "file":
      if (edit.text === null) return [log`   delete ${inertLog(edit.path)}`];
      return [log`   write ${inertLog(edit.path)}:`, ...plainLines(edit.text)];
    case "patch":
      return [
        log`   edit ${inertLog(edit.fix.path)}:${edit.fix.span.startLine}`,
        ...plainLines(fixDiff(edit.fix) ?? edit.fix.text),
      ];
  }
}

const plainLines = (text: string): readonly LogText[] =>
  text
    .replace(/\r?\n$/, "")
    .split(/\r?\n/)
    .map((line) => log`     ${inertLog(line)}`);

export const RECORD_WORDS: Readonly<Record<Extract<PlanEdit, { kind: "record" }>["action"], string>> = {
  add: "add this record",
  remove: "remove this record",
  replace: "put this record in the place of the one that is there",
};
