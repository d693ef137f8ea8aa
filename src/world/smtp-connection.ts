import { isIPv4, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { commandLine, type DialogueEvent, type SmtpCommand } from "../protocol/smtp-dialogue.ts";
import { createReplyReader } from "../protocol/smtp-reply.ts";
import { incoming } from "./incoming.ts";

/** How long a QUIT may take to leave, in milliseconds. Nobody waits for it. */
const FAREWELL = 2_000;

/**
 * One SMTP session in lockstep: a command goes out only after the whole reply to the last one came in, and nothing can
 * be sent but EHLO, HELO, STARTTLS and QUIT. Closed at the end of its scope.
 */
export class SmtpConnection implements Disposable {
  readonly socket: Socket;
  /** Why the last event was `closed`: a system error code, or our own words. */
  ended = "connection closed";
  /** Whether the server has said anything at all. */
  spoken = false;
  #leaving = false;

  constructor(socket: Socket) {
    this.socket = socket;
  }

  /** The next whole reply. Has no deadline: closing the connection ends the wait. */
  async reply(): Promise<DialogueEvent> {
    // A reader a reply: octets beyond it are a violation, never the start of the next one.
    const reader = createReplyReader();
    for (;;) {
      const came = await incoming(this.socket);
      if (came.kind === "ended") {
        this.ended = came.reason;
        return { kind: "closed" };
      }
      this.spoken = true;
      const event = reader.push(came.octets);
      if (event) return event;
    }
  }

  /** Whether the server spoke before it was asked. What it said is dropped (RFC 3207 §6). */
  outOfStep(): boolean {
    return this.socket.read() !== null;
  }

  send(command: Exclude<SmtpCommand, "quit">): void {
    this.socket.write(commandLine(command, addressLiteral(this.socket)), "latin1");
  }

  /** Sends QUIT and lets go (RFC 5321 §4.1.1.10); the reply is not waited for. */
  quit(stream: Duplex = this.socket): void {
    this.#leaving = true;
    const leave = () => {
      stream.destroy();
      this.socket.destroy();
    };
    const timer = setTimeout(leave, FAREWELL);
    stream.once("close", () => clearTimeout(timer));
    stream.end(commandLine("quit", ""), leave);
  }

  [Symbol.dispose](): void {
    if (!this.#leaving) this.socket.destroy();
  }
}

/** RFC 5321 §4.1.3: this machine's address, as it need not have a name. */
function addressLiteral({ localAddress = "0.0.0.0" }: Socket): string {
  const address = localAddress.replace(/^::ffff:(?=[0-9.]+$)/, "").replace(/%.*$/, "");
  return isIPv4(address) ? `[${address}]` : `[IPv6:${address}]`;
}
