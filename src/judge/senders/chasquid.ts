import type { SenderProfile } from "../sender-profile.ts";

/** Skips lines it cannot read, wants an mx whatever the mode, and never looks at the id. */
export const chasquid: SenderProfile = {
  id: "chasquid",
  name: "chasquid",
  sources: [
    { repository: "albertito/chasquid", path: "internal/sts/sts.go", at: "0ee7cb4cce8bce50844e8d3c32a1d218e548e98b" },
  ],
  policy: {
    notUtf8: "replaced",
    lines: "lf-final-cr",
    white: "unicode",
    emptyLine: "skipped",
    noColon: "skipped",
    secondColon: "in-value",
    names: "trimmed",
    unknownNames: "any",
    unknownValues: "any",
    duplicates: "last",
    validates: "kept",
    version: { case: "exact", missing: "fatal" },
    mode: { case: "exact", missing: "fatal" },
    // A value that is no number reads as 0, which is below the least.
    maxAge: { syntax: "go", least: 1, most: 31_557_600, aboveMost: "fatal", faulty: "fatal", missing: "fatal" },
    mx: { values: "any", requiredFor: "every-mode", repeated: "kept" },
  },
  record: {
    begins: "v=STSv1;",
    several: "enough",
    fields: {
      white: "wsp",
      empty: "blank",
      end: "trimmed",
      inside: "kept",
      noEquals: "name-alone",
      secondEquals: "in-value",
      text: "plain",
      names: "exact",
      version: { where: "first-field", case: "exact" },
      extensions: "any",
      id: "any",
      duplicateId: "first",
    },
  },
  fetch: { mediaType: "required", undeclaredCharset: "utf-8", octets: 10_240, longer: "cut", seconds: 30 },
  cache: {
    class: "S4",
    checksId: "existence",
    extendsOnSameId: false,
    capSeconds: null,
    pollSeconds: 600,
    keepsOnFetchFailure: true,
    failure: "defers",
  },
};
