import { cite } from "../../citation.ts";
import type { Finding } from "../../verdict.ts";
import { idFix } from "../id-fix.ts";
import { defineRule } from "../rule.ts";

export const recordSyntax = defineRule({
  id: "record-syntax",
  title: "The _mta-sts record is not an STS record",
  cites: [cite("RFC 8461", "3.1")],
  inVerify: "error",
  check: (inspection) => {
    const { record } = inspection;
    const view = record.proposed;
    if (view.kind !== "invalid") return {};
    const sameInBase = record.base?.kind === "invalid" && record.base.text === view.text;
    const alreadySo = !record.said || sameInBase;
    return {
      findings: view.defects.map(
        ({ code, message }): Finding => ({
          level: alreadySo ? "warning" : "error",
          message: `${message.replace(/[.]$/, "")}; senders see no policy.`,
          location: view.place,
          facts: { code },
          ...(alreadySo && { alreadySo: true }),
          ...(code === "id-value" ? idFix(inspection) : {}),
        }),
      ),
    };
  },
});
