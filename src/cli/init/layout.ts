import { FORMATS } from "../../collect/formats.ts";
import { findPolicyFiles } from "../../collect/policy-files.ts";
import { contextsOf } from "../../collect/read-context.ts";
import type { Side } from "../../collect/side.ts";
import type { DomainName } from "../../protocol/domain-name.ts";

/** Where the files of a domain go, as the repository suggests. */
export interface Layout {
  /** Path of the policy file. */
  readonly policy: string;
  /** It is there already, and is this domain's. */
  readonly policyExists: boolean;
  /** The repository is one site, published from its root: GitHub Pages needs `CNAME` and `.nojekyll` beside `.well-known`. */
  readonly isSite: boolean;
  /** DNS files that hold the domain's zone. */
  readonly records: readonly string[];
}

/** What may lie in a repository that is about nothing else yet. */
const ABOUT_NOTHING =
  /^(?:\.git(?:hub|ignore|attributes)?(?:\/|$)|(?:readme|license|licence|security|contributing)\b[^/]*$|CNAME$|\.nojekyll$|\.well-known\/)/i;

/** @param chosen the path that the user named */
export async function layoutOf(side: Side, domain: DomainName, chosen: string | undefined): Promise<Layout> {
  const records = await zoneFiles(side, domain);
  const existing = (await findPolicyFiles(side)).find(({ domains }) => domains.includes(domain))?.path;
  const policy = chosen ?? existing;
  if (policy !== undefined) return { policy, policyExists: policy === existing, isSite: false, records };
  const cname = side.paths.has("CNAME") ? ((await side.text("CNAME")) ?? "").trim().toLowerCase() : undefined;
  const isFree = [...side.paths].every((path) => ABOUT_NOTHING.test(path));
  const isSite = cname === undefined ? isFree : cname === `mta-sts.${domain}`;
  const folder = isSite ? "" : `mta-sts.${domain}/`;
  return { policy: `${folder}.well-known/mta-sts.txt`, policyExists: false, isSite, records };
}

const DNS_FILE = /\.(?:zone|db|ya?ml|json|tf|js)$/i;
const MOST_FILES = 300;
const LARGEST = 256 * 1024; // characters

/** The tracked files in which a known format finds the zone of the domain. A format that reads others finds them itself. */
async function zoneFiles(side: Side, domain: DomainName): Promise<readonly string[]> {
  const paths = [...side.paths].filter((path) => DNS_FILE.test(path) && !path.startsWith(".github/"));
  const contextFor = contextsOf(side, paths);
  const found: string[] = [];
  for (const path of paths.toSorted().slice(0, MOST_FILES)) {
    const text = (await side.text(path)) ?? "";
    if (text.length > LARGEST) continue;
    const format = FORMATS.find(({ recognises }) => recognises({ path, text }));
    const reading = await format?.read({ path, text }, contextFor(new Set()));
    const holds = reading?.zones.some(({ name }) => name === domain || domain.endsWith(`.${name}`));
    if (holds && !reading?.defects.some(({ concerns }) => concerns)) found.push(path);
  }
  return found;
}
