import type { Contact } from "../evidence.ts";
import type { Docket } from "../gate.ts";
import type { Options, ResolverOption } from "../options.ts";
import type { DomainVerdict, Vantage } from "../verdict.ts";
import { createDeadline, type Deadline } from "../world/deadline.ts";
import type { Network } from "../world.ts";
import { openContactSum } from "./contact-sum.ts";
import { lookAt } from "./deploy-look.ts";
import { type Waited, waitForDeploy } from "./deploy-wait.ts";
import { openGateVerdicts } from "./gate-verdicts.ts";
import type { Rooms } from "./rooms.ts";
import type { RunClock } from "./run-clock.ts";
import type { RunEvent } from "./run-event.ts";
import type { RunEvidence } from "./run-evidence.ts";
import { longestWait, verifyDocket } from "./verify-docket.ts";
import { waitedNote, waitingLine } from "./wait-words.ts";
import { zoneFirst } from "./zone-first.ts";

/** What a run judges, and by what means. */
export interface Hearing {
  readonly docket: Docket;
  readonly options: Options;
  readonly event: RunEvent;
  readonly clock: RunClock;
  readonly evidence: Pick<RunEvidence, "over" | "overDeploy">;
  readonly rooms: Pick<Rooms, "gate" | "pace">;
  /** By the resolver of the options, unless another is said. */
  readonly createNetwork: (deadline: Deadline, resolver?: ResolverOption) => Network;
  /** ISO 8601. */
  readonly now: () => string;
  /** One line for whoever watches the run. */
  readonly tell: (line: string) => void;
  /** How many domains there are, whenever the looking that ends in verdicts begins. */
  readonly expect?: (domains: number) => void;
}

/** The verdicts of a run as a stream, and what can be said of the run when the stream has ended. */
export interface Verdicts {
  readonly stream: AsyncIterable<DomainVerdict>;
  readonly facts: () => VerdictFacts;
}

export interface VerdictFacts {
  /** ISO 8601: when the last look at everything began. */
  readonly asOf: string;
  /** As that look had it. */
  readonly vantage: Vantage;
  readonly contacts: readonly Contact[];
  /** One sentence each. */
  readonly notes: readonly string[];
}

/** Gate, verify, or the one and then the other (SPEC §7). */
export function openVerdicts(hearing: Hearing): Verdicts {
  const contacts = openContactSum();
  const notes: string[] = [];
  const networks: Network[] = [];
  let asOf = hearing.now();
  const ask = (network: Network): Network => {
    networks.push(network);
    asOf = hearing.now();
    return network;
  };
  const court: Court = { ...hearing, ask, met: contacts.add, note: (text) => void notes.push(text) };
  hearing.expect?.(sizeOf(court));
  const isGate = (hearing.event.work ?? "gate") === "gate";
  return {
    stream: isGate ? gated(court, court.clock.judging(sizeOf(court))) : verified(court),
    facts: () => {
      const last = networks.at(-1);
      if (!last) throw new Error("no network was opened");
      for (const network of networks) contacts.add(network.contacts());
      return { asOf, vantage: last.vantage(), contacts: contacts.all(), notes };
    },
  };
}

interface Court extends Hearing {
  /** Remembers a network of which the report tells. */
  readonly ask: (network: Network) => Network;
  readonly met: (contacts: readonly Contact[]) => void;
  readonly note: (text: string) => void;
}

const sizeOf = ({ docket: { proposals, mxOnly } }: Court): number => proposals.length + mxOnly.length;

function gated(court: Court, deadline: Deadline): AsyncIterable<DomainVerdict> {
  const { rooms, docket, evidence, createNetwork, ask, now } = court;
  return rooms.gate(docket, ask(evidence.over(createNetwork(deadline))), now);
}

async function* verified(court: Court): AsyncGenerator<DomainVerdict> {
  const { docket, options, event, clock, evidence, rooms, ask, now } = court;
  const afterGate = event.work === "gate-then-verify";
  const first = openGateVerdicts();
  const begun = clock.judging(sizeOf(court) * (afterGate ? 2 : 1));
  if (afterGate) for await (const domain of gated(court, begun)) first.keep(domain);
  const { deadline, waited } = await waiting(court, begun, first.has);
  if (waited) court.expect?.(sizeOf(court));
  const memory: Docket["memory"] = (domain) => [...(docket.memory?.(domain) ?? []), ...(waited?.memory(domain) ?? [])];
  const over = afterGate ? evidence.overDeploy : evidence.over;
  const network = ask(over(freshNetwork(court, deadline)));
  for await (const domain of rooms.gate({ ...verifyDocket(docket, options), memory }, network, now))
    yield first.joined(domain);
  yield* first.left();
}

/** Each of them is asked for its zone's servers, and each of these for every record. */
const MOST_ZONES = 1_000;

function freshNetwork({ docket, options, createNetwork }: Court, deadline: Deadline): Network {
  const network = createNetwork(deadline);
  if (options.resolver.kind !== "system" || docket.proposals.length > MOST_ZONES) return network;
  return zoneFirst(createNetwork(deadline, { kind: "authoritative" }), network);
}

/** Waits on a clock of its own (SPEC §6: `timeout` is without the wait). */
async function waiting(
  court: Court,
  begun: Deadline,
  hasPolicy: (policyDomain: string) => boolean,
): Promise<{ readonly deadline: Deadline; readonly waited?: Waited }> {
  const { docket, options, event, clock, rooms, met, note, tell, now } = court;
  const longest = longestWait(options, event);
  const { settings, ...said } = verifyDocket(docket, options);
  const proposals = [...said.proposals, ...said.mxOnly.filter(({ policyDomain }) => hasPolicy(policyDomain))];
  if (longest === 0 || proposals.length === 0) return { deadline: begun };
  tell(waitingLine(longest, proposals));
  const look: Parameters<typeof waitForDeploy>[0]["look"] = async function* (pending, time) {
    const deadline = createDeadline(time);
    const network = freshNetwork(court, deadline);
    try {
      yield* lookAt(pending, { settings, network, now });
    } finally {
      deadline.close();
      met(network.contacts());
    }
  };
  const wait = () => waitForDeploy({ proposals, longest, pace: rooms.pace, look });
  const { done, deadline } = await clock.paused(longest, wait);
  note(waitedNote(done, proposals.length));
  return { deadline, waited: done };
}
