import { type DomainName, domainName } from "../protocol/domain-name.ts";
import { covers, type Policy } from "../protocol/policy.ts";

/** Any host that no policy lists (RFC 2606 §2). */
const ELSEWHERE = domainName("another-mx.invalid") as DomainName;

/** A host that `policy` does not list, to tell what an MX change would come to: one that `next` lists, where there is one. */
export function strangerTo(policy: Policy, next?: Policy): DomainName {
  const listed = next?.mx.find(({ wildcard, host }) => !wildcard && !covers(policy, host))?.host;
  return listed ?? ELSEWHERE;
}
