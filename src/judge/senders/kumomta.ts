import type { SenderProfile } from "../sender-profile.ts";

/** Drops a policy that has any of its fields twice; joins all TXT records into one text. */
export const kumomta: SenderProfile = {
  id: "kumomta",
  name: "KumoMTA",
  sources: [
    {
      repository: "KumoCorp/kumomta",
      path: "crates/mta-sts/src/policy.rs",
      at: "7bd6f3a9121505c58ba632150751a5f8563b9093",
    },
    {
      repository: "KumoCorp/kumomta",
      path: "crates/mta-sts/src/dns.rs",
      at: "2298a1791c6c800b327359bb536a66fd730e837b",
    },
    {
      repository: "KumoCorp/kumomta",
      path: "crates/mta-sts/src/lib.rs",
      at: "546237d11c1840ec164fae6ad7ffa7873ee6baa3",
    },
  ],
  policy: {
    notUtf8: "replaced",
    lines: "lf",
    white: "unicode",
    emptyLine: "skipped",
    noColon: "fatal",
    secondColon: "in-value",
    names: "trimmed",
    unknownNames: "any",
    unknownValues: "any",
    duplicates: "fatal",
    validates: "every",
    version: { case: "exact", missing: "fatal" },
    mode: { case: "exact", missing: "fatal" },
    maxAge: { syntax: "rust", least: 0, most: null, aboveMost: "fatal", faulty: "fatal", missing: "fatal" },
    mx: { values: "any", requiredFor: "enforce-and-testing", repeated: "kept" },
  },
  record: {
    begins: "anything",
    several: "joined",
    fields: {
      white: "unicode",
      empty: "exactly",
      end: "trimmed",
      inside: "trimmed",
      noEquals: "fatal",
      secondEquals: "in-value",
      text: "plain",
      names: "exact",
      version: { where: "last", case: "exact" },
      extensions: "any",
      id: "any",
      duplicateId: "last",
    },
  },
  fetch: { mediaType: "required", undeclaredCharset: "utf-8", octets: null, longer: "dropped", seconds: 20 },
  cache: {
    class: "S1",
    checksId: "every-delivery",
    extendsOnSameId: false,
    capSeconds: null,
    keepsOnFetchFailure: false,
    failure: "bounces-on-mismatch",
  },
};
