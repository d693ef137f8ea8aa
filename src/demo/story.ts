import { type Internet, POLICY_ADDRESS, presented } from "./internet.ts";
import type { Files } from "./repository.ts";

/** The domain of the demo, before and after three pushes to one pull request. */
export const DOMAIN = "example.com";
export const POLICY_PATH = "mta-sts/.well-known/mta-sts.txt";
export const ZONE_PATH = "zones/example.com.zone";

const HOSTS = { "mx1.example.com": "198.51.100.25", "mx2.example.com": "198.51.100.26" } as const;
const DAY = 86_400_000; // milliseconds

interface Said {
  readonly mode: "testing" | "enforce";
  readonly maxAge: number;
  readonly id: string;
}

const DEPLOYED: Said = { mode: "testing", maxAge: 86_400, id: "20261101T000000" };

export function policyText({ mode, maxAge }: Pick<Said, "mode" | "maxAge">): string {
  const mx = Object.keys(HOSTS).map((host) => `mx: ${host}\n`);
  return `version: STSv1\nmode: ${mode}\n${mx.join("")}max_age: ${maxAge}\n`;
}

export function zoneText(id: string): string {
  return [
    "$TTL 3600",
    "@          IN SOA ns1.example.net. hostmaster.example.com. 2026112401 7200 3600 1209600 3600",
    "@          IN NS  ns1.example.net.",
    "@          IN MX  10 mx1",
    "@          IN MX  20 mx2",
    "mx1        IN A   198.51.100.25",
    "mx2        IN A   198.51.100.26",
    "mta-sts    IN A   198.51.100.80",
    `_mta-sts   IN TXT "v=STSv1; id=${id}"`,
    '_smtp._tls IN TXT "v=TLSRPTv1; rua=mailto:tls-reports@example.net"',
    "",
  ].join("\n");
}

const files = (said: Said): Files => ({ [POLICY_PATH]: policyText(said), [ZONE_PATH]: zoneText(said.id) });

/** What main says: exactly what is deployed. */
export const BASE: Files = { ...files(DEPLOYED), "mta-sts/CNAME": "mta-sts.example.com\n", "mta-sts/.nojekyll": "" };

export interface Chapter {
  readonly title: string;
  readonly files: Files;
  /** Days from now until mx2's certificate expires. */
  readonly mx2Expires: number;
  readonly verdict: "ready" | "blocked";
}

/** One pull request, pushed three times. */
export const CHAPTERS: readonly [Chapter, Chapter, Chapter] = [
  {
    title: "max_age is raised to a week, with a new id",
    files: files({ ...DEPLOYED, maxAge: 604_800, id: "20261124T090000" }),
    mx2Expires: 60,
    verdict: "ready",
  },
  {
    title: "enforce is turned on, the id is forgotten, and mx2's certificate has expired",
    files: files({ ...DEPLOYED, mode: "enforce", maxAge: 604_800 }),
    mx2Expires: -1,
    verdict: "blocked",
  },
  {
    title: "the id is bumped and mx2 has a new certificate",
    files: files({ mode: "enforce", maxAge: 604_800, id: "20261124T100000" }),
    mx2Expires: 60,
    verdict: "ready",
  },
];

/** Deploys what base says, with two MX hosts that are well. */
export async function deployBase(internet: Internet): Promise<void> {
  const policyHost = `mta-sts.${DOMAIN}`;
  internet.zone = {
    [DOMAIN]: { MX: [[10, "mx1.example.com"] as const, [20, "mx2.example.com"] as const] },
    [policyHost]: { A: [POLICY_ADDRESS] },
    [`_mta-sts.${DOMAIN}`]: { TXT: [`v=STSv1; id=${DEPLOYED.id}`] },
    [`_smtp._tls.${DOMAIN}`]: { TXT: ["v=TLSRPTv1; rua=mailto:tls-reports@example.net"] },
    ...Object.fromEntries(Object.entries(HOSTS).map(([host, address]) => [host, { A: [address] }])),
  };
  const identity = presented(internet.authority.issue({ names: [policyHost] }));
  internet.sites = { [policyHost]: { identity, reply: { kind: "policy", body: policyText(DEPLOYED) } } };
  for (const host of Object.keys(HOSTS)) await certify(internet, host as keyof typeof HOSTS, 60);
}

/** Puts a certificate of 90 days on an MX host, `days` before its end. */
export async function certify(internet: Internet, host: keyof typeof HOSTS, days: number): Promise<void> {
  const end = Date.now() + days * DAY;
  const issued = internet.authority.issue({
    names: [host],
    notBefore: new Date(end - 90 * DAY),
    notAfter: new Date(end),
  });
  await internet.placeMx(HOSTS[host], { tls: presented(issued), banner: `220 ${host} ESMTP` });
}
