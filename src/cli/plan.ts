import { OptionError } from "../errors.ts";
import type { Docket } from "../gate.ts";
import { judge } from "../judge/judge.ts";
import { hostsToProbe } from "../judge/plan/hosts-to-probe.ts";
import { planFor } from "../judge/plan/plan.ts";
import { observe } from "../observe/observe.ts";
import { type Options, parseOptions } from "../options.ts";
import type { Intent, Plan } from "../plan.ts";
import type { Proposal, ProposedRecord } from "../proposal.ts";
import { domainName } from "../protocol/domain-name.ts";
import { inertLog } from "../report/inert.ts";
import { planMarkdown } from "../report/plan-markdown.ts";
import { planText } from "../report/plan-text.ts";
import { caText } from "../run/ca-file.ts";
import { judgeChange } from "../run/change.ts";
import { ROOMS, type Rooms } from "../run/rooms.ts";
import { readRunner } from "../run/runner.ts";
import type { DomainVerdict } from "../verdict.ts";
import { openGit } from "../world/git.ts";
import { nowhere } from "../world/nowhere.ts";
import type { Network } from "../world.ts";
import type { Arguments } from "./arguments.ts";
import type { Terminal } from "./gate.ts";
import { inertFences } from "./inert-fence.ts";
import { inertJson } from "./inert-json.ts";
import { INTENTS, readIntent } from "./intent.ts";

const FORMATS: Readonly<Record<string, (plan: Plan) => string>> = {
  text: planText,
  json: (plan) => inertJson(`${JSON.stringify({ version: 1, ...plan }, null, 2)}\n`),
  markdown: (plan) => inertFences(planMarkdown(plan)),
};

/** Milliseconds that git may take to name a commit. */
const GIT_TIME = 20_000;

/**
 * Prints the safe order from what HEAD says and senders see to what is intended, with dates. With `--evidence`, nothing else is looked
 * at, as `judge` does. Judges nothing: the status is 0 whatever the plan says.
 * @throws OptionError for words that are no intent, and as the gate would
 */
export async function planCommand(given: Arguments, terminal: Terminal, rooms = ROOMS): Promise<0> {
  const [domain, ...words] = given.operands;
  if (domain === undefined) throw new OptionError("plan", "needs a domain and an intent", { allowed: INTENTS });
  const intent = readIntent(words);
  const render = rendererFor(given.format);
  const options = optionsOf(given, domain);
  const runner = { ...readRunner(terminal.env), workspace: terminal.folder };
  const commit = await headOf(runner.workspace);
  const event = { name: "command line", commit, base: { kind: "revision", text: "HEAD" }, pullRequest: null } as const;
  const tell = (line: string): void => terminal.tell(`${inertLog(line)}\n`);
  const question = { options, runner, event, tell, caText: caText(options, runner.workspace) };
  const plans: Plan[] = [];
  await judgeChange(question, () => undefined, planning(rooms, { intent, options, done: (plan) => plans.push(plan) }));
  const [plan] = plans;
  if (!plan) throw new OptionError("DOMAIN", "is none that the repository says anything of");
  terminal.print(render(plan));
  return 0;
}

interface Planning {
  readonly intent: Intent;
  readonly options: Options;
  readonly done: (plan: Plan) => void;
}

/** The rooms of a run that reads the whole history, looks at the hosts of the intent too, and plans where the gate would judge. */
function planning(rooms: Rooms, { intent, options, done }: Planning): Rooms {
  return {
    ...rooms,
    collect: (repository, asked, known) => rooms.collect(repository, { ...asked, all: true }, known, "all"),
    ...(options.evidence.length > 0 && { createNetwork: () => nowhere(() => new Date().toISOString()) }),
    gate: (docket, network, now) => plannedBy(docket, network, { now, intent, done }),
  };
}

interface Planner extends Pick<Planning, "intent" | "done"> {
  readonly now: () => string;
}

async function* plannedBy(
  { proposals, settings, memory }: Docket,
  network: Network,
  { now, intent, done }: Planner,
): AsyncGenerator<DomainVerdict> {
  for (const proposal of proposals) {
    const asOf = now();
    const evidence = await observe(alsoNaming(proposal, intent), network, asOf);
    const given = { proposal, evidence, memory: memory?.(proposal.policyDomain) ?? [], asOf, settings };
    done(planFor(given, intent));
    yield judge(given);
  }
}

/** The proposal as it will be once the intent is reached, for what there is to look at. */
function alsoNaming(proposal: Proposal, intent: Intent): Proposal {
  const { proposed, policyDomain } = proposal;
  const location = { kind: "dns", owner: policyDomain, type: "MX" } as const;
  const hosts = hostsToProbe(intent, proposal).map(
    (host): ProposedRecord => ({ owner: policyDomain, type: "MX", data: `10 ${host}`, ttl: null, location }),
  );
  const said = proposed.mxRecords.kind === "said" ? proposed.mxRecords.value : [];
  if (hosts.length === 0) return proposal;
  return { ...proposal, proposed: { ...proposed, mxRecords: { kind: "said", value: [...said, ...hosts] } } };
}

function rendererFor(format = "text"): (plan: Plan) => string {
  const render = Object.hasOwn(FORMATS, format) ? FORMATS[format] : undefined;
  if (!render) throw new OptionError("--format", "has no such value", { allowed: Object.keys(FORMATS) });
  return render;
}

function optionsOf({ options: given }: Arguments, domain: string): Options {
  if (!domainName(domain)?.includes(".")) throw new OptionError("DOMAIN", "is no domain name such as example.com");
  return parseOptions({ ...given, domain });
}

async function headOf(workspace: string): Promise<string> {
  const git = await openGit({ workspace, signal: AbortSignal.timeout(GIT_TIME) });
  try {
    const commit = await git.resolveCommit("HEAD");
    if (commit === undefined) throw new OptionError("plan", "this repository has no commit yet");
    return commit;
  } finally {
    git.close();
  }
}
