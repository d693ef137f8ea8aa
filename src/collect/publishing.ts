import type { Proposal, PublishingFault } from "../proposal.ts";
import type { DomainName } from "../protocol/domain-name.ts";
import { TOP } from "../protocol/span.ts";
import type { Claim } from "./claims.ts";
import type { Ground } from "./ground.ts";
import { jekyllIncludes } from "./jekyll.ts";
import { misplacedFiles, misplacement, servedPlace } from "./misplaced.ts";
import { artifactFaults, type PagesWorkflow, readPagesWorkflows } from "./pages-workflow.ts";
import { domainsOfFile, findPolicyFiles, siteFile, siteFolder } from "./policy-files.ts";
import type { PolicyPaths } from "./policy-sides.ts";
import type { Side } from "./side.ts";

/** Why nothing would serve a domain's policy where it lies, on each side. */
export type Publishing = (domain: DomainName, paths: PolicyPaths) => Promise<Proposal["publishing"]>;

/** What publishes the sites of a side is read once, and only when a domain is asked for. */
export function openPublishing({ sides, claims }: Ground): Publishing {
  const workflows = { proposed: once(() => readPagesWorkflows(sides.proposed)), base: once(() => readBase()) };
  // Workflows that did not change are those of the proposed side.
  const readBase = (): Promise<readonly PagesWorkflow[]> =>
    [...sides.changed].some((path) => path.startsWith(".github/workflows/"))
      ? readPagesWorkflows(sides.base)
      : workflows.proposed();
  return async (domain, paths) => {
    const faults = (name: "proposed" | "base") =>
      faultsOf(sides[name], { domain, path: paths[name], claim: claims[name].byDomain.get(domain) }, workflows[name]);
    return { proposed: await faults("proposed"), base: await faults("base") };
  };
}

function once<T>(read: () => Promise<T>): () => Promise<T> {
  let kept: Promise<T> | undefined;
  return () => (kept ??= read());
}

interface Subject {
  readonly domain: DomainName;
  readonly path: string | undefined;
  readonly claim: Claim | undefined;
}

async function faultsOf(
  side: Side,
  { domain, path, claim }: Subject,
  workflows: () => Promise<readonly PagesWorkflow[]>,
): Promise<readonly PublishingFault[]> {
  if (path === undefined) return nearMisses(side, domain);
  const misplaced = await misplacement(side, path, claim?.named !== undefined);
  if (misplaced) return [misplaced];
  if (!/(^|\/)\.well-known\//.test(path)) return [];
  const found = await workflows();
  return [...(await jekyllFault(side, path, found)), ...(await artifactsOf(side, path, found))];
}

/** Of a domain without a policy file: a file that was surely meant to be it. */
async function nearMisses(side: Side, domain: DomainName): Promise<readonly PublishingFault[]> {
  const files = misplacedFiles(side);
  for (const path of files) {
    const told = await domainsOfFile(side, servedPlace(path));
    const mine = told.length === 0 ? files.length === 1 : told.includes(domain);
    const fault = mine ? await misplacement(side, path, false) : undefined;
    if (fault) return [fault];
  }
  return [];
}

/**
 * GitHub Pages from a branch: the file CNAME beside `.well-known`, and no workflow that publishes. Jekyll then leaves out every
 * folder whose name begins with a dot, unless it is switched off or told.
 */
async function jekyllFault(
  side: Side,
  path: string,
  workflows: readonly PagesWorkflow[],
): Promise<readonly PublishingFault[]> {
  const [cname, off, config] = ["CNAME", ".nojekyll", "_config.yml"].map((name) => siteFile(path, name)) as [
    string,
    string,
    string,
  ];
  if (!side.paths.has(cname) || side.paths.has(off) || workflows.length > 0) return [];
  const text = side.paths.has(config) ? await side.text(config) : undefined;
  if (jekyllIncludes(text ?? "", ".well-known")) return [];
  const message =
    text === undefined
      ? `GitHub Pages builds this site with Jekyll, which leaves .well-known out: add an empty file ${off}`
      : `GitHub Pages builds this site with Jekyll, which leaves .well-known out: add include: [".well-known"] to ${config}`;
  const at = text === undefined ? path : config;
  return [{ code: "jekyll-drops", message, location: { kind: "file", path: at, span: TOP } }];
}

async function artifactsOf(
  side: Side,
  path: string,
  workflows: readonly PagesWorkflow[],
): Promise<readonly PublishingFault[]> {
  if (workflows.length === 0) return [];
  const folder = siteFolder(path);
  const policies = await policyCount(side);
  return workflows.flatMap((workflow) =>
    artifactFaults(workflow, (published) => carries(side, { published, folder, others: policies > 1 })),
  );
}

const counts = new WeakMap<Side["paths"], Promise<number>>();

/** How many policies lie here: of several, nothing says which one a build puts into the site. */
function policyCount(side: Side): Promise<number> {
  const found = counts.get(side.paths) ?? findPolicyFiles(side).then(({ length }) => length);
  counts.set(side.paths, found);
  return found;
}

interface Artifact {
  readonly published: string;
  readonly folder: string;
  readonly others: boolean;
}

/** Whether what a step publishes has this policy's site in it: a tracked folder above it, or what a build makes of it. */
function carries({ paths }: Side, { published, folder, others }: Artifact): boolean {
  const root = published.replace(/^\.\//, "").replace(/\/+$/, "");
  if (root === "" || root === "." || root === folder || folder.startsWith(`${root}/`)) return true;
  // Among several policies only a tracked folder tells, and that was asked for above.
  return !others && ![...paths].some((path) => path.startsWith(`${root}/`));
}
