import { setTimeout as pauseFor } from "node:timers/promises";
import type { SmtpSession, SmtpStep } from "../evidence.ts";
import { type DialogueEnd, type DialogueEvent, type DialogueStep, nextMove } from "../protocol/smtp-dialogue.ts";
import type { Deadline } from "./deadline.ts";
import { type Dialled, dial, type Route, type Target } from "./dial.ts";
import { type Handshake, handshake } from "./handshake.ts";
import { SmtpConnection } from "./smtp-connection.ts";
import type { TrustAnchors } from "./trust-anchors.ts";

/** Milliseconds for each step of a probe. `session` begins with the open connection; `pause` precedes the second try. */
export interface SmtpBounds {
  readonly connect: number;
  readonly greeting: number;
  readonly reply: number;
  readonly handshake: number;
  readonly session: number;
  readonly pause: number;
}

// Greet delays of 5 to 30 s are real; RFC 5321 §4.5.3.2 asks real MTAs for minutes, so a time-out here proves nothing.
export const SMTP_BOUNDS: SmtpBounds = {
  connect: 10_000,
  greeting: 30_000,
  reply: 15_000,
  handshake: 15_000,
  session: 60_000,
  pause: 5_000,
};

export interface SmtpWay {
  readonly route: Route;
  readonly anchors: TrustAnchors;
  readonly deadline: Deadline;
  readonly bounds: SmtpBounds;
  readonly onDialled?: (dialled: Dialled) => void;
  /** Aborting it ends the connect as timed-out. */
  readonly giveUp?: AbortSignal;
}

interface Attempt {
  readonly session: SmtpSession;
  readonly again: boolean;
}

/**
 * One probe of one address: TCP, greeting, EHLO, STARTTLS, handshake, QUIT. `target.name` is the MX host, sent as SNI.
 * A refused connect or a 4xx greeting is tried once more; one that timed out is not, as TCP itself repeated its SYN.
 */
export async function probeAddress(target: Target, way: SmtpWay): Promise<SmtpSession> {
  const first = await attempt(target, way);
  if (!first.again || way.deadline.remaining() <= way.bounds.pause) return first.session;
  await pauseFor(way.bounds.pause);
  return (await attempt(target, way)).session;
}

async function attempt(target: Target, way: SmtpWay): Promise<Attempt> {
  const late = (): Dialled => ({ kind: "timed-out" });
  const connecting = (own: AbortSignal) =>
    dial(target, way.route, way.giveUp ? AbortSignal.any([own, way.giveUp]) : own);
  const dialled = await way.deadline.within(way.bounds.connect, connecting, late);
  way.onDialled?.(dialled);
  if (dialled.kind !== "open") return { session: observed(unopened(dialled), way), again: dialled.kind === "refused" };
  using connection = new SmtpConnection(dialled.socket);
  const dialogue: Dialogue = { connection, way, host: target.name, step: "greeting" };
  const session = await way.deadline.within(
    way.bounds.session,
    () => converse(dialogue),
    () => unreachable(dialogue.step, TIMED_OUT),
  );
  const again = session.kind === "turned-away" && dialogue.step === "greeting" && session.reply.code < 500;
  return { session: observed(session, way, connection.spoken), again };
}

const TIMED_OUT = "timed out";
const unreachable = (step: SmtpStep | "helo", reason: string): SmtpSession => ({
  kind: "unreachable",
  step: step === "helo" ? "ehlo" : step,
  reason,
});

const violation = (step: DialogueStep, detail: string): SmtpSession => ({
  kind: "protocol-violation",
  step: step === "helo" ? "ehlo" : step,
  detail,
});

function unopened(dialled: Exclude<Dialled, { kind: "open" }>): SmtpSession {
  switch (dialled.kind) {
    case "refused":
      // A reset, unlike a refusal, comes after the port was open: the system only told us of both at once.
      return unreachable(dialled.reason === "ECONNRESET" ? "greeting" : "connect", dialled.reason);
    case "timed-out":
      return unreachable("connect", TIMED_OUT);
    case "no-ipv6":
      return { kind: "unobserved", because: "no-ipv6" };
    case "unobserved":
      return dialled;
  }
}

/**
 * What was cut short by the run's own deadline was not observed. Nor was what never spoke through the proxy: `ssh -D`
 * reports success before it knows, and a refusal, a missing route and a dead host all end the same way.
 */
function observed(session: SmtpSession, { route, deadline }: SmtpWay, spoken = false): SmtpSession {
  if (session.kind !== "unreachable") return session;
  if (session.reason === TIMED_OUT && deadline.expired()) return { kind: "unobserved", because: "deadline" };
  if (route.proxy === undefined || spoken) return session;
  const because = session.reason === TIMED_OUT ? "timed-out" : "unreachable";
  return { kind: "unobserved", because, detail: `nothing came through the proxy: ${session.reason}` };
}

interface Dialogue {
  readonly connection: SmtpConnection;
  readonly way: SmtpWay;
  readonly host: string;
  /** Where the session has come to; read when the time is up. */
  step: DialogueStep | "handshake";
}

async function converse(dialogue: Dialogue): Promise<SmtpSession> {
  const { connection, way } = dialogue;
  let step: DialogueStep = "greeting";
  for (;;) {
    const bound = step === "greeting" ? way.bounds.greeting : way.bounds.reply;
    const silent = (): DialogueEvent => ({ kind: "silent" });
    const move = nextMove(step, await way.deadline.within(bound, () => connection.reply(), silent));
    if (move.kind === "end") return farewell(connection, move.end);
    if (connection.outOfStep()) return violation(step, "the server spoke before it was asked");
    if (move.kind === "handshake") return secure(dialogue);
    step = move.command;
    dialogue.step = step;
    connection.send(step);
  }
}

function farewell(connection: SmtpConnection, end: DialogueEnd): SmtpSession {
  switch (end.kind) {
    case "unreachable":
      // RFC 8461 §4: a server that hangs up on STARTTLS does not offer it.
      if (end.step === "starttls" && end.reason === "closed") return { kind: "starttls-refused", reply: null };
      return unreachable(end.step, end.reason === "silent" ? TIMED_OUT : connection.ended);
    case "protocol-violation":
      return violation(end.step, end.detail);
    case "no-starttls":
      connection.quit();
      return end;
    case "turned-away":
    case "starttls-refused":
      connection.quit();
      return { kind: end.kind, reply: end.reply };
  }
}

/** internal_error (RFC 8446 §6.2): the server's own trouble of the moment, which says nothing about its TLS. */
const PASSING = "SSL alert number 80";

async function secure(dialogue: Dialogue): Promise<SmtpSession> {
  const { connection, way, host: servername } = dialogue;
  dialogue.step = "handshake";
  const outcome = await way.deadline.within<Handshake>(
    way.bounds.handshake,
    (signal) => handshake(connection.socket, { servername, anchors: way.anchors, signal }),
    () => ({ kind: "cut", detail: TIMED_OUT }),
  );
  if (outcome.kind === "cut" || (outcome.kind === "failed" && outcome.detail === PASSING))
    return unreachable("handshake", outcome.detail);
  if (outcome.kind === "failed") return { kind: "handshake-failed", detail: outcome.detail };
  connection.quit(outcome.secured);
  const { protocol, chain, trust } = outcome;
  return { kind: "tls", protocol, chain, trust };
}
