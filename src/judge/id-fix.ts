import type { Finding } from "../verdict.ts";
import type { Inspection } from "./inspection.ts";
import { publication } from "./publication.ts";

/** The suggested id in the place of the one that a file says, ready to spread; nothing where the file is not ours to edit. */
export function idFix(inspection: Inspection): Pick<Finding, "fix"> {
  const { suggestedId } = publication(inspection);
  const { stsRecords } = inspection.proposal.proposed;
  if (suggestedId === null || stsRecords.kind === "unsaid") return {};
  const sourced = stsRecords.value.flatMap(({ idSource, location }) =>
    idSource && location.kind === "file" ? [{ ...idSource, path: location.path }] : [],
  );
  const [source, ...more] = sourced;
  // Two records: which of them stays is not known.
  if (!source || more.length > 0) return {};
  const { path, span, lines } = source;
  return { fix: { path, span, text: suggestedId, lines } };
}
