import { createReplyReader, offersStarttls } from "../../src/protocol/smtp-reply.ts";
import { type Vector, vectors } from "../protocol/vectors.ts";
import { digit, many, mostly, noise, oneOf, sequence } from "./grammar.ts";
import { octets, type Parser, words } from "./parser.ts";

const replyLine = sequence(
  mostly(30, oneOf("220", "250", "421", "554"), "99", "620", "2200", "25O", many(digit, 0, 5)),
  mostly(20, oneOf("-", " "), "", "\t", "--"),
  mostly(5, oneOf("STARTTLS", "SIZE 1", "mx.example ESMTP", "8BITMIME", ""), noise(false), "x".repeat(995)),
  mostly(40, "\r\n", "\n", "\r", "\r\r\n", "\n\r"),
);

export const smtpReply: Parser = {
  name: "smtp-reply",
  grammar: oneOf(many(replyLine, 1, 6), sequence(many("250-a\r\n", 1, 110), "250 b\r\n")),
  samples: vectors<Vector & { readonly dialogue: readonly string[] }>("smtp-probe").flatMap(({ dialogue }) =>
    dialogue.filter((line) => line.startsWith("S: ")).map((line) => line.slice(3)),
  ),
  pieces: [
    ...words("220 250 - STARTTLS a"),
    " ",
    "\r\n",
    "\r",
    "\n",
    "250-STARTTLS\r\n",
    "250 ok\r\n",
    "\0",
    "\xff",
    "554 ",
  ],
  wide: false,
  // In two pieces, and then whole: what comes after a reply begins the next one.
  read: (input) => {
    const reader = createReplyReader();
    const bytes = octets(input);
    const middle = bytes.length >> 1;
    const events = [reader.push(bytes.subarray(0, middle)), reader.push(bytes.subarray(middle)), reader.push(bytes)];
    for (const event of events) if (event?.kind === "reply") offersStarttls(event.reply);
    const [first] = events.filter((event) => event !== undefined);
    return first?.kind ?? "unfinished";
  },
};
