import { REPOSITORY_PATH } from "../collect/config.ts";
import type { Side } from "../collect/side.ts";
import { OptionError } from "../errors.ts";
import { parseOptions } from "../options.ts";
import { type DomainName, domainName } from "../protocol/domain-name.ts";
import { inertLog, log } from "../report/inert.ts";
import { caText } from "../run/ca-file.ts";
import { ROOMS, type Rooms } from "../run/rooms.ts";
import { openRunClock } from "../run/run-clock.ts";
import { type Git, openGit } from "../world/git.ts";
import type { Arguments } from "./arguments.ts";
import { checkoutRoot } from "./checkout-root.ts";
import { filesOf, firstPolicy } from "./init/files.ts";
import { layoutOf } from "./init/layout.ts";
import { type Live, lookAt } from "./init/live.ts";
import { startJson, startText } from "./init/told.ts";
import { writeNew } from "./init/write.ts";

interface Outlet {
  readonly print: (text: string) => void;
  /** The working folder: a checkout, with commits or without. */
  readonly folder: string;
}

/** Milliseconds that reading the repository may take. */
const GIT_TIME = 60_000;

/**
 * Writes a first policy, config and workflow from what senders see now, and prints the records to publish. Overwrites nothing, asks nothing.
 * @returns 0: what was missing is written; 1: the domain has no MX host to name; 3: what a policy depends on was not seen. Then nothing is written.
 * @throws OptionError for what is no domain, and where there is no checkout
 */
export async function initCommand(given: Arguments, { print, folder }: Outlet, rooms = ROOMS): Promise<0 | 1 | 3> {
  const domain = domainOf(given.operands);
  const told = tellerOf(given.format);
  const chosen = pathOf(given.options["policy"]);
  const root = await checkoutRoot(folder);
  const git = await openGit({ workspace: folder, signal: AbortSignal.timeout(GIT_TIME) });
  try {
    const layout = await layoutOf(await headSide(git), domain, chosen);
    const live = await look(given, { domain, folder, rooms });
    if (live.kind !== "seen") {
      print(log`${inertLog(refusal(domain, live))}\n`);
      return live.kind === "unseen" ? 3 : 1;
    }
    const octets = (await git.workspaceFile(layout.policy)) ?? firstPolicy(live);
    const start = { domain, live, layout, octets };
    print(told(start, await writeNew(root ?? folder, filesOf(start, await defaultBranch(git)))));
    return 0;
  } finally {
    git.close();
  }
}

function domainOf([text, ...more]: readonly string[]): DomainName {
  const name = text === undefined || more.length > 0 ? undefined : domainName(text);
  if (name?.includes(".")) return name;
  throw new OptionError("init", "needs one domain", { allowed: ["example.com"] });
}

function tellerOf(format = "text"): typeof startText {
  if (format === "text") return startText;
  if (format === "json") return startJson;
  throw new OptionError("--format", "has no such value", { allowed: ["text", "json"] });
}

function pathOf(text: string | undefined): string | undefined {
  const path = text?.trim().replace(/^(\.\/)+/, "");
  if (path === undefined || path === "") return undefined;
  if (
    path.split("/").some((part) => part === "" || part === "." || part.toLowerCase() === ".git") ||
    !REPOSITORY_PATH.test(path)
  )
    throw new OptionError("--policy", "is no path from the repository's root");
  return path;
}

interface Looking {
  readonly domain: DomainName;
  readonly folder: string;
  readonly rooms: Pick<Rooms, "createNetwork">;
}

async function look(given: Arguments, { domain, folder, rooms }: Looking): Promise<Live> {
  const options = parseOptions(given.options);
  const anchors = caText(options, folder);
  const clock = openRunClock(options.timeout);
  try {
    const network = rooms.createNetwork({
      options,
      deadline: clock.judging(1),
      ...(anchors !== undefined && { caText: anchors }),
    });
    return await clock.settled(lookAt(domain, network, new Date().toISOString()));
  } finally {
    clock.close();
  }
}

function refusal(domain: DomainName, live: Exclude<Live, { kind: "seen" }>): string {
  if (live.kind === "no-mail")
    return `nothing was written: ${domain} has no MX host that a policy could name: ${live.why}`;
  return `nothing was written: could not look at ${live.what.join(" and at ")} of ${domain}; try again, or another --resolver`;
}

/** What HEAD tracks; nothing before the first commit. */
async function headSide(git: Git): Promise<Side> {
  const commit = await git.resolveCommit("HEAD");
  const tree = commit === undefined ? undefined : git.tree(commit);
  const paths = new Set((await tree?.list())?.map(({ path }) => path));
  const bytes: Side["bytes"] = async (path) => tree?.read(path);
  const text: Side["text"] = async (path) => {
    const found = await bytes(path);
    return found && new TextDecoder("utf-8", { ignoreBOM: true }).decode(found);
  };
  return { name: "proposed", paths, bytes, text };
}

/** The branch that pushes are verified on. */
async function defaultBranch(git: Git): Promise<string> {
  for (const branch of ["main", "master", "trunk"])
    for (const ref of [`refs/remotes/origin/${branch}`, `refs/heads/${branch}`])
      if (await git.resolveCommit(ref)) return branch;
  return "main";
}
