import { type Internet, POLICY_ADDRESS, presented } from "./internet.ts";
import type { Files } from "./repository.ts";
import { DOMAIN, POLICY_PATH, ZONE_PATH } from "./story.ts";

/** A mail provider is replaced under an enforce policy: all at once, and then step by step while the clock moves forward. */
const HOSTS = { "mx.old.example": "198.51.100.35", "mx.new.example": "198.51.100.36" } as const;
type Host = keyof typeof HOSTS;
const [OLD, NEW]: readonly [Host, Host] = ["mx.old.example", "mx.new.example"];

/** What the repository says, and what is deployed, at one time. */
interface Stand {
  readonly policy: readonly Host[];
  readonly id: string;
  readonly mx: Host;
}

const BEFORE: Stand = { policy: [OLD], id: "20260101T000000", mx: OLD };
const WIDENED: Stand = { ...BEFORE, policy: [OLD, NEW], id: "20261101T000000" };
const SWITCHED: Stand = { ...WIDENED, mx: NEW };
const NARROWED: Stand = { ...SWITCHED, policy: [NEW], id: "20261120T000000" };

/** One pull request of the replacement. */
export interface Step {
  readonly title: string;
  /** What main said, oldest first, each with its age in days; the last is base, and is deployed. */
  readonly main: readonly (readonly [days: number, Stand])[];
  readonly proposed: Stand;
  readonly verdict: "ready" | "blocked";
}

const START: readonly [number, Stand] = [300, BEFORE];

export const STEPS: readonly Step[] = [
  {
    title: "the provider is replaced in one pull request: policy, id and MX records",
    main: [START],
    proposed: { policy: [NEW], id: "20261124T000000", mx: NEW },
    verdict: "blocked",
  },
  { title: "step 1: the policy lists both, with a new id", main: [START], proposed: WIDENED, verdict: "ready" },
  {
    title: "step 2 an hour later: the MX records move, too early",
    main: [START, [1 / 24, WIDENED]],
    proposed: SWITCHED,
    verdict: "blocked",
  },
  {
    title: "step 2 nine days later: nobody holds the narrow policy any more",
    main: [START, [9, WIDENED]],
    proposed: SWITCHED,
    verdict: "ready",
  },
  {
    title: "step 3 an hour later: the old name is taken back, too early",
    main: [START, [9, WIDENED], [1 / 24, SWITCHED]],
    proposed: NARROWED,
    verdict: "blocked",
  },
  {
    title: "step 3 two days later: no resolver names the old provider any more",
    main: [START, [11, WIDENED], [2, SWITCHED]],
    proposed: NARROWED,
    verdict: "ready",
  },
];

export const filesOf = ({ policy, id, mx }: Stand): Files => ({
  [POLICY_PATH]: policyOf(policy),
  [ZONE_PATH]: [
    "$TTL 3600",
    "@          IN SOA ns1.example.net. hostmaster.example.com. 2026112401 7200 3600 1209600 3600",
    "@          IN NS  ns1.example.net.",
    `@          IN MX  10 ${mx}.`,
    "mta-sts    IN A   198.51.100.80",
    `_mta-sts   IN TXT "v=STSv1; id=${id}"`,
    '_smtp._tls IN TXT "v=TLSRPTv1; rua=mailto:tls-reports@example.net"',
    "",
  ].join("\n"),
  "mta-sts/CNAME": "mta-sts.example.com\n",
  "mta-sts/.nojekyll": "",
  // Its jobs publish one after the other: the policy, then the zone.
  ".github/mta-sts-gate.yml": "deploy: policy-first\n",
});

const policyOf = (hosts: readonly Host[]): string =>
  `version: STSv1\nmode: enforce\n${hosts.map((host) => `mx: ${host}\n`).join("")}max_age: 604800\n`;

/** Deploys what main says; both providers are well. */
export async function deployStand(internet: Internet, { policy, id, mx }: Stand): Promise<void> {
  const policyHost = `mta-sts.${DOMAIN}`;
  internet.zone = {
    [DOMAIN]: { MX: [[10, mx] as const] },
    [policyHost]: { A: [POLICY_ADDRESS] },
    [`_mta-sts.${DOMAIN}`]: { TXT: [`v=STSv1; id=${id}`] },
    [`_smtp._tls.${DOMAIN}`]: { TXT: ["v=TLSRPTv1; rua=mailto:tls-reports@example.net"] },
    ...Object.fromEntries(Object.entries(HOSTS).map(([host, address]) => [host, { A: [address] }])),
  };
  const identity = presented(internet.authority.issue({ names: [policyHost] }));
  internet.sites = { [policyHost]: { identity, reply: { kind: "policy", body: policyOf(policy) } } };
  for (const [host, address] of Object.entries(HOSTS))
    await internet.placeMx(address, {
      tls: presented(internet.authority.issue({ names: [host] })),
      banner: `220 ${host} ESMTP`,
    });
}

/** ISO 8601: so many days ago. */
export const daysAgo = (days: number): string => new Date(Date.now() - days * 86_400_000).toISOString();
