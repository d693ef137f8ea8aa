import { parseMxPattern } from "../protocol/mx-pattern.ts";
import { bytesOf, type Octets, sameOctets } from "../protocol/octets.ts";
import { type Policy, parsePolicy, samePolicy } from "../protocol/policy.ts";
import { readPolicyAs } from "./dialect.ts";
import { senders } from "./senders.ts";

/**
 * The enforce policies that senders take from a body. What RFC 8461 §3.2 calls a policy has one reading. Of what it does not, any
 * body that a known sender would have accepted counts (SPEC §1, "cached"): each reading once.
 */
export function enforceReadings(octets: Octets): readonly Policy[] {
  const bytes = bytesOf(octets);
  const parse = parsePolicy(bytes);
  if (parse.kind === "valid") return parse.policy.mode === "enforce" ? [parse.policy] : [];
  const readings = senders.flatMap((sender): Policy[] => {
    const reading = readPolicyAs(sender, bytes);
    if (reading.kind === "dropped" || reading.mode !== "enforce") return [];
    const { mode, maxAge, mx } = reading;
    return [{ mode, maxAge, mx: mx.flatMap((pattern) => parseMxPattern(pattern) ?? []) }];
  });
  return readings.filter((policy, index) => readings.findIndex((other) => samePolicy(other, policy)) === index);
}

/** Whether two bodies mean the same: the same policy, or, where they are none, the same octets. */
export function sameBody(a: Octets, b: Octets): boolean {
  const [one, other] = [parsePolicy(bytesOf(a)), parsePolicy(bytesOf(b))];
  if (one.kind === "valid" && other.kind === "valid") return samePolicy(one.policy, other.policy);
  return sameOctets(a, b);
}
