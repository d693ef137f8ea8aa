import { fixDiff } from "../fix.ts";
import type { Plan, PlanEdit, PlanStep } from "../plan.ts";
import { code, fenced, inertMarkdown, joined, type Markdown, markdown, sentence } from "./inert.ts";
import { placeOf } from "./place.ts";
import { RECORD_WORDS, whenWords } from "./plan-text.ts";

/** A plan as a page: one section a step. */
export function planMarkdown({ policyDomain, intent, asOf, steps, end, notes }: Plan): string {
  const parts = [
    markdown`## Plan for ${code(policyDomain)}: ${inertMarkdown(intent)}`,
    markdown`As of ${code(asOf)}.`,
    ...steps.flatMap(stepParts),
    markdown`**When it is over**\n\n${sentence(end)}`,
    ...(notes.length === 0 ? [] : [markdown`**Notes**\n\n${list(notes.map((note) => sentence(note)))}`]),
  ];
  return `${joined(parts, "\n\n")}\n`;
}

const STATE_WORDS: Readonly<Record<PlanStep["state"], Markdown>> = {
  done: markdown`✅ Done`,
  next: markdown`➡️ Next`,
  later: markdown`⏳ Later`,
};

function stepParts(step: PlanStep): readonly Markdown[] {
  const { number, title, state, edits, waits, stops, blockedBy, unseen } = step;
  const head = markdown`### ${number}. ${inertMarkdown(title)}\n\n${STATE_WORDS[state]}`;
  if (state === "done") return [head];
  const told = [
    ...whenWords(step).map((when) => sentence(when)),
    ...(waits === "" ? [] : [markdown`Waits: ${sentence(waits)}`]),
    ...blockedBy.map((why) => markdown`**Blocked by:** ${sentence(why)}`),
    ...unseen.map((what) => markdown`**Not seen:** ${sentence(what)}`),
  ];
  return [
    head,
    list(told),
    ...edits.map(editPart),
    ...(stops.length === 0 ? [] : [markdown`Stop if\n\n${list(stops.map((stop) => sentence(stop)))}`]),
  ];
}

function editPart(edit: PlanEdit): Markdown {
  switch (edit.kind) {
    case "task":
      return sentence(edit.text);
    case "record": {
      const place = edit.place === null ? markdown`` : markdown` (${code(placeOf(edit.place))})`;
      return markdown`${inertMarkdown(RECORD_WORDS[edit.action])}${place}:\n\n${fenced(edit.record, "dns")}`;
    }
    case "file":
      return edit.text === null
        ? markdown`Delete ${code(edit.path)}.`
        : markdown`Write ${code(edit.path)}:\n\n${fenced(edit.text.replace(/\r?\n$/, ""))}`;
    case "patch": {
      const { path, span, text } = edit.fix;
      return markdown`Edit ${code(path)}, line ${span.startLine}:\n\n${fenced(fixDiff(edit.fix) ?? text, "diff")}`;
    }
  }
}

const list = (items: readonly Markdown[]): Markdown =>
  joined(
    items.map((item) => markdown`- ${item}`),
    "\n",
  );
