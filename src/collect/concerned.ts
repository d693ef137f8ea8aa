import type { Config } from "../config.ts";
import type { Options } from "../options.ts";
import type { DomainName } from "../protocol/domain-name.ts";
import type { Differences } from "./record-differences.ts";
import type { Claim } from "./claims.ts";
import { siteFile } from "./policy-files.ts";
import type { BothClaims } from "./policy-sides.ts";
import { type RecordSet, recordSet } from "./record-set.ts";
import type { RecordFiles } from "./record-files.ts";
import type { Sides } from "./side.ts";
import { settingsTouched, SITE_FILES } from "./touched.ts";

export interface Change {
  readonly sides: Sides;
  readonly options: Options;
  readonly config: Config;
  readonly baseConfig: Config;
  readonly claims: BothClaims;
  readonly publisherChanged: boolean;
}

/** Domains that the change may touch other than by their records: by policy, config, or what publishes the site. */
export function concernedByClaims(change: Change): ReadonlySet<DomainName> {
  const { claims, config, baseConfig } = change;
  const claimed = [...claimedDomains(claims)].filter((domain) => claimTouched(domain, change));
  const configured = [config, baseConfig].flatMap(({ domains, waivers }) => [...domains, ...waivers]);
  const settings = configured.filter(({ domain }) => settingsTouched(domain, change)).map(({ domain }) => domain);
  return new Set([...claimed, ...settings]);
}

export const claimedDomains = ({ proposed, base }: BothClaims): ReadonlySet<DomainName> =>
  new Set([...proposed.byDomain.keys(), ...base.byDomain.keys()]);

function claimTouched(domain: DomainName, { claims, sides, publisherChanged }: Change): boolean {
  const [after, before] = [claims.proposed.byDomain.get(domain), claims.base.byDomain.get(domain)];
  const paths = [after, before].flatMap((claim) => claim?.path ?? []);
  if (after?.path !== before?.path || paths.some((path) => siteTouched(path, sides.changed))) return true;
  return paths.length > 0 && (publisherChanged || livesElsewhere(after, sides));
}

const siteTouched = (path: string, changed: ReadonlySet<string>): boolean =>
  changed.has(path) || SITE_FILES.some((name) => changed.has(siteFile(path, name)));

/** A template names a file that is not there: only its record says whether the domain lives in DNS alone. */
const livesElsewhere = (claim: Claim | undefined, { proposed, base }: Sides): boolean =>
  claim?.path !== undefined && !proposed.paths.has(claim.path) && !base.paths.has(claim.path);

/**
 * Records that differ and that a domain may be reached from by an alias in a file that was not read. Where the record belongs to a
 * domain that is judged, whatever is wrong with it is said there, unless it is waived there.
 */
export function openTargets(
  { targets }: Differences,
  files: RecordFiles,
  { claims, config }: Change,
): readonly string[] {
  const sets = [recordSet(files.proposed), recordSet(files.base)];
  return targets.filter((owner) => {
    const [, domain] = /^(?:_mta-sts|_smtp\._tls)\.(.+)$/.exec(owner) ?? [];
    if (domain === undefined || config.waivers.some((waiver) => waiver.domain === domain)) return true;
    const claimed = claimedDomains(claims).has(domain as DomainName);
    return !claimed && (claims.proposed.explicit || !sets.some(({ owners }) => owners.has(`_mta-sts.${domain}`)));
  });
}

/** Where the aliases of these domains lead that no file which was read answers for. */
export function openAliases(names: Iterable<string>, { proposed, base }: RecordFiles): readonly string[] {
  const sets = [recordSet(proposed), recordSet(base)];
  const owners = [...names].flatMap((name) => [`_mta-sts.${name}`, `_smtp._tls.${name}`]);
  return sets.flatMap((set) => owners.flatMap((owner) => deadEnd(set, owner) ?? []));
}

const LONGEST_CHAIN = 8;

function deadEnd({ find }: RecordSet, owner: string): string | undefined {
  let name = owner;
  for (let step = 0; step < LONGEST_CHAIN; step += 1) {
    const next = find(name, ["CNAME"])[0]?.data ?? undefined;
    if (next === undefined) return name === owner || find(name, ["TXT"]).length > 0 ? undefined : name;
    name = next;
  }
  return undefined;
}

/** Whether any record file that was read is about the domain. */
export function answersFor(domain: string, { proposed, base }: RecordFiles): boolean {
  return [recordSet(proposed), recordSet(base)].some(
    ({ owners, zoneOf }) =>
      zoneOf(domain) !== undefined || [domain, `_mta-sts.${domain}`].some((owner) => owners.has(owner)),
  );
}
