import type { Config, ConfiguredDomain } from "../config.ts";
import { CollectError, OptionError } from "../errors.ts";
import type { Location } from "../location.ts";
import type { Options } from "../options.ts";
import { type DomainName, domainName } from "../protocol/domain-name.ts";
import { REPOSITORY_PATH } from "./config.ts";
import {
  domainsOfFile,
  findPolicyFiles,
  manyDomains,
  manyFiles,
  noDomain,
  type PolicyFile,
  settling,
} from "./policy-files.ts";
import type { Side } from "./side.ts";

/** One side's word on which file is the policy of a domain. */
export interface Claim {
  /** Undefined: the side names the domain and no file. */
  readonly path: string | undefined;
  /** The input or config line that names the file; undefined where it was found. */
  readonly named: Location | undefined;
}

export interface Claims {
  readonly byDomain: ReadonlyMap<DomainName, Claim>;
  /** Policy files whose surroundings tell a domain, by that domain. */
  readonly found: ReadonlyMap<DomainName, readonly PolicyFile[]>;
  /** Domains were named by an input or the config, so no other is looked for. */
  readonly explicit: boolean;
}

export interface Ask {
  readonly options: Options;
  readonly config: Config;
}

/**
 * Which policy is for which domain, inputs beating config, config beating what is found (SPEC §3).
 * @throws CollectError for two answers or none, with the config lines that would settle it.
 */
export async function claimsOf(side: Side, { options, config }: Ask): Promise<Claims> {
  const files = await findPolicyFiles(side);
  const found = byTold(files);
  const listed = listedDomains(options, config);
  const policy = inputPath(options.policy);
  if (listed) {
    const open = files.filter(({ domains }) => domains.length === 0);
    const claims = listed.map((entry) => [entry.domain, claimOf(entry, { config, policy, found, open })] as const);
    return { byDomain: new Map(claims), found, explicit: true };
  }
  if (policy !== undefined) {
    const domain = theDomain({ path: policy, domains: await domainsOfFile(side, policy) });
    const claim: Claim = { path: policy, named: { kind: "input", name: "policy" } };
    return { byDomain: new Map([[domain, claim]]), found, explicit: true };
  }
  const byDomain = new Map<DomainName, Claim>();
  for (const file of files) {
    const domain = theDomain(file);
    const other = byDomain.get(domain)?.path;
    if (other !== undefined) throw manyFiles(domain, [other, file.path]);
    byDomain.set(domain, { path: file.path, named: undefined });
  }
  return { byDomain, found, explicit: false };
}

/** As {@link claimsOf}, for a side that has merged already: what it leaves open is left out. */
export async function lenientClaims(side: Side, ask: Ask): Promise<Claims> {
  try {
    return await claimsOf(side, ask);
  } catch (error) {
    if (!(error instanceof CollectError)) throw error;
    const found = byTold(await findPolicyFiles(side));
    const byDomain = new Map<DomainName, Claim>();
    for (const domain of found.keys()) {
      const path = foundFor(found, domain);
      if (path !== undefined) byDomain.set(domain, { path, named: undefined });
    }
    return { byDomain, found, explicit: false };
  }
}

function byTold(files: readonly PolicyFile[]): Claims["found"] {
  const found = new Map<DomainName, PolicyFile[]>();
  for (const file of files) for (const domain of file.domains) found.set(domain, [...(found.get(domain) ?? []), file]);
  return found;
}

/** The one file that is told to be a domain's, and no other's. */
export function foundFor(found: Claims["found"], domain: DomainName): string | undefined {
  const [file, ...more] = found.get(domain) ?? [];
  return file?.domains.length === 1 && more.length === 0 ? file.path : undefined;
}

function theDomain(file: PolicyFile): DomainName {
  const [domain, ...more] = file.domains;
  if (!domain) throw noDomain(file.path);
  if (more.length > 0) throw manyDomains(file);
  return domain;
}

function listedDomains(options: Options, config: Config): readonly ConfiguredDomain[] | undefined {
  const named = (options.domain ?? "").split(/[\s,]+/).filter((text) => text !== "");
  if (named.length === 0) return config.domains.length > 0 ? config.domains : undefined;
  return named.map((text) => {
    const domain = domainName(text);
    if (!domain?.includes(".")) throw new OptionError("domain", "is no domain name such as example.com (A-labels)");
    const entry = config.domains.find((one) => one.domain === domain);
    return (
      entry ?? {
        domain,
        policy: undefined,
        records: undefined,
        record: undefined,
        location: { kind: "input", name: "domain" },
      }
    );
  });
}

function inputPath(text: string | undefined): string | undefined {
  if (text === undefined) return undefined;
  if (!REPOSITORY_PATH.test(text))
    throw new OptionError("policy", "is a path from the repository's root, such as .well-known/mta-sts.txt");
  return text.replace(/^(\.\/)+/, "");
}

interface Named {
  readonly config: Config;
  readonly policy: string | undefined;
  readonly found: Claims["found"];
  /** Policy files whose surroundings tell no domain. */
  readonly open: readonly PolicyFile[];
}

function claimOf({ domain, policy: own, location }: ConfiguredDomain, { config, policy, found, open }: Named): Claim {
  const path = (policy ?? own ?? config.policies)?.replaceAll("{domain}", domain);
  if (path !== undefined) return { path, named: policy === undefined ? location : { kind: "input", name: "policy" } };
  const mine = found.get(domain) ?? [];
  if (mine.length > 1)
    throw manyFiles(
      domain,
      mine.map((file) => file.path),
    );
  if (mine[0]) return { path: mine[0].path, named: undefined };
  // One file may serve many domains; with a single one that names none, there is no other answer.
  if (open.length <= 1) return { path: open[0]?.path, named: undefined };
  throw new CollectError(
    `${open.length} policy files name no domain, so nothing says which one is the policy of ${domain}`,
    {
      location,
      remedy: settling(open.slice(0, 1).map(({ path: first }) => ({ domain, policy: first }))),
    },
  );
}
