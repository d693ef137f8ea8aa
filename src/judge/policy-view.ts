import type { Evidence, PolicyFetch, PolicyResponse, Unobserved } from "../evidence.ts";
import type { Location } from "../location.ts";
import type { Revision } from "../proposal.ts";
import { bytesOf } from "../protocol/octets.ts";
import { type Policy, type PolicyField, type PolicyParse, parsePolicy } from "../protocol/policy.ts";
import { TOP } from "../protocol/span.ts";

/** The policy as one side says it: in the repository, or as senders get it now. */
export type PolicyView =
  | {
      readonly kind: "valid";
      readonly policy: Policy;
      readonly fields: readonly PolicyField[];
      readonly place: Location;
    }
  | { readonly kind: "invalid"; readonly parse: Extract<PolicyParse, { kind: "invalid" }>; readonly place: Location }
  | { readonly kind: "absent" }
  | { readonly kind: "unknown"; readonly because: Unobserved };

/** What the repository says, or `undefined` where it does not speak of the policy. */
export function policySaid({ policyFile }: Revision): PolicyView | undefined {
  if (policyFile.kind === "unsaid") return undefined;
  if (policyFile.value === null) return { kind: "absent" };
  const { path, octets } = policyFile.value;
  return viewOf(parsePolicy(bytesOf(octets)), { kind: "file", path, span: TOP });
}

/**
 * What senders get now. RFC 8461 §3.3: without a usable record, or without a 200 over trusted HTTPS, they get no policy. Addresses
 * that serve one speak for those that do not, which the fetch rules name.
 */
export function policyDeployed(evidence: Evidence, hasRecord: boolean | undefined): PolicyView {
  if (hasRecord === false) return { kind: "absent" };
  const { stsRecord, policyFetch: fetched } = evidence;
  // Served and perhaps not announced: senders may have no policy.
  if (hasRecord === undefined)
    return { kind: "unknown", because: stsRecord.kind === "unobserved" ? stsRecord.because : "not-asked" };
  if (fetched.kind === "unobserved") return { kind: "unknown", because: fetched.because };
  const served = fetched.value.find(servesPolicy);
  const place: Location = {
    kind: "policy-host",
    url: "/.well-known/mta-sts.txt",
    ...(served && { address: served.address }),
  };
  if (served) return viewOf(parsePolicy(bytesOf(served.response.body)), place);
  const unseen = fetched.value.find((fetch) => fetch.kind === "unobserved");
  return unseen ? { kind: "unknown", because: unseen.because } : { kind: "absent" };
}

export type Served = Extract<PolicyFetch, { kind: "response" }>;

/** RFC 8461 §3.3: 200 only, whole, and as text: content codings are never undone. */
export function servesPolicy(fetch: PolicyFetch): fetch is Served {
  return fetch.kind === "response" && isWhole(fetch.response);
}

function isWhole({ status, truncated, contentEncoding }: PolicyResponse): boolean {
  return status === 200 && !truncated && (contentEncoding === null || /^(identity)?$/i.test(contentEncoding));
}

function viewOf(parse: PolicyParse, place: Location): PolicyView {
  if (parse.kind === "invalid") return { kind: "invalid", parse, place };
  return { kind: "valid", policy: parse.policy, fields: parse.fields, place };
}

/** The valid policy of a view, or nothing. */
export function policyIn(view: PolicyView | undefined): Policy | undefined {
  return view?.kind === "valid" ? view.policy : undefined;
}

/** Whether senders that hold this refuse hosts. Nothing known is not enforce. */
export function enforces(view: PolicyView | undefined): boolean {
  return policyIn(view)?.mode === "enforce";
}
