import type { Config } from "../config.ts";
import { type ProposedRecord, type Revision, type Said, type SourceFile, type Subject, UNSAID } from "../proposal.ts";
import type { DomainName } from "../protocol/domain-name.ts";
import { sameOctets } from "../protocol/octets.ts";
import { entryOf } from "./domain-records.ts";
import { siteFile } from "./policy-files.ts";

export interface TwoSides {
  readonly proposed: Revision;
  readonly base: Revision;
}

/** What the change edits outside policy and records. */
export interface Surroundings {
  readonly changed: ReadonlySet<string>;
  readonly config: Config;
  readonly baseConfig: Config;
  /** The input `record-id` is said; its value stands in a workflow. */
  readonly idFromInput: boolean;
  /** A workflow that publishes a site was edited. */
  readonly publisherChanged: boolean;
}

/** Which parts of what the repository says about a domain differ (SPEC §3). */
export function touchedBy(domain: DomainName, { proposed, base }: TwoSides, around: Surroundings): readonly Subject[] {
  const policy = differs(proposed.policyFile, base.policyFile, sameFile);
  const found: readonly (readonly [Subject, boolean])[] = [
    ["policy", policy],
    ["record", recordTouched({ proposed, base }, policy, around)],
    ["mx", differs(proposed.mxRecords, base.mxRecords, sameData)],
    ["tlsrpt", differs(proposed.tlsrptRecords, base.tlsrptRecords, sameRecords)],
    ["config", settingsTouched(domain, around)],
    ["publishing", publishingTouched({ proposed, base }, around)],
  ];
  return found.filter(([, touched]) => touched).map(([subject]) => subject);
}

function differs<T>(proposed: Said<T>, base: Said<T>, same: (a: T, b: T) => boolean): boolean {
  if (proposed.kind === "said" && base.kind === "said") return !same(proposed.value, base.value);
  return proposed.kind !== base.kind;
}

function sameFile(a: SourceFile | null, b: SourceFile | null): boolean {
  return a === null || b === null ? a === b : sameOctets(a.octets, b.octets);
}

const sameData = (a: readonly ProposedRecord[], b: readonly ProposedRecord[]): boolean =>
  keys(a, ({ owner, type, data, why }) => [owner, type, data, data === null ? why : ""]) ===
  keys(b, ({ owner, type, data, why }) => [owner, type, data, data === null ? why : ""]);

/** With the TTL: it is how soon a mistake can be taken back. */
const sameRecords = (a: readonly ProposedRecord[], b: readonly ProposedRecord[]): boolean =>
  sameData(a, b) && keys(a, ({ data, ttl }) => [data, ttl]) === keys(b, ({ data, ttl }) => [data, ttl]);

const keys = (records: readonly ProposedRecord[], key: (record: ProposedRecord) => readonly unknown[]): string =>
  JSON.stringify(records.map((record) => JSON.stringify(key(record))).toSorted());

/** The base of an input is not known. It can only have changed with the policy's edit or with a workflow. */
function recordTouched({ proposed, base }: TwoSides, policy: boolean, { idFromInput, changed }: Surroundings): boolean {
  if (!idFromInput) return differs(proposed.stsRecords, base.stsRecords, sameRecords);
  return policy || [...changed].some(isWorkflow);
}

export function isWorkflow(path: string): boolean {
  return /^\.github\/(workflows|actions)\/.+\.ya?ml$/.test(path);
}

/** The file moved, its site's settings changed, or a workflow that publishes did. */
function publishingTouched({ proposed, base }: TwoSides, { changed, publisherChanged }: Surroundings): boolean {
  const [after, before] = [pathOf(proposed), pathOf(base)];
  const paths = [after, before].filter((path) => path !== undefined);
  const named = paths.some((path) => SITE_FILES.some((name) => changed.has(siteFile(path, name))));
  const alias = differs(proposed.policyHostRecords ?? UNSAID, base.policyHostRecords ?? UNSAID, sameData);
  return named || alias || (paths.length === 2 && after !== before) || (paths.length > 0 && publisherChanged);
}

export const SITE_FILES = ["CNAME", ".nojekyll", "_config.yml"];

const pathOf = ({ policyFile }: Revision): string | undefined =>
  policyFile.kind === "said" ? policyFile.value?.path : undefined;

type Configs = Pick<Surroundings, "config" | "baseConfig">;

export const settingsTouched = (domain: DomainName, { config, baseConfig }: Configs): boolean =>
  config !== baseConfig && settingsOf(domain, config) !== settingsOf(domain, baseConfig);

/** Settings that bear on every domain. */
export const commonSettingsTouched = ({ config, baseConfig }: Configs): boolean =>
  config !== baseConfig && commonSettings(config) !== commonSettings(baseConfig);

const commonSettings = ({ policies, records, rules, certificateExpiryDays, rollout }: Config): string =>
  JSON.stringify([policies, records, Object.keys(rules).toSorted(), certificateExpiryDays, rollout]);

/** Everything of the config that bears on one domain, without where it stands. */
function settingsOf(domain: DomainName, config: Config): string {
  const entry = entryOf(config, domain);
  const record = entry?.record?.kind === "id" ? entry.record.id : entry?.record?.kind;
  const waivers = config.waivers
    .filter((waiver) => waiver.domain === domain)
    .map(({ rule, reason, until }) => [rule, reason, until]);
  const own = entry && [entry.policy, entry.records, record];
  return JSON.stringify([own, waivers, commonSettings(config)]);
}
