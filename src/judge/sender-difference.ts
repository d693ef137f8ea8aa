import { printMxPattern } from "../protocol/mx-pattern.ts";
import type { Policy } from "../protocol/policy.ts";
import { type PolicyReading, readPolicyAs } from "./dialect.ts";
import type { SenderProfile } from "./sender-profile.ts";
import { senders } from "./senders.ts";

/** One sender that takes something else from a valid policy than RFC 8461 does. */
export interface Departure {
  readonly sender: SenderProfile;
  /** `undefined`: it drops the policy; else what it reads instead, in the words of a policy. */
  readonly reads: string | undefined;
}

/** Every sender that departs from what `policy` says, which is what RFC 8461 reads in `bytes`. */
export function departures(policy: Policy, bytes: Uint8Array): readonly Departure[] {
  return senders.flatMap((sender): Departure[] => {
    const reading = readPolicyAs(sender, bytes);
    if (reading.kind === "dropped") return [{ sender, reads: undefined }];
    const reads = otherWords(policy, reading);
    return reads === "" ? [] : [{ sender, reads }];
  });
}

type Read = Extract<PolicyReading, { kind: "policy" }>;

/** Names compare without regard to case; neither their order nor their repetition means anything. */
function otherWords(policy: Policy, { mode, maxAge, mx }: Read): string {
  const patterns = new Set(mx.map((pattern) => pattern.toLowerCase()));
  const said = new Set(policy.mx.map(printMxPattern));
  const more = [...patterns].filter((pattern) => !said.has(pattern));
  const fewer = [...said].filter((pattern) => !patterns.has(pattern));
  return [
    ...(mode === policy.mode ? [] : [`mode ${mode}`]),
    ...(maxAge === policy.maxAge ? [] : [`max_age ${maxAge}`]),
    ...(more.length === 0 ? [] : [`the mx ${more.join(", ")} as well`]),
    ...(fewer.length === 0 ? [] : [`no mx ${fewer.join(", ")}`]),
  ].join(" and ");
}

/** `chasquid and Stalwart drop the policy, and KumoMTA reads mode enforce`; empty where nobody departs. */
export function whatTheyDo(all: readonly Departure[]): string {
  const groups = new Map<string | undefined, string[]>();
  for (const { sender, reads } of all) groups.set(reads, [...(groups.get(reads) ?? []), sender.name]);
  const dropping = groups.get(undefined) ?? [];
  groups.delete(undefined);
  const clauses = [
    ...(dropping.length === 0 ? [] : [`${listed(dropping)} ${verb(dropping, "drop")} the policy`]),
    ...[...groups].map(([reads, names]) => `${listed(names)} ${verb(names, "read")} ${reads}`),
  ];
  return clauses.join(", and ");
}

function verb(names: readonly string[], word: string): string {
  return names.length === 1 ? `${word}s` : word;
}

/** `a`, `a and b`, `a, b and c`. */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? "";
  return words.length < 2 ? last : `${words.slice(0, -1).join(", ")} and ${last}`;
}
