import type { PublishingFault } from "../proposal.ts";
import { TOP } from "../protocol/span.ts";
import { permalinkOf } from "./jekyll.ts";
import { siteFile } from "./policy-files.ts";
import type { Side } from "./side.ts";

const SERVED = ".well-known/mta-sts.txt";

/** Names that people give the file by mistake, as public repositories have them. */
const NEAR_MISSES: readonly (readonly [PublishingFault["code"], RegExp])[] = [
  ["dot-missing", /(^|\/)well[-_]?known\/mta[-_]sts(\.txt)?$/i],
  ["other-path", /(^|\/)\.(wellknown|well_known)\/mta[-_]sts(\.txt)?$/i],
  ["other-path", /(^|\/)\.well-known\/mta-sts(\.txt\.txt|\/mta-sts\.txt|)$/i],
  ["other-path", /(^|\/)\.well-known\/(mta_sts|mtasts|mta-sts)\.txt$/i],
];

const listed = new WeakMap<Side["paths"], readonly string[]>();

/** Files that were meant to be a policy, in the order of their paths; nothing of them is read. A repository may have many paths. */
export function misplacedFiles({ paths }: Side): readonly string[] {
  const found =
    listed.get(paths) ??
    [...paths]
      .filter((path) => /known|mta-sts/i.test(path))
      .filter((path) => nearMiss(path) !== undefined || path === "mta-sts.txt")
      .toSorted();
  listed.set(paths, found);
  return found;
}

function nearMiss(path: string): PublishingFault["code"] | undefined {
  if (/(^|\/)\.well-known\/mta-sts\.txt$/.test(path)) return undefined;
  return NEAR_MISSES.find(([, pattern]) => pattern.test(path))?.[0];
}

/**
 * Why a host would not serve this file at `/.well-known/mta-sts.txt`. A path that was named, and is no usual slip, may be put
 * anywhere by whatever deploys it.
 */
export async function misplacement(side: Side, path: string, named: boolean): Promise<PublishingFault | undefined> {
  const location = { kind: "file", path, span: TOP } as const;
  const code = nearMiss(path);
  if (code) return { code, message: `${path} is not served to senders: name it ${servedPlace(path)}`, location };
  if (!/(^|\/)mta-sts\.txt$/.test(path)) return undefined;
  const pages = side.paths.has(siteFile(path, "CNAME"));
  // At the root of a site, or of the repository where nobody named it.
  if (!pages && (named || path !== "mta-sts.txt")) return undefined;
  if (/\/\.well-known\/mta-sts\.txt$/.test(path) || path === SERVED) return undefined;
  const permalink = permalinkOf((await side.text(path)) ?? "");
  if (permalink?.replace(/^\/?/, "/") === `/${SERVED}`) return undefined;
  return {
    code: "root",
    message: `${path} is served at the root of the site: move it to ${servedPlace(path)}`,
    location,
  };
}

/** Where the file that was meant would be served from. */
export function servedPlace(path: string): string {
  const folder = path.replace(/(^|\/)(\.?well[-_]?known\/)?mta[-_]?sts(\.txt)*(\/mta-sts\.txt)?$/i, "");
  return folder === "" ? SERVED : `${folder}/${SERVED}`;
}
