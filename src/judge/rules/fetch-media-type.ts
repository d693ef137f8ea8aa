import { cite } from "../../citation.ts";
import { isTextPlain } from "../../protocol/media-type.ts";
import { announced } from "../fetch-fault.ts";
import { defineRule } from "../rule.ts";
import { policyUrl, servedFindings } from "../served.ts";

export const fetchMediaType = defineRule({
  id: "fetch-media-type",
  title: "The policy is not served as text/plain",
  cites: [cite("RFC 8461", "3.2")],
  applies: announced,
  check: (inspection) => ({
    findings: servedFindings(inspection, ({ contentType }) => {
      if (isTextPlain(contentType)) return undefined;
      const type = contentType === null ? "without a media type" : `as ${contentType.slice(0, 100)}`;
      const message = `${policyUrl(inspection)} is served ${type} and not as text/plain; some senders then drop the policy.`;
      return { message, facts: { contentType: contentType?.slice(0, 100) ?? "" } };
    }),
  }),
});
