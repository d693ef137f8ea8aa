import { type AddressInfo, createServer } from "node:net";
import { readFileSync } from "node:fs";
import { type Internet, presented, startInternet } from "../../src/demo/internet.ts";
import { startMxServer, type MxServer, type MxServerOptions } from "../../src/demo/mx-server.ts";
import { createPolicyServer } from "../../src/demo/policy-server.ts";
import { type Options, parseOptions } from "../../src/options.ts";
import { createNetwork, type NetworkSettings } from "../../src/world/internet.ts";
import type { Network } from "../../src/world.ts";

/** A private internet whose hosts can be reached two ways: on loopback addresses of their own, and through its SOCKS proxy. */
export interface Loopback {
  readonly internet: Internet;
  /** Puts an MX host at an address of 127.0.0.0/8, or takes away the one that is there. */
  readonly place: (address: string, options: MxServerOptions | undefined) => Promise<void>;
  /** By way: options as text, and the network that they lead to. */
  readonly ways: Readonly<Record<"direct" | "socks", Way>>;
  readonly close: () => Promise<void>;
}

export interface Way {
  readonly options: (given?: Readonly<Record<string, string>>) => Options;
  readonly caText: string;
  readonly make: (settings: NetworkSettings) => Network;
}

export const POLICY_HOST = "127.0.0.10";

export async function startLoopback(): Promise<Loopback> {
  const internet = await startInternet();
  const policies = createPolicyServer((host) => internet.sites[host]);
  const https = createServer(policies.accept);
  await new Promise<void>((resolve) => https.listen(0, POLICY_HOST, resolve));
  const first = await startMxServer({ address: "127.0.0.9" });
  const ports = { smtp: first.port, https: (https.address() as AddressInfo).port };
  internet.policyAddresses = [POLICY_HOST];
  const placed = new Map<string, MxServer>();
  const caText = readFileSync(internet.inputs["ca-file"], "utf8");
  const way = (inputs: Readonly<Record<string, string>>, make: Way["make"]): Way => ({
    options: (given = {}) =>
      parseOptions({ resolver: internet.inputs.resolver, "allow-private-networks": "true", ...inputs, ...given }),
    caText,
    make,
  });
  return {
    internet,
    place: async (address, options) => {
      await placed.get(address)?.close();
      placed.delete(address);
      internet.mx.delete(address);
      if (!options) return;
      const server = await startMxServer({ ...options, address, port: ports.smtp });
      placed.set(address, server);
      internet.mx.set(address, server);
    },
    ways: {
      direct: way({}, (settings) => createNetwork({ ...settings, limits: { ports } })),
      socks: way({ proxy: internet.inputs.proxy }, createNetwork),
    },
    close: async () => {
      await new Promise<void>((resolve) => https.close(() => resolve()));
      await first.close();
      await internet.close();
    },
  };
}

/** What a good MX host presents. */
export const good = ({ authority }: Internet, host: string, days = 80): MxServerOptions => {
  const day = 86_400_000; // milliseconds
  const [notBefore, notAfter] = [new Date(Date.now() - 90 * day), new Date(Date.now() + days * day)];
  return { tls: presented(authority.issue({ names: [host], notBefore, notAfter })) };
};
