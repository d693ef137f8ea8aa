import { cite } from "../../citation.ts";
import { sameOctets } from "../../protocol/octets.ts";
import { announced } from "../fetch-fault.ts";
import { servesPolicy } from "../policy-view.ts";
import { defineRule } from "../rule.ts";
import { policyUrl } from "../served.ts";

export const fetchAddressesDiffer = defineRule({
  id: "fetch-addresses-differ",
  title: "Two addresses of the policy host serve different policies",
  cites: [cite("RFC 8461", "8.1")],
  inVerify: "error",
  applies: announced,
  check: (inspection) => {
    const { policyFetch } = inspection.evidence;
    const served = policyFetch.kind === "observed" ? policyFetch.value.filter(servesPolicy) : [];
    const [first] = served;
    const other = served.find(({ response }) => first && !sameOctets(response.body, first.response.body));
    if (!first || !other) return {};
    const url = policyUrl(inspection);
    const message = `${url} is not the same at ${first.address} and ${other.address}; a sender may store either under the live id.`;
    return {
      findings: [
        {
          level: "warning",
          message,
          location: { kind: "policy-host", url, address: other.address },
          related: [{ kind: "policy-host", url, address: first.address }],
          facts: { address: first.address, other: other.address },
          alreadySo: true,
        },
      ],
    };
  },
});
