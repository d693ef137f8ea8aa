import { readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type GithubApi, startGithubApi } from "../../src/demo/github-api.ts";
import { type Internet, POLICY_ADDRESS, presented, startInternet } from "../../src/demo/internet.ts";
import type { MxServerOptions } from "../../src/demo/mx-server.ts";
import type { PolicyReply } from "../../src/demo/policy-server.ts";
import { createRepository, type DemoRepository, type Files } from "../../src/demo/repository.ts";
import { runStep, type StepResult } from "../../src/demo/runner.ts";
import { commandsIn, type RunnerCommand } from "../report/runner.ts";

/** The committed bundle, which is what users run. */
export const BUNDLE = resolve("dist/index.js");

/** example.com as it is deployed, in the fewest words. */
export interface Deployed {
  /** Text of the policy, or another answer of the policy host; none: the host has no policy. */
  readonly policy?: string | PolicyReply;
  readonly id?: string;
  /** Short names below example.com, with what each MX host is. */
  readonly mx?: Readonly<Record<string, MxState>>;
  readonly tlsrpt?: boolean;
}

export type MxState =
  | "good"
  | "expired"
  | "self-signed"
  | "wrong-name"
  | "no-starttls"
  | "incomplete"
  | MxServerOptions;

export interface Report {
  readonly verdict: string;
  readonly domains: readonly {
    readonly verdict: string;
    readonly deliveries: readonly {
      policy: string;
      mx: string;
      outcome: string;
      hosts: readonly { host: string; verdict: string; resultType?: string }[];
    }[];
    readonly rules: readonly {
      rule: string;
      outcome: string;
      level?: string;
      findings: readonly {
        message: string;
        location?: { file?: string; line?: number };
        resultType?: string;
        facts?: Readonly<Record<string, unknown>>;
      }[];
    }[];
  }[];
}

export interface Judged extends StepResult {
  readonly commands: readonly RunnerCommand[];
  readonly report: Report | undefined;
  readonly comments: readonly string[];
}

export type Arrange = (internet: Internet) => Promise<void> | void;

export interface Change {
  readonly base: Files;
  readonly head: Files;
  readonly deployed?: Deployed;
  readonly inputs?: Readonly<Record<string, string>>;
  readonly event?: "pull_request" | "push" | "merge_group" | "fork";
  readonly env?: Readonly<Record<string, string>>;
  /** Commits of a shallow clone; the whole repository unless given. */
  readonly depth?: number;
  readonly baseAt?: string;
  readonly eventName?: string;
  readonly payload?: object;
  /** What is deployed otherwise than `deployed` can say. */
  readonly arrange?: Arrange;
  readonly started?: (signal: (name: NodeJS.Signals) => void) => void;
  /** One of `base` and `head` that is there already; a run only reads it. */
  readonly repository?: DemoRepository;
}

export interface Stage {
  readonly internet: Internet;
  readonly api: GithubApi;
  readonly judge: (change: Change) => Promise<Judged>;
  readonly close: () => Promise<void>;
}

const DAY = 86_400_000; // milliseconds
export const policy = (mode: string, maxAge: number, ...mx: readonly string[]): string =>
  `version: STSv1\nmode: ${mode}\n${mx.map((host) => `mx: ${host}.example.com\n`).join("")}max_age: ${maxAge}\n`;

export const zone = (id: string | undefined, ...mx: readonly string[]): string =>
  [
    "$ORIGIN example.com.",
    "$TTL 3600",
    "@ IN SOA ns1.example.net. hostmaster.example.com. 1 7200 3600 1209600 3600",
    "@ IN NS ns1.example.net.",
    ...mx.map((host) => `@ IN MX 10 ${host}`),
    ...(id === undefined ? [] : [`_mta-sts IN TXT "v=STSv1; id=${id}"`]),
    '_smtp._tls IN TXT "v=TLSRPTv1; rua=mailto:reports@example.net"',
    "",
  ].join("\n");

/** Policy file, and a zone file with two MX where an id is said. */
export const files = (text: string, id?: string): Files => ({
  "mta-sts.example.com/.well-known/mta-sts.txt": text,
  ...(id === undefined ? {} : { "zones/example.com.zone": zone(id, "mx1", "mx2") }),
});

export async function openStage(): Promise<Stage> {
  const [internet, api] = await Promise.all([startInternet(), startGithubApi()]);
  const judge = async (change: Change): Promise<Judged> => {
    await deploy(internet, change.deployed ?? {});
    await change.arrange?.(internet);
    const { base, head, baseAt = new Date(Date.now() - 60 * DAY).toISOString() } = change;
    const repository = change.repository ?? (await createRepository({ base, head, baseAt }));
    try {
      return await step({ internet, api, repository }, change);
    } finally {
      if (change.repository === undefined) await repository.close();
    }
  };
  const close = async (): Promise<void> => void (await Promise.all([internet.close(), api.close()]));
  return { internet, api, judge, close };
}

interface Set {
  readonly internet: Internet;
  readonly api: GithubApi;
  readonly repository: DemoRepository;
}

async function step({ internet, api, repository }: Set, change: Change): Promise<Judged> {
  api.head = repository.head;
  api.folder = repository.folder;
  const reportFile = join(tmpdir(), `mta-sts-gate-e2e-${process.pid}-${Math.random().toString(36).slice(2)}.json`);
  const { name, payload, sha } = eventOf(repository, change);
  const workspace = change.depth === undefined ? repository.folder : await repository.shallowClone(change.depth, sha);
  const zoned = Object.keys({ ...change.base, ...change.head }).some((path) => path.startsWith("zones/"));
  const inputs = {
    ...internet.inputs,
    ...(zoned ? { records: "zones/*.zone" } : {}),
    "github-token": "ghs_test",
    "report-file": reportFile,
    timeout: "60s",
    // Nothing is deployed while a test waits, unless it says so.
    ...((change.eventName ?? name) === "push" && !change.inputs?.["mode"] ? { "wait-for-deploy": "0" } : {}),
    ...change.inputs,
  };
  const result = await runStep({
    main: BUNDLE,
    workspace,
    eventName: change.eventName ?? name,
    event: change.payload ?? payload,
    sha,
    apiUrl: api.url,
    inputs,
    ...(change.env && { env: change.env }),
    ...(change.started && { started: change.started }),
  });
  const text = await readFile(reportFile, "utf8").catch(() => undefined);
  await rm(reportFile, { force: true });
  const report = text === undefined ? undefined : (JSON.parse(text) as Report);
  return {
    ...result,
    report,
    commands: commandsIn(`${result.stdout}\n${result.stderr}`),
    comments: api.comments.map(({ body }) => body),
  };
}

function eventOf(
  { base, head, merge }: DemoRepository,
  { event = "pull_request" }: Change,
): { name: string; payload: object; sha: string } {
  const repo = { full_name: "example/mail-policy", fork: false };
  const from = event === "fork" ? { full_name: "stranger/mail-policy", fork: true } : repo;
  switch (event) {
    case "push":
      return {
        name: "push",
        payload: { before: base, after: head, ref: "refs/heads/main", repository: repo },
        sha: head,
      };
    case "merge_group":
      return {
        name: "merge_group",
        payload: { action: "checks_requested", merge_group: { base_sha: base, head_sha: head }, repository: repo },
        sha: head,
      };
    default:
      return {
        name: "pull_request",
        payload: {
          number: 1,
          pull_request: {
            number: 1,
            user: { login: "dev", type: "User" },
            head: { sha: head, repo: from },
            base: { sha: base, repo },
          },
          repository: repo,
        },
        sha: merge,
      };
  }
}

async function deploy(internet: Internet, { policy: served, id, mx = {}, tlsrpt = true }: Deployed): Promise<void> {
  const names = Object.keys(mx);
  const address = (index: number): string => `198.51.100.${10 + index}`;
  internet.zone = {
    "example.com": { MX: names.map((host) => [10, `${host}.example.com`] as const) },
    "mta-sts.example.com": { A: [POLICY_ADDRESS] },
    ...(id === undefined ? {} : { "_mta-sts.example.com": { TXT: [`v=STSv1; id=${id}`] } }),
    ...(tlsrpt ? { "_smtp._tls.example.com": { TXT: ["v=TLSRPTv1; rua=mailto:reports@example.net"] } } : {}),
    ...Object.fromEntries(names.map((host, index) => [`${host}.example.com`, { A: [address(index)] }])),
  };
  const identity = presented(internet.authority.issue({ names: ["mta-sts.example.com"] }));
  const reply: PolicyReply =
    served === undefined
      ? { kind: "status", status: 404 }
      : typeof served === "string"
        ? { kind: "policy", body: served }
        : served;
  internet.sites = { "mta-sts.example.com": { identity, reply } };
  for (const [index, [host, state]] of Object.entries(mx).entries())
    await internet.placeMx(address(index), mxOptions(internet, `${host}.example.com`, state));
}

function mxOptions({ authority }: Internet, host: string, state: MxState): MxServerOptions {
  if (typeof state === "object") return { tls: presented(authority.issue({ names: [host] })), ...state };
  const days = (from: number, to: number) => ({
    notBefore: new Date(Date.now() + from * DAY),
    notAfter: new Date(Date.now() + to * DAY),
  });
  switch (state) {
    case "good":
      return { tls: presented(authority.issue({ names: [host], ...days(-10, 80) })) };
    case "expired":
      return { tls: presented(authority.issue({ names: [host], ...days(-90, -1) })) };
    case "self-signed": {
      const { certPem, keyPem } = authority.issue({ names: [host], by: "self" });
      return { tls: { cert: certPem, key: keyPem } };
    }
    case "incomplete": {
      const { certPem, keyPem } = authority.issue({ names: [host] });
      return { tls: { cert: certPem, key: keyPem } };
    }
    case "wrong-name":
      return { tls: presented(authority.issue({ names: ["elsewhere.example.net"] })) };
    case "no-starttls":
      return { behaviour: "no-starttls" };
  }
}

/** `rule: level file:line` of everything that failed, for expectations that show what else was said. */
export function failures({ report }: Judged): readonly string[] {
  const rules = report?.domains.flatMap((domain) => domain.rules) ?? [];
  return rules
    .filter(({ outcome }) => outcome === "failed")
    .flatMap(({ rule, level, findings }) =>
      findings.map(({ location }) =>
        `${rule}: ${level ?? ""} ${location?.file ?? ""}${location?.line ? `:${location.line}` : ""}`.trim(),
      ),
    );
}
