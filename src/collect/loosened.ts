import type { Config } from "../config.ts";
import { loosenedRollout } from "./loosened-rollout.ts";

/** What the edited config no longer looks at, so that nobody loosens a rule unseen (SPEC §5). */
export function loosenedBy(config: Config, baseConfig: Config): readonly string[] {
  const off = Object.keys(config.rules)
    .filter((rule) => baseConfig.rules[rule] === undefined)
    .map((rule) => `The rule ${rule} is switched off by this change.`);
  const waived = config.waivers
    .filter(
      (waiver) =>
        !baseConfig.waivers.some(
          ({ domain, rule, until }) => domain === waiver.domain && rule === waiver.rule && until >= waiver.until,
        ),
    )
    .map(({ domain, rule, until }) => `The rule ${rule} is waived for ${domain} until ${until} by this change.`);
  // A config that names no domain looks at every one, so only a list that lost an entry looks at fewer.
  const dropped = config.domains.length > 0 ? baseConfig.domains : [];
  const unlisted = dropped
    .filter(({ domain }) => !config.domains.some((entry) => entry.domain === domain))
    .map(({ domain }) => `The domain ${domain} is no longer listed after this change.`);
  return [
    ...off,
    ...waived,
    ...unlisted,
    ...records(config, baseConfig),
    ...expiry(config, baseConfig),
    ...loosenedRollout(config.rollout, baseConfig.rollout),
  ];
}

function records(config: Config, baseConfig: Config): readonly string[] {
  return baseConfig.records
    .filter((glob) => !config.records.includes(glob))
    .map((glob) => `Record files at ${glob} are no longer read after this change.`);
}

function expiry(
  { certificateExpiryDays: after }: Config,
  { certificateExpiryDays: before }: Config,
): readonly string[] {
  // 14 days when nothing is said (SPEC §5).
  return (after ?? 14) < (before ?? 14)
    ? [`Expiring certificates are warned about ${after ?? 14} days ahead, no longer ${before ?? 14}.`]
    : [];
}
