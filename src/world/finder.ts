import type { Observation } from "../evidence.ts";
import { createAnswerMemory } from "./answer-memory.ts";
import type { Asker } from "./dns-asker.ts";
import { askable } from "./dns-query.ts";
import { type Resolved, resolveName } from "./dns-question.ts";
import type { RecordData, RecordType } from "./dns-rdata.ts";
import type { DnsServer } from "./dns-transport.ts";

/** Finds what DNS has of one type at a name; each name and type once a run. */
export type Find = <T extends RecordType>(name: string, type: T) => Found<T>;

export type Found<T extends RecordType> = Promise<Observation<Resolved<RecordData[T]>>>;

/** Answers remembered, for domains that share a host. Bounded, as a run may have 100,000 domains. */
const MOST_REMEMBERED = 4096;

/** Asks recursive resolvers, the next one where one is of no help. */
export function createFinder(asker: Asker, servers: readonly [DnsServer, ...DnsServer[]]): Find {
  return remembering((name, type) =>
    asker.ask(
      { servers, manner: "recursive" },
      (step) => resolveName(step, name, type),
      (because, detail) => ({ kind: "unobserved", because, detail }),
    ),
  );
}

/** Names are compared case-insensitively (RFC 4343), and the final dot is not part of them. */
export function remembering(find: Find): Find {
  const remembered = createAnswerMemory(MOST_REMEMBERED);
  return (text, type) => {
    const name = text.toLowerCase().replace(/\.$/, "");
    if (!askable(name)) return Promise.resolve(UNASKABLE);
    return remembered(`${type} ${name}`, () => find(name, type));
  };
}

const UNASKABLE = {
  kind: "unobserved",
  because: "malformed",
  detail: "the name cannot be asked for in DNS",
} as const;
