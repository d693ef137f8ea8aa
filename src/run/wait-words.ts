import { inWords } from "../judge/duration.ts";
import type { Proposal } from "../proposal.ts";
import type { Waited } from "./deploy-wait.ts";

const MOST_NAMES = 5;

const seconds = (ms: number): string => inWords(Math.max(1, Math.round(ms / 1_000)));
const named = (domains: readonly string[]): string => {
  const more = domains.length > MOST_NAMES ? ` and ${domains.length - MOST_NAMES} more` : "";
  return `${domains.slice(0, MOST_NAMES).join(", ")}${more}`;
};

export function waitingLine(longest: number, proposals: readonly Proposal[]): string {
  const domains = named(proposals.map(({ policyDomain }) => policyDomain));
  return `Waiting up to ${seconds(longest)} until what is deployed is what the repository says: ${domains}.`;
}

/** For the report: one sentence. */
export function waitedNote({ took, looks, pending }: Waited, all: number): string {
  const came = pending.length === 0 ? "everything had arrived" : `this had not arrived: ${named(pending)}`;
  const looked = `${looks} ${looks === 1 ? "look" : "looks"} at ${all} ${all === 1 ? "domain" : "domains"}`;
  return `After ${seconds(took)} of waiting for the deploy, with ${looked}, ${came}.`;
}
