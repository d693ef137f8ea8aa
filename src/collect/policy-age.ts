import type { PolicyAge, SourceFile } from "../proposal.ts";
import { bytesOf, octetsFrom, sameOctets } from "../protocol/octets.ts";
import { parsePolicy, samePolicy } from "../protocol/policy.ts";
import type { PathVersion } from "../world.ts";
import type { PathHistory } from "./path-history.ts";

export const NO_BASE_POLICY: PolicyAge = {
  kind: "unknown",
  why: "the base holds no policy file for this domain",
};

/** How long the policy in base has meant what it means, by the first-parent history of its file (SPEC §5). */
export function policyAge(file: SourceFile, { versions, complete }: PathHistory): PolicyAge {
  const other = versions.findIndex((version) => !sameMeaning(version, file));
  const oldest = versions[(other < 0 ? versions.length : other) - 1];
  if (!oldest)
    return { kind: "unknown", why: "git has no history of the policy file here; fetch-depth: 0 reads all of it" };
  if (other < 0 && !complete)
    return {
      kind: "unknown",
      why: "the clone is too shallow to tell since when; fetch-depth: 0 reads the whole history",
    };
  return { kind: "since", at: oldest.at };
}

function sameMeaning({ bytes }: PathVersion, { octets }: SourceFile): boolean {
  if (bytes === null) return false;
  const [mine, other] = [parsePolicy(bytesOf(octets)), parsePolicy(bytes)];
  if (mine.kind === "valid" && other.kind === "valid") return samePolicy(mine.policy, other.policy);
  return mine.kind === other.kind && sameOctets(octets, octetsFrom(bytes));
}
