import { CollectError } from "../errors.ts";
import { type DomainName, domainName } from "../protocol/domain-name.ts";
import { TOP } from "../protocol/span.ts";
import type { Side } from "./side.ts";

/** A tracked policy file, and the Policy Domain that its surroundings tell. */
export interface PolicyFile {
  readonly path: string;
  /** Empty: nothing tells. More than one: the CNAME file and the folders disagree. */
  readonly domains: readonly DomainName[];
}

const POLICY_FILE = /(^|\/)\.well-known\/mta-sts\.txt$/;

const listed = new WeakMap<Side["paths"], readonly string[]>();

/** Every tracked policy file where a host serves it (RFC 8461 §3.3), in the order of their paths. */
export async function findPolicyFiles(side: Side): Promise<readonly PolicyFile[]> {
  const paths = listed.get(side.paths) ?? [...side.paths].filter((path) => POLICY_FILE.test(path)).toSorted();
  listed.set(side.paths, paths);
  return Promise.all(paths.map(async (path) => ({ path, domains: await domainsOfFile(side, path) })));
}

/** The folder that a host serves as its root: the one that holds `.well-known`, else the file's own. */
export function siteFolder(path: string): string {
  const folder = path.includes("/") ? path.slice(0, path.lastIndexOf("/")) : "";
  return folder.replace(/(^|\/)\.well-known$/, "");
}

export function siteFile(path: string, name: string): string {
  const folder = siteFolder(path);
  return folder === "" ? name : `${folder}/${name}`;
}

export async function domainsOfFile(side: Side, path: string): Promise<readonly DomainName[]> {
  const cname = await domainInCname(side, siteFile(path, "CNAME"));
  const folder = domainInFolders(siteFolder(path).split("/"));
  return [...new Set([cname, folder].filter((domain) => domain !== undefined))];
}

/** GitHub Pages: the file `CNAME` names the site's host. Only a policy host, `mta-sts.<policy domain>`, tells a domain. */
async function domainInCname(side: Side, path: string): Promise<DomainName | undefined> {
  const text = side.paths.has(path) ? await side.text(path) : undefined;
  const host = domainName((text ?? "").replace(/^\uFEFF/, "").trim());
  return host?.startsWith("mta-sts.") ? policyDomainOf(host) : undefined;
}

/** The deepest folder named for a policy host counts, else the deepest one named for a domain. */
function domainInFolders(folders: readonly string[]): DomainName | undefined {
  const named = folders.toReversed().filter(looksLikeDomain);
  const chosen = named.find((folder) => folder.toLowerCase().startsWith("mta-sts.")) ?? named[0];
  return chosen === undefined ? undefined : policyDomainOf(chosen);
}

// A folder such as `v1.2` or `site.d` is no domain: the last label is that of a top-level domain.
function looksLikeDomain(folder: string): boolean {
  const name = domainName(folder);
  return name !== undefined && /\.([a-z]{2,63}|xn--[a-z0-9-]{1,59})$/.test(name) && policyDomainOf(name) !== undefined;
}

function policyDomainOf(name: string): DomainName | undefined {
  const domain = domainName(name.toLowerCase().replace(/^mta-sts\./, ""));
  return domain?.includes(".") ? domain : undefined;
}

/** Config lines that would settle which domain a policy file serves. */
export function settling(entries: readonly { readonly domain: string; readonly policy: string }[]): string {
  const lines = entries.map(({ domain, policy }) => `  - domain: ${domain}\n    policy: ${JSON.stringify(policy)}`);
  return ["# .github/mta-sts-gate.yml", "domains:", ...lines].join("\n");
}

export function noDomain(path: string): CollectError {
  return new CollectError(`nothing says which domain the policy ${path} is for, so its mail cannot be judged`, {
    location: { kind: "file", path, span: TOP },
    remedy: settling([{ domain: "example.com", policy: path }]),
  });
}

export function manyDomains({ path, domains }: PolicyFile): CollectError {
  const named = domains.join(" and ");
  return new CollectError(`the CNAME file and the folders of the policy ${path} name two domains, ${named}; keep one`, {
    location: { kind: "file", path, span: TOP },
    remedy: settling(domains.slice(0, 1).map((domain) => ({ domain, policy: path }))),
  });
}

export function manyFiles(domain: DomainName, paths: readonly string[]): CollectError {
  const [first = ""] = paths;
  return new CollectError(
    `${paths.slice(0, 5).join(" and ")} are both the policy of ${domain}; say which one is served`,
    {
      location: { kind: "file", path: first, span: TOP },
      remedy: settling([{ domain, policy: first }]),
    },
  );
}
