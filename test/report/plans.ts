import type { Plan, PlanStep } from "../../src/plan.ts";
import type { DomainName } from "../../src/protocol/domain-name.ts";

const SPAN = { startLine: 2, startColumn: 1, endLine: 2, endColumn: 14 };

/** A plan in which every text that may come from outside is `text`. */
export function planWith(text: string): Plan {
  const step: PlanStep = {
    number: 2,
    title: `Add ${text}`,
    state: "next",
    edits: [
      { kind: "task", text: `Let ${text} serve it.` },
      { kind: "patch", fix: { path: text, span: SPAN, text: `mode: ${text}`, lines: "mode: testing" } },
      { kind: "file", path: text, text: `version: STSv1\n${text}\n` },
      { kind: "file", path: text, text: null },
      { kind: "record", action: "add", record: `${text} IN MX 10 ${text}.`, place: null },
      {
        kind: "record",
        action: "remove",
        record: `${text} IN MX 10 ${text}.`,
        place: { kind: "file", path: text, span: SPAN },
      },
    ],
    from: "2026-11-25T13:00:00Z",
    all: "2026-12-02T13:00:00Z",
    waits: `Senders must have given up ${text}.`,
    stops: [`${text} still answers`],
    blockedBy: [`MX host ${text} is refused.`],
    unseen: [`${text} was not seen.`],
  };
  const done: PlanStep = { ...step, number: 1, state: "done", edits: [], from: null, all: null };
  const never: PlanStep = {
    ...step,
    number: 3,
    state: "later",
    edits: [],
    from: null,
    all: null,
    waits: "",
    stops: [],
  };
  return {
    policyDomain: "example.com" as DomainName,
    intent: "add-mx",
    asOf: "2026-11-24T12:00:00Z",
    steps: [done, step, never],
    end: `The plan is over when ${text} is gone.`,
    notes: [`The history is not complete (${text}).`],
  };
}
