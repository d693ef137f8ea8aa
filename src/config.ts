import type { Location } from "./location.ts";
import type { DomainName } from "./protocol/domain-name.ts";

/** The config file `.github/mta-sts-gate.yml`, read and bounded. JSON. A file that is not there reads as {@link NO_CONFIG}. */
export interface Config {
  /** Where it was looked for; relative to the repository's root. */
  readonly path: string;
  readonly domains: readonly ConfiguredDomain[];
  /** Template of policy paths, such as `policies/{domain}/mta-sts.txt`. */
  readonly policies: string | undefined;
  /** Globs of record files. */
  readonly records: readonly string[];
  /** Rules that are switched off. */
  readonly rules: Readonly<Record<string, "off">>;
  readonly waivers: readonly Waiver[];
  /** Days before notAfter from which an expiring certificate is worth a warning. */
  readonly certificateExpiryDays: number | undefined;
  readonly rollout: RolloutConfig;
}

/** What the operator declares of senders and of the pipeline (SPEC §5). `undefined`: not said. */
export interface RolloutConfig {
  /** Whose refusals are errors: senders that compare ids, or all. */
  readonly senders: "id-checking" | "all" | undefined;
  /** Seconds: the greatest max_age that an enforce policy ever had which the history does not show. */
  readonly maxAgeCeiling: number | undefined;
  /** The pipeline makes a policy live on every address before its id. */
  readonly deploy: "policy-first" | undefined;
  /** Seconds between a merge and the moment from which no sender is served what was there before. */
  readonly deployLag: number | undefined;
}

export const NO_ROLLOUT: RolloutConfig = {
  senders: undefined,
  maxAgeCeiling: undefined,
  deploy: undefined,
  deployLag: undefined,
};

export interface ConfiguredDomain {
  readonly domain: DomainName;
  /** Path of its policy file; may hold `{domain}`. */
  readonly policy: string | undefined;
  /** Globs of its record files; undefined: those of the whole config. */
  readonly records: readonly string[] | undefined;
  readonly record: ConfiguredRecord | undefined;
  readonly location: Location;
}

/** `external`: the record is published elsewhere, so the repository does not say it. */
export type ConfiguredRecord =
  | { readonly kind: "id"; readonly id: string; readonly location: Location }
  | { readonly kind: "external" };

/** Suppresses a finding, or an `unknown`, of one rule for one domain. It expires at the end of the day `until`, UTC. */
export interface Waiver {
  readonly domain: DomainName;
  readonly rule: string;
  readonly reason: string;
  /** `YYYY-MM-DD`. */
  readonly until: string;
  readonly location: Location;
}

export const NO_CONFIG: Config = {
  path: ".github/mta-sts-gate.yml",
  domains: [],
  policies: undefined,
  records: [],
  rules: {},
  waivers: [],
  certificateExpiryDays: undefined,
  rollout: NO_ROLLOUT,
};
