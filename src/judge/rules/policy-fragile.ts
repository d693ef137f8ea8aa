import { cite } from "../../citation.ts";
import { bytesOf } from "../../protocol/octets.ts";
import type { Finding } from "../../verdict.ts";
import type { Inspection } from "../inspection.ts";
import { type PolicyRemark, policyRemarks } from "../policy-remarks.ts";
import { servesPolicy } from "../policy-view.ts";
import { defineRule } from "../rule.ts";
import { listed } from "../sender-difference.ts";
import { senders } from "../senders.ts";

export const policyFragile = defineRule({
  id: "policy-fragile",
  title: "The policy is valid, and named senders read something else in it",
  cites: [cite("RFC 8461", "3.2")],
  applies: ({ policy }) => policy.proposed.kind === "valid",
  check: (inspection) => {
    const bytes = proposedBytes(inspection);
    if (!bytes) return {};
    const remarks = policyRemarks(bytes);
    const before = remarks.length > 0 ? remarksBefore(inspection) : undefined;
    const findings = remarks.map((remark) => finding(inspection, remark, before));
    return { findings: [...findings, ...undeclared(inspection, bytes)] };
  },
});

function proposedBytes({ policy, proposal, evidence }: Inspection): Uint8Array | undefined {
  const { policyFile } = proposal.proposed;
  if (policy.said) return policyFile.kind === "said" && policyFile.value ? bytesOf(policyFile.value.octets) : undefined;
  const fetched = evidence.policyFetch.kind === "observed" ? evidence.policyFetch.value : [];
  const served = fetched.find(servesPolicy);
  return served && bytesOf(served.response.body);
}

/** What was to be said about base; `undefined` where the change does not speak of the policy, so that all of it was there before. */
function remarksBefore({ policy, proposal: { base } }: Inspection): ReadonlySet<string> | undefined {
  if (!policy.said) return undefined;
  const file = base.policyFile.kind === "said" ? base.policyFile.value : null;
  return new Set(file ? policyRemarks(bytesOf(file.octets)).map(causeOf) : []);
}

/** A longer file is still the same long file. */
function causeOf({ code, message }: PolicyRemark): string {
  return code === "length" ? code : message;
}

function finding(
  { policy: { proposed } }: Inspection,
  remark: PolicyRemark,
  before: ReadonlySet<string> | undefined,
): Finding {
  const { level, code, span, message, senders: named } = remark;
  const place = "place" in proposed ? proposed.place : ({ kind: "input", name: "policy" } as const);
  const alreadySo = before?.has(causeOf(remark)) ?? true;
  return {
    level,
    message,
    location: place.kind === "file" ? { ...place, span } : place,
    facts: { code, senders: named.join(", ") },
    ...(alreadySo && { alreadySo: true }),
  };
}

/** Text that is not ASCII reaches some senders only under a charset that says so (RFC 8461 §3.2 lets it be left out). */
function undeclared({ evidence, policyDomain }: Inspection, bytes: Uint8Array): readonly Finding[] {
  if (evidence.policyFetch.kind === "unobserved" || bytes.every((octet) => octet < 0x80)) return [];
  const served = evidence.policyFetch.value.filter(servesPolicy);
  const bare = served.find(({ response }) => !/;\s*charset\s*=\s*"?utf-8/i.test(response.contentType ?? ""));
  const names = senders.filter(({ fetch }) => fetch.undeclaredCharset === "ascii-only").map(({ name }) => name);
  if (!bare) return [];
  const message = `The policy is not all ASCII and mta-sts.${policyDomain} declares no charset=utf-8, so ${listed(names)} drops it.`;
  return [
    {
      level: "warning",
      message,
      location: { kind: "policy-host", url: "/.well-known/mta-sts.txt", address: bare.address },
      facts: { code: "undeclared-charset", senders: names.join(", ") },
    },
  ];
}
