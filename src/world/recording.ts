import { type Asked, EVIDENCE_VERSION, type ObservationLine } from "../evidence-line.ts";
import type { Network } from "../world.ts";

/**
 * A network that writes down what it answers, one line a question. Questions that a run asks twice are written once: the second
 * answer is the first one's.
 */
export function recordingNetwork(network: Network, write: (line: ObservationLine) => void, now: () => string): Network {
  const written = new Set<string>();
  const note = <T extends Asked>(question: string, asked: T): T["seen"] => {
    if (!written.has(question)) write({ version: EVIDENCE_VERSION, at: now(), ...asked });
    written.add(question);
    return asked.seen;
  };
  return {
    ...network,
    txt: async (owner) => note(`txt ${owner}`, { kind: "txt", owner, seen: await network.txt(owner) }),
    mx: async (owner) => note(`mx ${owner}`, { kind: "mx", owner, seen: await network.mx(owner) }),
    addresses: async (host) =>
      note(`addresses ${host}`, { kind: "addresses", host, seen: await network.addresses(host) }),
    tlsa: async (host) => note(`tlsa ${host}`, { kind: "tlsa", host, seen: await network.tlsa(host) }),
    fetchPolicy: async (host, address) => {
      const seen = await network.fetchPolicy(host, address);
      return note(`policy ${host} ${address}`, { kind: "policy", host, address, seen });
    },
    probe: async (host, address) => {
      const seen = await network.probe(host, address);
      return note(`probe ${host} ${address}`, { kind: "probe", host, address, seen });
    },
  };
}
