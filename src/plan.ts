import type { Location } from "./location.ts";
import type { DomainName } from "./protocol/domain-name.ts";
import type { Fix } from "./verdict.ts";

/** What an operator wants to come to (`plan DOMAIN INTENT`). */
export type Intent =
  | { readonly kind: "testing" | "enforce" | "retire" | "emergency" }
  | { readonly kind: "add-mx" | "remove-mx" | "move-policy-host"; readonly host: DomainName }
  | { readonly kind: "rename-mx"; readonly from: DomainName; readonly to: DomainName }
  | { readonly kind: "replace-provider"; readonly hosts: readonly DomainName[] }
  /** Seconds. */
  | { readonly kind: "max-age"; readonly seconds: number };

/** The edits that lead there, in an order in which no sender refuses mail, with the dates of each. JSON. */
export interface Plan {
  readonly policyDomain: DomainName;
  readonly intent: Intent["kind"];
  /** ISO 8601: when the state was seen that the plan starts from. */
  readonly asOf: string;
  readonly steps: readonly PlanStep[];
  /** When the plan is over, or why there is nothing to plan. One sentence. */
  readonly end: string;
  /** What the plan rests on, and what was not seen. One sentence each. */
  readonly notes: readonly string[];
}

export interface PlanStep {
  /** From 1. */
  readonly number: number;
  /** Imperative, without a full stop. */
  readonly title: string;
  /** `done`: the state has it already. `next`: the first that is not done. */
  readonly state: "done" | "next" | "later";
  readonly edits: readonly PlanEdit[];
  /**
   * ISO 8601: not before, for senders that compare ids and whose lookups succeed; as if each step before it were merged on its own
   * earliest date. `null`: waiting alone does not lead there, or the step is done.
   */
  readonly from: string | null;
  /** The same for every sender. */
  readonly all: string | null;
  /** What the dates wait for; empty: nothing. One sentence. */
  readonly waits: string;
  /** What makes going on unsafe: "stop if …". */
  readonly stops: readonly string[];
  /** What the gate would block this step for, whatever the date. One sentence each. */
  readonly blockedBy: readonly string[];
  /** What was not seen and must be before this step. One sentence each. */
  readonly unseen: readonly string[];
}

export type PlanEdit =
  /** A line of a file of the repository, as it will be when the steps before are merged. */
  | { readonly kind: "patch"; readonly fix: Fix }
  /** A whole file; `null`: delete it. */
  | { readonly kind: "file"; readonly path: string; readonly text: string | null }
  /** In zone-file syntax. `place`: where the repository says it. */
  | {
      readonly kind: "record";
      readonly action: "add" | "remove" | "replace";
      readonly record: string;
      readonly place: Location | null;
    }
  /** Something that no file says. One sentence. */
  | { readonly kind: "task"; readonly text: string };

/** A change that is a step of a plan, and what comes after it. Dates are ISO 8601. */
export interface NextStep {
  readonly step: number;
  readonly of: number;
  readonly title: string;
  /** One sentence: which step this is, and the next one with its dates. */
  readonly next: string;
  /** The next step's date for senders that compare ids; `null`: there is no next step, or waiting alone does not lead there. */
  readonly from: string | null;
  /** The same for every sender. */
  readonly all: string | null;
}
