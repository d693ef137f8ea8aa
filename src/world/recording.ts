import { type Asked, EVIDENCE_VERSION, type ObservationLine, questionOf } from "../evidence-line.ts";
import type { Network } from "../world.ts";

/**
 * A network that writes down what it answers, one line a question. Questions that a run asks twice are written once: the second
 * answer is the first one's.
 */
export function recordingNetwork(network: Network, write: (line: ObservationLine) => void, now: () => string): Network {
  const written = new Set<string>();
  const note = <T extends Asked>(asked: T): T["seen"] => {
    const question = questionOf(asked);
    if (!written.has(question)) write({ version: EVIDENCE_VERSION, at: now(), ...asked });
    written.add(question);
    return asked.seen;
  };
  return {
    ...network,
    txt: async (owner) => note({ kind: "txt", owner, seen: await network.txt(owner) }),
    mx: async (owner) => note({ kind: "mx", owner, seen: await network.mx(owner) }),
    addresses: async (host) => note({ kind: "addresses", host, seen: await network.addresses(host) }),
    tlsa: async (host) => note({ kind: "tlsa", host, seen: await network.tlsa(host) }),
    fetchPolicy: async (host, address) =>
      note({ kind: "policy", host, address, seen: await network.fetchPolicy(host, address) }),
    probe: async (host, address) => note({ kind: "probe", host, address, seen: await network.probe(host, address) }),
  };
}
