import { fixedText } from "../../../src/fix.ts";
import { planFor } from "../../../src/judge/plan/plan.ts";
import type { Intent, Plan, PlanEdit, PlanStep } from "../../../src/plan.ts";
import { caseOf, policyText, type Scene, type ScenePast, type SceneSide } from "../scene.ts";

/** What a repository that says everything holds; `null`: the file, or the record, is not there. */
export interface Holding {
  /** The text of the policy file. */
  readonly policy: string | null;
  readonly id: string | null;
  readonly mx: readonly string[];
  readonly policyHost?: string;
}

export interface Told {
  readonly at: string;
  readonly holds: Holding;
}

const full = (host: string): string => (host.includes(".") ? host : `${host}.example.com`);

export const holding = (policy: string | null, id: string | null, ...mx: readonly string[]): Holding => ({
  policy: policy === null ? null : policyText(policy),
  id,
  mx: mx.map(full),
});

const sideOf = ({ policy, id, mx, policyHost }: Holding): SceneSide => ({
  policy,
  ...(id === null ? { records: [] } : { id }),
  mx,
  ...(policyHost !== undefined && { policyHostAlias: policyHost }),
});

const pastOf = ({ at, holds: { policy, id, mx } }: Told): ScenePast => ({ at, policy, id, ttl: 3600, mx, mxTtl: 3600 });

/** The scene in which `to` is proposed at `at`; `past` is newest first, and its first is what is said and live. */
export function sceneOf(past: readonly Told[], to: Holding, at: string, more: Partial<Scene> = {}): Scene {
  const [now] = past;
  if (!now) throw new Error("nothing is said");
  const { policy, id, mx } = now.holds;
  return {
    at,
    base: sideOf(now.holds),
    proposed: sideOf(to),
    live: {
      policy: policy ?? "none",
      ...(id === null ? { records: "none" as const } : { id }),
      mx: mx.length > 0 ? mx : "none",
    },
    baseSince: now.at,
    history: past.map(pastOf),
    ...more,
  };
}

export const planOf = (past: readonly Told[], intent: Intent, at: string, more: Partial<Scene> = {}): Plan =>
  planFor(caseOf(sceneOf(past, past[0]?.holds ?? holding(null, null), at, more)), intent);

/** What a repository holds once somebody has done what the step says. */
export function follow(holds: Holding, { edits }: PlanStep): Holding {
  return edits.reduce(edited, holds);
}

function edited(holds: Holding, edit: PlanEdit): Holding {
  if (edit.kind === "file") return { ...holds, policy: edit.text };
  if (edit.kind === "patch") return { ...holds, policy: fixedText(holds.policy ?? "", [edit.fix]) };
  if (edit.kind === "task") return holds;
  const { action, record } = edit;
  const id = /^_mta-sts\.\S+ (?:[0-9]+ )?IN TXT "v=STSv1; id=(\w+)"$/.exec(record)?.[1];
  if (id !== undefined) return action === "remove" ? { ...holds, id: null } : { ...holds, id };
  const alias = /^mta-sts\.\S+ IN CNAME (\S+)\.$/.exec(record)?.[1];
  if (alias !== undefined) return { ...holds, policyHost: alias };
  const host = / IN MX [0-9]+ (\S+)\.$/.exec(record)?.[1];
  if (host === undefined) return holds;
  const others = holds.mx.filter((one) => one !== host);
  return { ...holds, mx: action === "remove" ? others : [...others, host] };
}
