import { type Case, inspect } from "./inspection.ts";
import { deployedDrift } from "./rules/deployed-drift.ts";
import { fetchAddressesDiffer } from "./rules/fetch-addresses-differ.ts";
import { fetchFailed } from "./rules/fetch-failed.ts";
import { fetchInvalid } from "./rules/fetch-invalid.ts";
import { fetchRedirected } from "./rules/fetch-redirected.ts";
import { fetchUntrusted } from "./rules/fetch-untrusted.ts";
import { recordIdUnchanged } from "./rules/record-id-unchanged.ts";
import { recordServersDiffer } from "./rules/record-servers-differ.ts";
import { waive } from "./waiver.ts";

/** What a deploy settles. What MX hosts show is no part of it. */
const OF_A_DEPLOY = [
  deployedDrift,
  fetchAddressesDiffer,
  fetchFailed,
  fetchInvalid,
  fetchRedirected,
  fetchUntrusted,
  recordIdUnchanged,
  recordServersDiffer,
];

/** Whether what the repository says is live everywhere: on every address, and in every answer that was asked for. */
export function hasArrived(given: Omit<Case, "mode">): boolean {
  const inspection = inspect({ ...given, mode: "verify" });
  const { policyDomain, asOf, settings } = inspection;
  const outcomes = OF_A_DEPLOY.map((rule) => waive(rule.judge(inspection), { policyDomain, asOf, settings }));
  return outcomes.every((outcome) => outcome.kind !== "failed" && !(outcome.kind === "unknown" && outcome.needed));
}
