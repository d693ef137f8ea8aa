import { capabilitiesOf, offersStarttls, type ReplyEvent, type SmtpReply } from "./smtp-reply.ts";

export type SmtpCommand = "ehlo" | "helo" | "starttls" | "quit";

/** What the server answers to: the connection itself, or the command that was sent last. */
export type DialogueStep = "greeting" | Exclude<SmtpCommand, "quit">;

/** What came from the server, or that nothing will: the connection ended, or the time was up. */
export type DialogueEvent = ReplyEvent | { readonly kind: "closed" } | { readonly kind: "silent" };

export type NextMove =
  | { readonly kind: "send"; readonly command: Exclude<SmtpCommand, "quit"> }
  /** The TLS handshake is the very next thing on the wire (RFC 3207 §4). */
  | { readonly kind: "handshake" }
  | { readonly kind: "end"; readonly end: DialogueEnd };

/** Why the probe goes no further. Only what happens from STARTTLS on says anything about TLS. */
export type DialogueEnd =
  | { readonly kind: "no-starttls"; readonly capabilities: readonly string[] }
  | { readonly kind: "starttls-refused"; readonly reply: SmtpReply }
  | { readonly kind: "turned-away"; readonly step: DialogueStep; readonly reply: SmtpReply }
  /** At `starttls` no sender may go on from it; before, it only says that the peer is no proper SMTP server. */
  | { readonly kind: "protocol-violation"; readonly step: DialogueStep; readonly detail: string }
  | { readonly kind: "unreachable"; readonly step: DialogueStep; readonly reason: "closed" | "silent" };

/** The text of a command. `client` is the name or address literal that EHLO gives (RFC 5321 §4.1.1.1). */
export function commandLine(command: SmtpCommand, client: string): string {
  const word = command.toUpperCase();
  return command === "ehlo" || command === "helo" ? `${word} ${client}\r\n` : `${word}\r\n`;
}

/** What a probe does after this: greeting, EHLO (or HELO), STARTTLS, handshake. Never MAIL. */
export function nextMove(step: DialogueStep, event: DialogueEvent): NextMove {
  if (event.kind === "closed" || event.kind === "silent") return end({ kind: "unreachable", step, reason: event.kind });
  if (event.kind === "violation") return violation(step, event.detail);
  const { reply, surplus } = event;
  // RFC 3207 §4.2, §6: octets that came before TLS must not count as said under TLS. A server that speaks before it is asked
  // is out of step at every other point too.
  if (surplus) return violation(step, "The server sent more than the reply it was asked for");
  return AFTER[step](reply);
}

const AFTER: Readonly<Record<DialogueStep, (reply: SmtpReply) => NextMove>> = {
  greeting: (reply) => (reply.code === 220 ? send("ehlo") : turnedAway("greeting", reply)),
  ehlo: (reply) => {
    if (reply.code === 250) return offersStarttls(reply) ? send("starttls") : noOffer(capabilitiesOf(reply));
    // RFC 5321 §3.2: EHLO not accepted, so HELO. 521 and 554 (RFC 7504) mean the whole service.
    const unknownCommand = reply.code >= 500 && reply.code !== 521 && reply.code !== 554;
    return unknownCommand ? send("helo") : turnedAway("ehlo", reply);
  },
  helo: (reply) => (reply.code === 250 ? noStarttls([]) : turnedAway("helo", reply)),
  starttls: (reply) => (reply.code === 220 ? { kind: "handshake" } : end({ kind: "starttls-refused", reply })),
};

function turnedAway(step: DialogueStep, reply: SmtpReply): NextMove {
  if (reply.code >= 400) return end({ kind: "turned-away", step, reply });
  return violation(step, `The server answered ${reply.code}, which has no meaning there`);
}

function violation(step: DialogueStep, detail: string): NextMove {
  return end({ kind: "protocol-violation", step, detail });
}

// Firewalls that "fix up" SMTP overwrite the word in place. Another sender's way may not lead through this one.
const OVERWRITTEN = /^X{7}[XA]$/;

function noOffer(capabilities: readonly string[]): NextMove {
  if (capabilities.some((line) => OVERWRITTEN.test(line)))
    return violation("ehlo", "Something on the way overwrites what the server offers");
  return noStarttls(capabilities);
}

function noStarttls(capabilities: readonly string[]): NextMove {
  return end({ kind: "no-starttls", capabilities });
}

function send(command: Exclude<SmtpCommand, "quit">): NextMove {
  return { kind: "send", command };
}

function end(reached: DialogueEnd): NextMove {
  return { kind: "end", end: reached };
}
