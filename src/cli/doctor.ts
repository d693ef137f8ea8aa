import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { CollectError, OptionError } from "../errors.ts";
import { parseOptions } from "../options.ts";
import { type DomainName, domainName } from "../protocol/domain-name.ts";
import { caText } from "../run/ca-file.ts";
import { ROOMS, type Rooms } from "../run/rooms.ts";
import { openRunClock } from "../run/run-clock.ts";
import { type Git, openGit } from "../world/git.ts";
import type { Arguments } from "./arguments.ts";
import { checkoutRoot } from "./checkout-root.ts";
import { type Check, statusOf } from "./doctor/check.ts";
import { networkChecks } from "./doctor/network-checks.ts";
import { repositoryChecks } from "./doctor/repository-checks.ts";
import { checksJson, checksText } from "./doctor/told.ts";
import { type WorkflowFile, workflowChecks } from "./doctor/workflow-checks.ts";

interface Outlet {
  readonly print: (text: string) => void;
  /** The working folder: a checkout. */
  readonly folder: string;
}

/**
 * Looks at what the gate depends on: workflow, repository, resolver, way out to port 25. Changes nothing, asks nothing of GitHub.
 * @returns as {@link statusOf}
 * @throws OptionError for what is no domain, and where there is no checkout
 */
export async function doctorCommand(given: Arguments, { print, folder }: Outlet, rooms = ROOMS): Promise<0 | 1 | 3> {
  const told = tellerOf(given.format);
  const named = domainOf(given.operands);
  const options = parseOptions(given.options);
  const anchors = caText(options, folder);
  const clock = openRunClock(options.timeout);
  try {
    const git = await openGit({ workspace: folder, signal: clock.signal });
    try {
      const workflows = await workflowsIn(git, (await checkoutRoot(folder)) ?? folder);
      const around = { git, workspace: folder, options, signal: clock.signal };
      const { checks, domains } = await clock.settled(repositoryChecks(around));
      const settings = { options, deadline: clock.judging(1), ...(anchors !== undefined && { caText: anchors }) };
      const seen = await clock.settled(networkSeen(named ?? domains[0], () => rooms.createNetwork(settings)));
      const all: readonly Check[] = [...workflows, ...checks, ...seen];
      print(told(all));
      return statusOf(all);
    } finally {
      git.close();
    }
  } finally {
    clock.close();
  }
}

/** A machine without a resolver is what this is about, and no wrong option. */
async function networkSeen(
  domain: DomainName | undefined,
  createNetwork: () => ReturnType<Rooms["createNetwork"]>,
): Promise<readonly Check[]> {
  try {
    return await networkChecks(domain, createNetwork());
  } catch (error) {
    if (!(error instanceof OptionError) || error.option !== "resolver") throw error;
    return [{ check: "resolver", outcome: "problem", message: error.message, fix: "--resolver IP or a DoH URL" }];
  }
}

function domainOf([text, ...more]: readonly string[]): DomainName | undefined {
  if (text === undefined) return undefined;
  const name = more.length > 0 ? undefined : domainName(text);
  if (name?.includes(".")) return name;
  throw new OptionError("doctor", "takes one domain, or none", { allowed: ["example.com"] });
}

function tellerOf(format = "text"): typeof checksText {
  if (format === "text") return checksText;
  if (format === "json") return checksJson;
  throw new OptionError("--format", "has no such value", { allowed: ["text", "json"] });
}

const FOLDER = ".github/workflows";
const MOST_WORKFLOWS = 100;
const LARGEST = 256 * 1024; // octets

/** The workflows of the working tree, committed or not; no link is followed. */
async function workflowsIn(git: Git, root: string): Promise<readonly Check[]> {
  const names = await readdir(join(root, FOLDER)).catch(() => []);
  const found: WorkflowFile[] = [];
  const unread: Check[] = [];
  for (const [index, name] of names
    .filter((one) => /\.ya?ml$/.test(one))
    .toSorted()
    .entries()) {
    const path = `${FOLDER}/${name}`;
    const octets = index < MOST_WORKFLOWS ? await readable(git, path) : undefined;
    if (octets && octets.length <= LARGEST) found.push({ path, text: new TextDecoder().decode(octets) });
    else
      unread.push({
        check: "workflow",
        outcome: "unseen",
        message: `${path} was not read: a link, too large, or one of too many`,
      });
  }
  return [...unread, ...workflowChecks(found)];
}

async function readable(git: Git, path: string): Promise<Uint8Array | undefined> {
  try {
    return await git.workspaceFile(path);
  } catch (error) {
    if (error instanceof CollectError) return undefined;
    throw error;
  }
}
