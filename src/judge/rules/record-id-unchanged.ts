import { cite } from "../../citation.ts";
import type { Finding, Missing } from "../../verdict.ts";
import { olderBody } from "../content-id.ts";
import { idFix } from "../id-fix.ts";
import { type Inspection, policyChanges, servesAnother } from "../inspection.ts";
import { recordPlace } from "../locate.ts";
import { missing, whyUnseen } from "../missing.ts";
import { otherMeanings } from "../past.ts";
import { policyIn } from "../policy-view.ts";
import { idIn } from "../record-view.ts";
import { type Answer, defineRule } from "../rule.ts";

export const recordIdUnchanged = defineRule({
  id: "record-id-unchanged",
  title: "The policy changes and the id of the record does not",
  cites: [cite("RFC 8461", "3.1"), cite("RFC 8461", "8.1")],
  inVerify: "error",
  applies: ({ policy, record, proposal }) =>
    policyIn(policy.proposed) !== undefined &&
    (record.said ? idIn(record.proposed) !== undefined : proposal.external === true),
  check: (inspection) => {
    if (!inspection.record.said) return external(inspection);
    const { record } = inspection;
    const id = idIn(record.proposed) ?? "";
    if (policyChanges(inspection) && id === idIn(record.base))
      return { findings: [unchanged(inspection, id, { than: "base" })] };

    const touches = inspection.proposal.touched.some((subject) => subject === "policy" || subject === "record");
    const { kept } = otherMeanings(inspection);
    // Senders may hold what was live under the id; what the base branch said for a while may never have been.
    const live = kept.find(({ seen }) => seen);
    if (live && touches) return { findings: [unchanged(inspection, id, { than: "seen", since: live.at })] };
    const unseen = whatIsUnseen(inspection, id);
    if (unseen.length > 0) return { missing: unseen, needed: touches };
    if (idIn(record.deployed) === id && servesAnother(inspection))
      return { findings: [unchanged(inspection, id, { than: touches ? "deployed" : "untouched" })] };
    // The id was not changed when the policy was, in an earlier change.
    const earlier = live ?? kept[0];
    return earlier ? { findings: [unchanged(inspection, id, { than: "untouched", since: earlier.at })] } : {};
  },
});

/** `record: external`: the live id hashes a body that is no longer served, so senders were not told of what is. */
function external(inspection: Inspection): Answer {
  const since = olderBody(inspection);
  const id = idIn(inspection.record.deployed);
  if (since === undefined || id === undefined) return {};
  const message = `The live id ${id} is the hash of the policy of ${since.slice(0, 10)} and not of the one that is served; senders that hold that one compare ids and will not fetch the new one.`;
  return {
    findings: [{ level: "warning", message, location: recordPlace(inspection), facts: { id, since }, alreadySo: true }],
  };
}

interface Unchanged {
  readonly than: "base" | "deployed" | "seen" | "untouched";
  /** ISO 8601: when the id last named another policy, by the history or by what an earlier run saw. */
  readonly since?: string;
}

function unchanged(inspection: Inspection, id: string, { than, since }: Unchanged): Finding {
  const what = since
    ? `The id ${id} has stayed since ${since.slice(0, 10)}, when the policy meant something else`
    : than === "base"
      ? `The policy changes and the id stays ${id}`
      : `The id ${id} is live and names a policy that means something else`;
  return {
    level: than === "untouched" ? "warning" : "error",
    message: `${what}; senders that hold the old policy compare ids and will not fetch the new one.`,
    location: recordPlace(inspection),
    related: inspection.policy.proposed.kind === "valid" ? [inspection.policy.proposed.place] : [],
    facts: { id },
    ...(than === "untouched" && { alreadySo: true as const }),
    ...idFix(inspection),
  };
}

/** The second half of the rule compares with what is deployed: the id first, and the body only where the ids agree. */
function whatIsUnseen({ record, policy, policyDomain }: Inspection, id: string): Missing[] {
  if (record.deployed.kind === "unknown") {
    const message = `Whether the id ${id} is live already was not seen (${whyUnseen(record.deployed.because)}).`;
    return [missing("stsRecord", `_mta-sts.${policyDomain}`, message)];
  }
  if (idIn(record.deployed) === id && policy.deployed.kind === "unknown") {
    const message = `The id ${id} is live, and the policy it names was not seen (${whyUnseen(policy.deployed.because)}).`;
    return [missing("policyFetch", `mta-sts.${policyDomain}`, message)];
  }
  return [];
}
