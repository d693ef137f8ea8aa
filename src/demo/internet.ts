import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Authority, createAuthority, type Issued } from "./authority.ts";
import { type DnsQuestion, type DnsReply, startDnsServer } from "./dns-server.ts";
import { type MxServer, type MxServerOptions, startMxServer } from "./mx-server.ts";
import { createPolicyServer, type PolicySite } from "./policy-server.ts";
import { type SocksRoute, startSocksServer } from "./socks-server.ts";
import { type Zone, zoneAnswer } from "./zone.ts";

/** A whole internet on loopback. Everything in it may be changed between two runs. */
export interface Internet {
  readonly authority: Authority;
  /** The inputs by which a user would reach it: documented ones, no back door. */
  readonly inputs: Readonly<Record<"resolver" | "proxy" | "ca-file" | "allow-private-networks", string>>;
  zone: Record<string, Zone[string]>;
  /** Where the policy hosts listen. */
  policyAddresses: readonly string[];
  /** By policy host. */
  sites: Record<string, PolicySite>;
  /** By address. */
  readonly mx: Map<string, MxServer>;
  /** `blocked`: connects to port 25 get no answer, as on a hosted runner. */
  port25: "open" | "blocked";
  /** Overrules the zone where it has something to say. */
  dnsFault: (question: DnsQuestion) => DnsReply | undefined;
  /** Overrules who is behind an address and port where it has something to say. */
  routeFault: (address: string, port: number) => SocksRoute | undefined;
  readonly questions: readonly DnsQuestion[];
  readonly proxied: readonly string[];
  /** Puts an MX host at an address, in the place of the one that is there. */
  readonly placeMx: (address: string, options: MxServerOptions) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** The policy hosts' address. Documentation ranges (RFC 5737): nobody is there in the real internet. */
export const POLICY_ADDRESS = "198.51.100.80";

export async function startInternet(authority: Authority = createAuthority("Demo Root")): Promise<Internet> {
  const folder = await mkdtemp(join(tmpdir(), "mta-sts-gate-internet-"));
  const caFile = join(folder, "root.pem");
  await writeFile(caFile, authority.rootPem);
  const policies = createPolicyServer((host) => internet.sites[host]);
  const route = (address: string, port: number): SocksRoute => {
    const fault = internet.routeFault(address, port);
    if (fault !== undefined) return fault;
    if (port === 443) return internet.policyAddresses.includes(address) ? policies.accept : "unreachable";
    if (internet.port25 === "blocked") return "silent";
    return internet.mx.get(address)?.accept ?? "refused";
  };
  const dns = await startDnsServer(
    (question) => internet.dnsFault(question) ?? zoneAnswer(internet.zone, question.name, question.type),
  );
  const socks = await startSocksServer(route);
  const internet: Internet = {
    authority,
    inputs: {
      resolver: `${dns.address}:${dns.port}`,
      proxy: `socks5://${socks.address}:${socks.port}`,
      "ca-file": caFile,
      "allow-private-networks": "true",
    },
    zone: {},
    policyAddresses: [POLICY_ADDRESS],
    sites: {},
    mx: new Map(),
    port25: "open",
    dnsFault: () => undefined,
    routeFault: () => undefined,
    questions: dns.questions,
    proxied: socks.requests,
    placeMx: async (address, options) => {
      await internet.mx.get(address)?.close();
      internet.mx.set(address, await startMxServer(options));
    },
    close: async () => {
      await Promise.all([dns.close(), socks.close(), ...[...internet.mx.values()].map((server) => server.close())]);
      await rm(folder, { recursive: true, force: true });
    },
  };
  return internet;
}

/** What a server presents: leaf and intermediate. */
export const presented = ({ chainPem, keyPem }: Issued): { cert: string; key: string } => ({
  cert: chainPem,
  key: keyPem,
});
