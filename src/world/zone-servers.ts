import type { Observation } from "../evidence.ts";
import { mayContact } from "./address.ts";
import { createAnswerMemory } from "./answer-memory.ts";
import { askable } from "./dns-query.ts";
import type { SocketServer } from "./dns-transport.ts";
import type { Find } from "./finder.ts";

export interface ZoneSettings {
  /** Asks the resolver that knows the way. */
  readonly through: Find;
  readonly allowPrivate: boolean;
  readonly port: number;
}

/** The servers of the zone that a name lies in. */
export type ZoneServers = (name: string) => Promise<Observation<readonly [SocketServer, ...SocketServer[]]>>;

/** The root has 13 names; nobody needs more, and each costs a question for every question. */
const MOST_NAMES = 13;
const MOST_ADDRESSES = 26;
const MOST_ZONES = 4096;

/**
 * Finds the zone by its NS records, for the name itself and everything above it at once (RFC 1034 §4.2.1), and the addresses of
 * its servers. They come from answers and not from the operator, so every one is vetted.
 */
export function createZoneServers({ through, allowPrivate, port }: ZoneSettings): ZoneServers {
  const remembered = createAnswerMemory(MOST_ZONES);
  const located = (zone: string, names: readonly string[]) =>
    remembered(zone, async () => {
      const servers = await Promise.all(names.slice(0, MOST_NAMES).map(addressesOf));
      const found = servers.flat().slice(0, MOST_ADDRESSES);
      const allowed = found.filter(({ address }) => mayContact(address, allowPrivate).kind === "allowed");
      const [first, ...others] = allowed;
      if (first) return { kind: "observed", value: [first, ...others] } as const;
      return found.length > 0
        ? ({ kind: "unobserved", because: "not-global", detail: "refused: not globally routable" } as const)
        : unobserved("no address of the zone's own servers could be found");
    });
  const addressesOf = async (name: string): Promise<readonly SocketServer[]> => {
    const halves = await Promise.all([through(name, "A"), through(name, "AAAA")]);
    const addresses = halves.flatMap((half) =>
      half.kind === "observed" && half.value.answer.kind === "records" ? half.value.answer.records : [],
    );
    return [...new Set(addresses)].map((address) => ({ address, port, name }));
  };
  return async (name) => {
    const answers = await Promise.all(
      zonesAbove(name).map(async (zone) => ({ zone, seen: await through(zone, "NS") })),
    );
    for (const { zone, seen } of answers) {
      // What was not seen may be the zone: the one above it would not be an authority for the name.
      if (seen.kind === "unobserved") return seen;
      const { answer } = seen.value;
      // Behind an alias are the servers of another zone.
      if (answer.kind === "records" && answer.cnames.length === 0)
        return located(zone, [...new Set(answer.records)].filter(askable).sort());
    }
    return unobserved("no zone was found that the name lies in");
  };
}

/** The name, and each name above it, without the root. */
function zonesAbove(name: string): readonly string[] {
  const labels = name.split(".");
  return labels.map((_, at) => labels.slice(at).join("."));
}

function unobserved(detail: string) {
  return { kind: "unobserved", because: "server-failure", detail } as const;
}
