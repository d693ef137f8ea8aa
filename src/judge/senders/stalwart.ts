import type { SenderProfile } from "../sender-profile.ts";

/** Wants nothing of a policy but an mx; a max_age it cannot read or does not like becomes a day. */
export const stalwart: SenderProfile = {
  id: "stalwart",
  name: "Stalwart",
  sources: [
    {
      repository: "stalwartlabs/mail-server",
      path: "crates/smtp/src/outbound/mta_sts/parse.rs",
      at: "36253a42961e3529bffaadd062218b3fd8638c03",
    },
    {
      repository: "stalwartlabs/mail-server",
      path: "crates/smtp/src/outbound/mta_sts/lookup.rs",
      at: "50a2f50e581e9d95b8b21453c91116e2d4d7f2ac",
    },
    {
      repository: "stalwartlabs/mail-auth",
      path: "src/common/parse.rs",
      at: "f9183b44b85915a75502cafbe6c992f55e2cb250",
    },
    {
      repository: "stalwartlabs/mail-auth",
      path: "src/mta_sts/parse.rs",
      at: "d25ba940bf38444ebc4dde425d8dca4f4a120a81",
    },
    {
      repository: "stalwartlabs/mail-auth",
      path: "src/common/resolver.rs",
      at: "024d41200aaae3558df91d7f2151a99d27fb3b61",
    },
  ],
  policy: {
    notUtf8: "fatal",
    lines: "up-to-colon",
    white: "unicode",
    emptyLine: "skipped",
    noColon: "skipped",
    secondColon: "in-value",
    names: "trimmed",
    unknownNames: "any",
    unknownValues: "any",
    duplicates: "last",
    validates: "every",
    version: { case: "any", missing: "STSv1" },
    mode: { case: "exact", missing: "none" },
    maxAge: { syntax: "rust", least: 0, most: null, aboveMost: "fatal", faulty: "ignored", missing: 86_400 },
    mx: { values: "not-empty", requiredFor: "every-mode", repeated: "kept" },
  },
  record: {
    begins: "anything",
    several: "first-readable",
    fields: {
      white: "ascii",
      empty: "blank",
      end: "trimmed",
      inside: "squeezed",
      noEquals: "spoils-next",
      secondEquals: "in-value",
      text: "plain",
      names: "any-case",
      version: { where: "every", case: "any" },
      extensions: "any",
      id: "any",
      duplicateId: "last",
    },
  },
  fetch: { mediaType: "ignored", undeclaredCharset: "utf-8", octets: 1_048_576, longer: "dropped", seconds: null },
  cache: {
    class: "S1",
    checksId: "every-delivery",
    extendsOnSameId: false,
    capSeconds: null,
    replaces: { from: 3600, below: 31_557_600, seconds: 86_400 },
    keepsOnFetchFailure: false,
    failure: "bounces-on-mismatch",
  },
};
