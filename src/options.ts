import { type ProxyOption, parseProxy, parseResolver, type ResolverOption } from "./endpoint.ts";
import { OptionError } from "./errors.ts";
import { DAY, duration, flag, label, list, type Shard, shard, waiting } from "./option-text.ts";

export type { ProxyOption, ResolverOption } from "./endpoint.ts";
export type { Shard } from "./option-text.ts";

/** How the text of an option is read. A `choice` row lists its whole set; nothing outside it is ever taken. */
type Form = "text" | "list" | "flag" | "choice" | "duration" | "resolver" | "proxy";

export interface OptionRow {
  readonly name: string;
  readonly form: Form;
  /** One sentence for action.yml, `--help` and the README. */
  readonly help: string;
  /** What counts when nothing is said, in the words of the tables. */
  readonly fallback: string;
  /** Written as `default:` in action.yml; only where no config file may set the same thing. */
  readonly actionDefault?: string;
  readonly choices?: readonly string[];
  readonly built: boolean;
}

const row = (name: string, form: Form, fallback: string, help: string, more: Partial<OptionRow> = {}): OptionRow => ({
  name,
  form,
  fallback,
  help,
  built: true,
  ...more,
});
const unbuilt = { built: false } as const;

/** Every input, in the order the tables list them. The one source of action.yml, `--help` and the README table. */
export const OPTIONS: readonly OptionRow[] = [
  row("config", "text", "`.github/mta-sts-gate.yml`", "Path of the config file."),
  row("domain", "text", "found in the repository", "The policy domain, such as `example.com`."),
  row("policy", "text", "found in the repository", "Path of the policy file that the domain serves."),
  row("records", "list", "none", "Globs of DNS files that hold the records, one a line."),
  row("record-id", "text", "not said", "The id that the `_mta-sts` record will have after the merge."),
  row("reports", "list", "none", "Globs of TLS-RPT reports.", unbuilt),
  row("base", "text", "the event's", "Revision to judge against, when the event names none."),
  row("resolver", "resolver", "`system`", "DNS: `system`, `authoritative`, `IP[:port]` or the URL of a DoH server."),
  row("proxy", "proxy", "none", "`socks5://` or `http://[user:pass@]host:port` for probes and policy fetches."),
  row("ca-file", "text", "none", "PEM file of trust anchors beside the Mozilla roots; the report states it."),
  row("allow-private-networks", "flag", "`false`", "Contact addresses that are not globally reachable."),
  row("evidence", "list", "none", "Globs of evidence files gathered by other jobs, never files that git tracks."),
  row("evidence-max-age", "duration", "`24h`", "How old evidence may be and still count as live, up to `7d`."),
  row(
    "shard",
    "text",
    "none",
    "`i/n`, with `mode: observe`: every n-th domain; with `evidence`, the MX hosts of every n-th provider.",
  ),
  row("mode", "choice", "`auto`", "What to do: `auto` chooses by the event.", {
    choices: ["auto", "gate", "verify", "observe"],
  }),
  row("all", "flag", "`false`", "Judge every domain, not only those the change touches."),
  row("if-none", "choice", "`error`", "What a repository without any policy or record means.", {
    choices: ["error", "ready"],
  }),
  row(
    "wait-for-deploy",
    "duration",
    "`15m` on push, else `0`",
    "How long verify waits, beyond `timeout`, until what is deployed is what the repository says; `0`: not at all.",
  ),
  row("fail-on", "choice", "`error`", "The worst finding that may not pass.", {
    choices: ["error", "warning", "never"],
  }),
  row("on-unknown", "choice", "`fail`", "Whether the verdict `unknown` fails the step.", { choices: ["fail", "warn"] }),
  row("comment", "choice", "`auto`", "When to keep a comment on the pull request.", {
    choices: ["auto", "always", "never"],
  }),
  row("label", "text", "none", "Tells the comments of several gates on one pull request apart."),
  row("suggest", "flag", "`false`", "Suggest fixes on lines of the diff, as review comments."),
  row("report-file", "text", "none", "Where to write the JSON report (schema/report-v1.json)."),
  row("sarif-file", "text", "none", "Where to write SARIF 2.1.0, for code scanning."),
  row("evidence-file", "text", "none", "Where to write what this run saw (schema/evidence-v1.json)."),
  row("timeout", "duration", "`3m` + 20 ms a domain", "Wall-clock limit of the whole run."),
  row("github-token", "text", "the job's token", "Token for the comment and for a base that the clone lacks.", {
    actionDefault: "$" + "{{ github.token }}",
  }),
];

/** What the user asked for, read and bounded. Undefined means: not said. */
export interface Options {
  readonly config: string | undefined;
  readonly domain: string | undefined;
  readonly policy: string | undefined;
  readonly records: readonly string[];
  readonly recordId: string | undefined;
  readonly base: string | undefined;
  readonly resolver: ResolverOption;
  readonly proxy: ProxyOption | undefined;
  readonly caFile: string | undefined;
  readonly allowPrivateNetworks: boolean;
  readonly evidence: readonly string[];
  /** Milliseconds. */
  readonly evidenceMaxAge: number;
  readonly shard: Shard | undefined;
  readonly mode: "auto" | "gate" | "verify" | "observe";
  readonly all: boolean;
  readonly ifNone: "error" | "ready";
  /** Milliseconds; undefined: 15 minutes after a push, else not at all. */
  readonly waitForDeploy: number | undefined;
  readonly failOn: "error" | "warning" | "never";
  readonly onUnknown: "fail" | "warn";
  readonly comment: "auto" | "always" | "never";
  readonly label: string | undefined;
  readonly suggest: boolean;
  readonly reportFile: string | undefined;
  readonly sarifFile: string | undefined;
  readonly evidenceFile: string | undefined;
  /** Milliseconds; undefined: 3 minutes and 20 ms a domain. */
  readonly timeout: number | undefined;
  readonly githubToken: string | undefined;
}

/**
 * Reads options from `name → text` as an entry found them. Empty text is "not said", as on the runner.
 * @throws OptionError for a name or value outside the table, and for one that is not built yet.
 */
export function parseOptions(given: Readonly<Record<string, string>>): Options {
  for (const [name, text] of Object.entries(given)) admit(name, text.trim());
  refuseIdle(given);
  const text = (name: string): string | undefined => given[name]?.trim() || undefined;
  const choice = <T extends string>(name: string, fallback: T): T => (text(name) as T | undefined) ?? fallback;
  return {
    config: text("config"),
    domain: text("domain"),
    policy: text("policy"),
    records: list(text("records")),
    recordId: text("record-id"),
    base: text("base"),
    resolver: parseResolver(text("resolver")),
    proxy: parseProxy(text("proxy")),
    caFile: text("ca-file"),
    allowPrivateNetworks: flag("allow-private-networks", text("allow-private-networks")),
    evidence: list(text("evidence")),
    evidenceMaxAge: duration("evidence-max-age", text("evidence-max-age"), 7 * DAY) ?? DAY,
    shard: shard(text("shard")),
    mode: choice("mode", "auto"),
    all: flag("all", text("all")),
    ifNone: choice("if-none", "error"),
    waitForDeploy: waiting("wait-for-deploy", text("wait-for-deploy")),
    failOn: choice("fail-on", "error"),
    onUnknown: choice("on-unknown", "fail"),
    comment: choice("comment", "auto"),
    label: label(text("label")),
    suggest: flag("suggest", text("suggest")),
    reportFile: text("report-file"),
    sarifFile: text("sarif-file"),
    evidenceFile: text("evidence-file"),
    timeout: duration("timeout", text("timeout")),
    githubToken: text("github-token"),
  };
}

function admit(name: string, text: string): void {
  const found = OPTIONS.find((option) => option.name === name);
  if (!found)
    throw new OptionError(name, "is no input of this action", { allowed: OPTIONS.map((option) => option.name) });
  if (text === "") return;
  const allowed = found.choices ?? [];
  if (!found.built) throw new OptionError(name, "is not built in this version; leave it out", { allowed: ["(empty)"] });
  if (found.choices && !allowed.includes(text)) throw new OptionError(name, "has no such value", { allowed });
}

/** What would be taken and ignored. */
function refuseIdle(given: Readonly<Record<string, string>>): void {
  const mode = given["mode"]?.trim();
  const observing = mode === "observe";
  if (given["wait-for-deploy"]?.trim() && (observing || mode === "gate"))
    throw new OptionError("wait-for-deploy", `mode: ${mode} does not verify, so there is no deploy to wait for`);
  if (given["base"]?.trim() && mode === "verify")
    throw new OptionError("base", "mode: verify compares with what is deployed, not with a revision");
  if (given["shard"]?.trim() && !observing)
    throw new OptionError(
      "shard",
      "is for mode: observe; a verdict over a part of the domains would look like one over all",
    );
  if (observing && flag("suggest", given["suggest"]?.trim() || undefined))
    throw new OptionError("suggest", "mode: observe judges nothing, so there is nothing to suggest");
  for (const name of ["report-file", "sarif-file"])
    if (observing && given[name]?.trim())
      throw new OptionError(name, "mode: observe judges nothing, so there is no report");
}
