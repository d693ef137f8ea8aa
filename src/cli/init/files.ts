import { createHash } from "node:crypto";
import { settling } from "../../collect/policy-files.ts";
import type { DomainName } from "../../protocol/domain-name.ts";
import { type Policy, printPolicy } from "../../protocol/policy.ts";
import type { Layout } from "./layout.ts";
import type { Live } from "./live.ts";

export const CONFIG = ".github/mta-sts-gate.yml";
export const WORKFLOW = ".github/workflows/mta-sts-gate.yml";

/** A file to write where there is none. */
export interface NewFile {
  readonly path: string;
  readonly octets: Uint8Array;
}

export interface Start {
  readonly domain: DomainName;
  readonly live: Extract<Live, { kind: "seen" }>;
  readonly layout: Layout;
  /** The policy file: the one that lies there already, else {@link firstPolicy}. */
  readonly octets: Uint8Array;
}

/**
 * The policy of a start: the live one to the octet, so that the first merge changes nothing for senders; else testing mode, in which
 * senders report and refuse nothing (RFC 8461 §5). `none` is no policy to go on from.
 */
export function firstPolicy({ hosts, policy }: Start["live"]): Uint8Array {
  if (policy && policy.mode !== "none") return policy.octets;
  const mx = hosts.map((host) => ({ wildcard: false, host }));
  return octetsOf(printPolicy({ mode: "testing", maxAge: DAY, mx } satisfies Policy));
}

// Seconds. In testing senders only report; the first enforce should be as short, so that a mistake lasts a day.
const DAY = 86_400;

const octetsOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** Every file of a start, the policy first. */
export function filesOf({ domain, layout, octets }: Start, branch: string): readonly NewFile[] {
  const texts = [
    [CONFIG, configText(domain, layout)],
    [WORKFLOW, workflowText(branch)],
    ...(layout.isSite
      ? ([
          ["CNAME", `mta-sts.${domain}\n`],
          [".nojekyll", ""],
        ] as const)
      : []),
  ] as const;
  return [{ path: layout.policy, octets }, ...texts.map(([path, text]) => ({ path, octets: octetsOf(text) }))];
}

// As in the README: whoever runs the action names its owner and a commit that they have read.
const ACTION = "OWNER/mta-sts-gate@COMMIT";
const SCHEMA = "https://raw.githubusercontent.com/OWNER/mta-sts-gate/COMMIT/schema/config-v1.json";

/** The config: which domain, where its policy lies, and who keeps its record. */
export function configText(domain: DomainName, layout: Pick<Layout, "policy" | "records">): string {
  return `# yaml-language-server: $schema=${SCHEMA}\ndomains:\n${domainEntry(domain, layout)}`;
}

/** The entry of `domains:`; with its record kept elsewhere, the id to publish is a hash of the policy. */
export function domainEntry(domain: DomainName, { policy, records }: Pick<Layout, "policy" | "records">): string {
  const [, , ...entry] = settling([{ domain, policy }]).split("\n");
  const globs = records.map((path) => `      - ${JSON.stringify(path)}`);
  const record = globs.length === 0 ? ["    record: external"] : ["    records:", ...globs];
  return `${[...entry, ...record].join("\n")}\n`;
}

function workflowText(branch: string): string {
  return `name: MTA-STS
on: { pull_request: {}, merge_group: {}, push: { branches: [${JSON.stringify(branch)}] } }
permissions: {}
jobs:
  gate:
    runs-on: ubuntu-latest
    timeout-minutes: 30
    permissions: { contents: read, pull-requests: write }
    steps:
      - uses: actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1
        with: { fetch-depth: 0, persist-credentials: false }
      - uses: ${ACTION}
`;
}

const LONGEST_ID = 32; // RFC 8461 §3.1

/** The id that the gate would propose for these octets with `record: external`: the beginning of their SHA-256. */
export function contentId(octets: Uint8Array): string {
  return createHash("sha256").update(octets).digest("hex").slice(0, LONGEST_ID);
}
