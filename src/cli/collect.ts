import { type Collected, collect } from "../collect/collect.ts";
import { OptionError } from "../errors.ts";
import { rules } from "../judge/rules.ts";
import type { Location } from "../location.ts";
import { type Options, parseOptions } from "../options.ts";
import type { Proposal, ProposedRecord, Revision } from "../proposal.ts";
import { inertLog, type LogText, log } from "../report/inert.ts";
import { placeOf } from "../report/place.ts";
import { openAt } from "../run/repository.ts";
import { openGit } from "../world/git.ts";
import type { Arguments } from "./arguments.ts";
import { inertJson } from "./inert-json.ts";

interface Outlet {
  readonly print: (text: string) => void;
  /** The working folder: a checkout. */
  readonly folder: string;
}

/** Milliseconds that reading a repository may take. */
const TIME = 180_000;

/**
 * Prints what HEAD proposes, for every domain. Reads git only.
 * @throws OptionError and CollectError, as the gate would
 */
export async function collectCommand(given: Arguments, { print, folder }: Outlet): Promise<0> {
  const json = isJson(given.format);
  const options = optionsOf(given);
  const signal = AbortSignal.timeout(TIME);
  // Compared with itself: everything that HEAD says, and no change.
  const base = { kind: "revision", text: "HEAD" } as const;
  const event = { name: "command line", commit: await headOf(folder, signal), base, pullRequest: null };
  const opened = await openAt({ workspace: folder, event, readBase: undefined, signal });
  try {
    const known = rules.map(({ id }) => id);
    const collected = await collect(opened.repository, { ...options, all: true }, known);
    print(json ? inertJson(`${JSON.stringify(collected.proposals.map(asJson), null, 2)}\n`) : asText(collected));
    return 0;
  } finally {
    opened.close();
  }
}

async function headOf(workspace: string, signal: AbortSignal): Promise<string> {
  const git = await openGit({ workspace, signal });
  try {
    const commit = await git.resolveCommit("HEAD");
    if (commit !== undefined) return commit;
    throw new OptionError("collect", "this repository has no commit yet");
  } finally {
    git.close();
  }
}

function isJson(format = "text"): boolean {
  if (format !== "text" && format !== "json")
    throw new OptionError("--format", "has no such value", { allowed: ["text", "json"] });
  return format === "json";
}

function optionsOf({ operands, options: given }: Arguments): Options {
  if (operands.length > 1)
    throw new OptionError("domain", "one domain a run in this version; the config file takes many");
  const [domain] = operands;
  if (domain !== undefined && given["domain"] !== undefined) throw new OptionError("--domain", "is said twice");
  return parseOptions({ ...given, ...(domain === undefined ? {} : { domain }) });
}

/** Every record that the repository says for a domain, in the order of the parts. */
function recordsOf({ stsRecords, policyHostRecords, tlsrptRecords, mxRecords }: Revision): readonly ProposedRecord[] {
  return [stsRecords, policyHostRecords, tlsrptRecords, mxRecords].flatMap((said) =>
    said?.kind === "said" ? said.value : [],
  );
}

function asJson({ policyDomain, proposed }: Proposal): object {
  const { policyFile } = proposed;
  const path = policyFile.kind === "said" ? policyFile.value?.path : undefined;
  return {
    policyDomain,
    policyFile: path === undefined ? null : { path },
    records: recordsOf(proposed).map(({ owner, type, data, ttl, location, why }) => ({
      owner,
      type,
      data,
      ttl,
      location: placeJson(location),
      ...(data === null && { why: why ?? "the file does not say" }),
    })),
  };
}

function placeJson(location: Location): object {
  if (location.kind !== "file") return location;
  return { file: location.path, line: location.span.startLine, column: location.span.startColumn };
}

function asText({ proposals, origins, notes }: Collected): string {
  const domains = proposals.flatMap((proposal) => domainLines(proposal, origins.get(proposal.policyDomain) ?? ""));
  const told = notes.map((note) => log`note: ${inertLog(note)}`);
  const none = proposals.length === 0 ? [log`no domain has a policy file or an _mta-sts record here`] : [];
  return [...domains, ...none, ...told].map((line) => `${line}\n`).join("");
}

function domainLines({ policyDomain, proposed, publishing, notes }: Proposal, origin: string): readonly LogText[] {
  const { policyFile } = proposed;
  const file = policyFile.kind === "said" ? policyFile.value : null;
  return [
    log`${inertLog(policyDomain)}, from ${inertLog(origin)}`,
    file ? log`  policy ${inertLog(file.path)}` : log`  policy not in this repository: what is deployed counts`,
    ...recordsOf(proposed).map(recordLine),
    ...publishing.proposed.map(({ message }) => log`  not served: ${inertLog(message)}`),
    ...notes.map((note) => log`  note: ${inertLog(note)}`),
  ];
}

function recordLine({ owner, type, data, ttl, location, why }: ProposedRecord): LogText {
  const said =
    data === null ? log`not determined here: ${inertLog(why ?? "the file does not say")}` : log`${inertLog(data)}`;
  const kept = ttl === null ? log`` : log` ttl ${ttl}`;
  return log`  ${inertLog(owner)}${kept} ${inertLog(type)} ${said} (${inertLog(placeOf(location))})`;
}
