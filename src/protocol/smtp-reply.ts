/** RFC 5321 §4.2. */
export interface SmtpReply {
  readonly code: number;
  /** The text of each line, without code and separator. */
  readonly lines: readonly string[];
}

export type ReplyViolation =
  | "bare-line-feed"
  | "bare-carriage-return"
  | "reply-code"
  | "mixed-codes"
  | "line-too-long"
  | "too-many-lines";

export type ReplyEvent =
  /** `surplus`: more octets came in one piece with the end of the reply, before anything was asked. They are thrown away. */
  | { readonly kind: "reply"; readonly reply: SmtpReply; readonly surplus: boolean }
  /** This is no SMTP reply; the reader stays with that. */
  | { readonly kind: "violation"; readonly violation: ReplyViolation; readonly detail: string };

export interface ReplyReader {
  /** Takes what the server sent; `undefined` while the reply is not complete. After a reply the next push begins a new one. */
  readonly push: (bytes: Uint8Array) => ReplyEvent | undefined;
}

/**
 * Octets of a line, without CRLF. RFC 5321 §4.5.3.1.5 allows 512 with it; longer lines are seen and no reason to reject a host,
 * so this only bounds the buffer: at 1000, the limit of a text line (§4.5.3.1.6).
 */
const LONGEST_LINE = 998;
const MOST_LINES = 100;
const [CR, LF] = [0x0d, 0x0a];
const LENIENT = new TextDecoder("utf-8", { ignoreBOM: true });

interface Unfinished {
  line: number[];
  code: number | undefined;
  texts: string[];
  violated: ReplyEvent | undefined;
}

/** Reads replies from pieces of any size. Only CRLF ends a line (RFC 5321 §2.3.8). Holds at most 100 lines of 998 octets. */
export function createReplyReader(): ReplyReader {
  const state: Unfinished = { line: [], code: undefined, texts: [], violated: undefined };
  return {
    push: (bytes) => {
      for (let at = 0; at < bytes.length && !state.violated; at += 1) {
        const reply = takeOctet(state, bytes[at] ?? 0);
        if (reply) return { kind: "reply", reply, surplus: at + 1 < bytes.length };
      }
      return state.violated;
    },
  };
}

function takeOctet(state: Unfinished, octet: number): SmtpReply | undefined {
  const { line } = state;
  const afterCr = line.at(-1) === CR;
  if (octet === LF) return afterCr ? takeLine(state) : violate(state, "bare-line-feed", "A line ends in LF without CR");
  if (afterCr) return violate(state, "bare-carriage-return", "A CR stands inside a line");
  if (line.length > LONGEST_LINE)
    return violate(state, "line-too-long", `A line is longer than ${LONGEST_LINE} octets`);
  line.push(octet);
  return undefined;
}

function takeLine(state: Unfinished): SmtpReply | undefined {
  const text = LENIENT.decode(Uint8Array.from(state.line.slice(0, -1)));
  state.line = [];
  // RFC 5321 §4.2: the first digit is 2 to 5 (a 1yz answers no command); §4.2.1: SP and text may be absent.
  const [, digits, separator] = /^([2-5][0-9]{2})(?:([ -])|$)/.exec(text) ?? [];
  if (digits === undefined) return violate(state, "reply-code", "A line does not begin with a reply code");
  const code = Number(digits);
  if (state.code !== undefined && state.code !== code)
    return violate(state, "mixed-codes", "The lines of one reply have different codes");
  if (state.texts.length === MOST_LINES)
    return violate(state, "too-many-lines", `A reply has more than ${MOST_LINES} lines`);
  state.code = code;
  state.texts.push(text.slice(4));
  if (separator === "-") return undefined;
  const reply = { code, lines: state.texts };
  state.code = undefined;
  state.texts = [];
  return reply;
}

function violate(state: Unfinished, violation: ReplyViolation, detail: string): undefined {
  state.violated = { kind: "violation", violation, detail };
}

/** The EHLO lines after the first, which carries the server's name and never a keyword (RFC 5321 §4.1.1.1). */
export function capabilitiesOf(reply: SmtpReply): readonly string[] {
  return reply.lines.slice(1);
}

/** RFC 3207 §2. Keywords know no case; a parameter, or a longer word, is another thing. */
export function offersStarttls(reply: SmtpReply): boolean {
  return capabilitiesOf(reply).some((line) => /^STARTTLS(?:[ \t]|$)/i.test(line));
}
