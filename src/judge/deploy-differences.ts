import type { PolicyFetch } from "../evidence.ts";
import type { Location } from "../location.ts";
import { bytesOf, type Octets, sameOctets } from "../protocol/octets.ts";
import { parsePolicy, samePolicy } from "../protocol/policy.ts";
import type { Finding } from "../verdict.ts";
import { difference } from "./difference.ts";
import { dnsDifferences } from "./dns-differences.ts";
import { announced } from "./fetch-fault.ts";
import type { Inspection } from "./inspection.ts";
import { fieldPlace } from "./locate.ts";
import { missing, whyUnseen } from "./missing.ts";
import { type Served, servesPolicy } from "./policy-view.ts";
import type { Answer } from "./rule.ts";
import { policyUrl } from "./served.ts";

/** Where what is deployed is not what the repository says: the policy octet for octet at every address, and the records (SPEC §7). */
export function deployDifferences(inspection: Inspection): Answer {
  const parts = [policyDifferences(inspection), dnsDifferences(inspection)];
  return {
    findings: parts.flatMap(({ findings = [] }) => findings),
    missing: parts.flatMap((part) => part.missing ?? []),
    needed: true,
  };
}

function policyDifferences(inspection: Inspection): Answer {
  const { proposal, evidence, policyDomain } = inspection;
  const { policyFile } = proposal.proposed;
  if (policyFile.kind === "unsaid") return {};
  const fetched = evidence.policyFetch;
  const fetches = fetched.kind === "observed" ? fetched.value : [];
  const said = policyFile.value?.octets;
  const served = fetches.filter(servesPolicy);
  const others = served.filter(({ response }) => said === undefined || !sameOctets(said, response.body));
  const lacking = said === undefined ? [] : fetches.filter((fetch) => !servesPolicy(fetch));
  // Where a record announces it, the fetch rules say what is wrong with an address beside others that serve it.
  const told = served.length === 0 || !announced(inspection) ? lacking : [];
  const blind = fetched.kind === "unobserved" ? [fetched.because] : lacking.flatMap(unseen);
  return {
    findings: [
      ...others.map((fetch) => differs(inspection, fetch, said)),
      ...told.flatMap((fetch) => (fetch.kind === "unobserved" ? [] : [lacks(inspection, fetch)])),
    ],
    missing: blind.map((because) => {
      const message = `Whether the policy of this repository is served was not seen: ${whyUnseen(because)}.`;
      return missing("policyFetch", `mta-sts.${policyDomain}`, message);
    }),
  };
}

/** A machine without IPv6 goes by the addresses that it can reach (SPEC §4). */
function unseen(fetch: PolicyFetch, _: number, all: readonly PolicyFetch[]): string[] {
  if (fetch.kind !== "unobserved") return [];
  return fetch.because === "no-ipv6" && all.some(({ kind }) => kind !== "unobserved") ? [] : [fetch.because];
}

function differs(inspection: Inspection, { address, response }: Served, said: Octets | undefined): Finding {
  const url = policyUrl(inspection);
  const what =
    said === undefined
      ? "serves a policy, and this repository has none"
      : means(said, response.body)
        ? "means the same as in this repository, and is not the same octets"
        : "means something else than in this repository";
  const message = `${url} at ${address} ${what}; senders go by what is served.`;
  return difference(message, placesOf(inspection, address), { subject: "policy", address });
}

function means(said: Octets, served: Octets): boolean {
  const [before, after] = [said, served].map((octets) => parsePolicy(bytesOf(octets)));
  return before?.kind === "valid" && after?.kind === "valid" && samePolicy(before.policy, after.policy);
}

function lacks(inspection: Inspection, { address }: PolicyFetch): Finding {
  const at = address === "" ? "" : ` at ${address}`;
  const message = `${policyUrl(inspection)} is not served${at}, so the policy of this repository has not arrived there.`;
  return difference(message, placesOf(inspection, address), { subject: "policy", ...(address !== "" && { address }) });
}

function placesOf(inspection: Inspection, address: string): Pick<Finding, "location" | "related"> {
  const host: Location = {
    kind: "policy-host",
    url: policyUrl(inspection),
    ...(address !== "" && { address }),
  };
  const file = fieldPlace(inspection.policy.proposed, "version");
  return file.kind === "file" ? { location: file, related: [host] } : { location: host };
}
