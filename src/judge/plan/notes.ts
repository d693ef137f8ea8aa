import { inWords } from "../duration.ts";
import { knownMxTtl, knownTtl } from "../time-to-live.ts";
import type { Terrain } from "./stage.ts";
import type { SaidHere } from "./world.ts";

interface Premises {
  readonly said: SaidHere;
  /** ISO 8601: when the first certificate that was seen runs out. */
  readonly expiry: string | undefined;
}

/** What the dates of a plan rest on. One sentence each. */
export function planNotes({ inspection, policyDomain }: Terrain, { said, expiry }: Premises): readonly string[] {
  const { terms, proposal, policy, record, held } = inspection;
  const elsewhere = [
    ...(said.policy ? [] : ["the policy"]),
    ...(said.record ? [] : ["the _mta-sts record"]),
    ...(said.mx ? [] : ["the MX records"]),
  ];
  const { complete, why } = proposal.history;
  const unseen = [policy.deployed.kind, record.deployed.kind].includes("unknown");
  return [
    "Make the plan again after each step: it rests on what is said and seen now.",
    `A deploy is taken to need up to ${inWords(terms.lag / 1000)}, and resolvers to keep the record ${inWords(knownTtl(inspection))} and the MX records ${inWords(knownMxTtl(inspection))}.`,
    `Senders may hold ${held.length === 0 ? "no enforce policy" : held.length === 1 ? "one enforce policy" : `${held.length} enforce policies`} of ${policyDomain} now.`,
    ...(expiry === undefined
      ? []
      : [`Certificates are taken to be renewed in time; the first that was seen runs out at ${expiry}.`]),
    ...(elsewhere.length > 0
      ? [
          `The repository does not say ${elsewhere.join(" and ")}; the plan starts from what is deployed, and the edits are for where that is kept.`,
        ]
      : []),
    ...(complete
      ? []
      : [
          `The history is not complete (${why ?? "it was not read"}); an older enforce policy may be held longer than these dates say.`,
        ]),
    ...(unseen ? ["What is deployed was not seen; the plan starts from what the repository says."] : []),
  ];
}
