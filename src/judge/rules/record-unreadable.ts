import { cite } from "../../citation.ts";
import { defineRule } from "../rule.ts";

export const recordUnreadable = defineRule({
  id: "record-unreadable",
  title: "The files do not determine a value",
  cites: [cite("RFC 8461", "3.1")],
  applies: ({ proposal: { proposed } }) =>
    [proposed.stsRecords, proposed.tlsrptRecords, proposed.mxRecords].some(({ kind }) => kind === "said"),
  check: ({ proposal: { proposed } }) => {
    const said = [proposed.stsRecords, proposed.tlsrptRecords, proposed.mxRecords].flatMap((records) =>
      records.kind === "said" ? records.value : [],
    );
    return {
      findings: said
        .filter(({ data }) => data === null)
        .map(({ owner, type, why = "the file does not say it", location }) => ({
          level: "notice",
          message: `What ${type} ${owner} will say is not determined here (${why.replace(/[.\s]+$/, "")}); it is not judged, and senders go by what is published.`,
          location,
          facts: { owner, type },
        })),
    };
  },
});
