import { cite } from "../../citation.ts";
import { recordPlace } from "../locate.ts";
import { defineRule } from "../rule.ts";

export const recordMultiple = defineRule({
  id: "record-multiple",
  title: "There is more than one STS record",
  cites: [cite("RFC 8461", "3.1")],
  inVerify: "error",
  check: (inspection) => {
    const { record, policyDomain } = inspection;
    const view = record.proposed;
    if (view.kind !== "multiple") return {};
    const alreadySo = !record.said || record.base?.kind === "multiple";
    const [, ...related] = view.places;
    return {
      findings: [
        {
          level: alreadySo ? "warning" : "error",
          message: `_mta-sts.${policyDomain} has ${view.places.length} STS records; senders then act as if there were no policy.`,
          location: recordPlace(inspection),
          related,
          facts: { records: view.places.length },
          ...(alreadySo && { alreadySo: true }),
        },
      ],
    };
  },
});
