import type { Observation } from "../evidence.ts";
import type { Asker } from "./dns-asker.ts";
import { askName, followAliases, type Resolved, serverText } from "./dns-question.ts";
import type { RecordData, RecordType } from "./dns-rdata.ts";
import type { Final, SocketServer } from "./dns-transport.ts";
import type { DnsFailure } from "./dns-wire.ts";
import { type Find, remembering } from "./finder.ts";
import { createZoneServers, type ZoneSettings } from "./zone-servers.ts";

/** One server of a zone, and what it said. */
interface Statement<R> {
  readonly server: SocketServer;
  readonly reply: Final<R>;
}

/**
 * Asks every server of the zone itself, without recursion. What most of them say is the answer, and its `differs` lists all where
 * they do not agree. A server that fails says nothing: senders' resolvers go to the next one, too.
 */
export function createAuthorityFinder(asker: Asker, settings: ZoneSettings): Find {
  const zoneServers = createZoneServers(settings);
  const silent = new Set<string>();
  const askOne = async <T extends RecordType>(server: SocketServer, name: string, type: T) => {
    const reply = await asker.ask<Final<RecordData[T]>>(
      { servers: [server], manner: "authoritative" },
      (step) => askName(step, name, type),
      (because, detail) => ({ kind: "failure", because, detail }),
    );
    // Waited for once a run: a dead server must not cost every question its time.
    if (reply.kind === "failure" && reply.because === "timed-out") silent.add(serverText(server));
    return { server, reply };
  };
  const consult = async <T extends RecordType>(
    name: string,
    type: T,
  ): Promise<Agreement<RecordData[T]> | DnsFailure> => {
    const zone = await zoneServers(name);
    if (zone.kind === "unobserved") return failure(zone);
    const alive = zone.value.filter((server) => !silent.has(serverText(server)));
    const asked = alive.length > 0 ? alive : zone.value;
    return agreement(await Promise.all(asked.map((server) => askOne(server, name, type))));
  };
  return remembering(async (name, type) => {
    const differs: string[] = [];
    const found = await followAliases(name, async (at) => {
      const said = await consult(at, type);
      if (said.kind === "failure") return said;
      differs.push(...said.differs);
      return said.reply;
    });
    return found.kind === "failure" ? unobserved(found) : { kind: "observed", value: withDifferences(found, differs) };
  });
}

interface Agreement<R> {
  readonly kind: "agreement";
  readonly reply: Exclude<Final<R>, DnsFailure>;
  /** Empty where all that answered said the same. */
  readonly differs: readonly string[];
}

/** What most servers say, the first of equals; a failure where none said anything. */
function agreement<R>(statements: readonly Statement<R>[]): Agreement<R> | DnsFailure {
  const groups = new Map<string, { readonly reply: Agreement<R>["reply"]; count: number; ttl: number }>();
  for (const { reply } of statements) {
    if (reply.kind === "failure") continue;
    const group = groups.get(meaning(reply)) ?? { reply, count: 0, ttl: 0 };
    group.count += 1;
    group.ttl = Math.max(group.ttl, ttlOf(reply));
    groups.set(meaning(reply), group);
  }
  const [most] = [...groups.values()].sort((a, b) => b.count - a.count);
  if (!most) return firstFailure(statements);
  const differs = groups.size > 1 ? statements.flatMap(lineOf) : [];
  return { kind: "agreement", reply: withTtl(most.reply, most.ttl), differs };
}

function firstFailure<R>(statements: readonly Statement<R>[]): DnsFailure {
  const failures = statements.flatMap(({ reply }) => (reply.kind === "failure" ? [reply] : []));
  const none: DnsFailure = { kind: "failure", because: "timed-out", detail: "no server of the zone answered" };
  // Silence says less than an answer that was no help.
  return failures.find(({ because }) => because !== "timed-out") ?? failures[0] ?? none;
}

/** Equal for replies that differ in order and TTL alone. */
function meaning<R>(reply: Agreement<R>["reply"]): string {
  if (reply.kind === "alias") return `is an alias of ${reply.cnames.join(", ")}`;
  const { answer } = reply;
  if (answer.kind === "no-such-name") return "has no such name";
  if (answer.kind === "no-data") return "has no such record";
  return `has ${answer.records
    .map((record) => JSON.stringify(record))
    .sort()
    .join(", ")}`;
}

const LONGEST_LINE = 300;

function lineOf<R>({ server, reply }: Statement<R>): readonly string[] {
  if (reply.kind === "failure") return [];
  return [`${server.name ?? "server"} (${serverText(server)}) ${meaning(reply)}`.slice(0, LONGEST_LINE)];
}

function ttlOf<R>(reply: Agreement<R>["reply"]): number {
  if (reply.kind === "alias") return reply.ttl;
  return reply.answer.kind === "records" ? reply.answer.ttl : 0;
}

/** The longest one: how long a sender may hold what it heard. */
function withTtl<R>(reply: Agreement<R>["reply"], ttl: number): Agreement<R>["reply"] {
  if (reply.kind === "alias") return { ...reply, ttl };
  return reply.answer.kind === "records" ? { ...reply, answer: { ...reply.answer, ttl } } : reply;
}

function withDifferences<R>(found: Resolved<R>, differs: readonly string[]): Resolved<R> {
  return differs.length === 0 ? found : { ...found, answer: { ...found.answer, differs } };
}

function failure({ because, detail = "" }: Extract<Observation<never>, { kind: "unobserved" }>): DnsFailure {
  return { kind: "failure", because, detail };
}

function unobserved({ because, detail }: DnsFailure): Observation<never> {
  return { kind: "unobserved", because, detail };
}
