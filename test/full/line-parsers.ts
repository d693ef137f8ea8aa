import { isDeepStrictEqual } from "node:util";
import { matchesDnsId } from "../../src/protocol/dns-id.ts";
import { domainName, hostName } from "../../src/protocol/domain-name.ts";
import { parseMxPattern, printMxPattern } from "../../src/protocol/mx-pattern.ts";
import { parsePolicy, parseWhole } from "../../src/protocol/policy.ts";
import { readPlainPolicy } from "../../src/protocol/plain-policy.ts";
import { createReplyReader, offersStarttls } from "../../src/protocol/smtp-reply.ts";
import { parseStsRecord, selectStsRecord } from "../../src/protocol/sts-record.ts";
import { parseTlsrptRecord, selectTlsrptRecord } from "../../src/protocol/tlsrpt-record.ts";
import { vectors, type Vector } from "../protocol/vectors.ts";
import { char, digit, letter, many, mostly, name, noise, octet, oneOf, sequence } from "./grammar.ts";
import { octets, octetText, type Parser } from "./parser.ts";

interface PolicyVector extends Vector {
  readonly input?: string;
  readonly input_base64?: string;
}

const blank = mostly(20, " ", "", "  ", "\t", " \t ", "\u00a0", octetText("\u3000"));
const end = mostly(30, oneOf("\n", "\r\n"), "\r", "", " \n", "\t\r\n", "\n\n", "\0\n", octetText("\u2028\n"));
const field = (key: string, value: Parameters<typeof sequence>[0]) =>
  sequence(
    mostly(60, key, key.toUpperCase(), key.slice(1), `${key}x`, ` ${key}`),
    mostly(60, ":", " :", "=", "", "::"),
    blank,
    value,
    end,
  );
const policyFields = [
  field("version", mostly(30, "STSv1", "STSv2", "stsv1", "")),
  field("mode", mostly(30, oneOf("enforce", "testing", "none"), "Enforce", "report", "enforced")),
  field("max_age", mostly(10, oneOf("604800", "86400", "31557600"), many(digit, 0, 12), "31557601", "1d", "6e5")),
  many(field("mx", sequence(mostly(4, "", "*.", "*", "."), name)), 0, 6),
] as const;

const policy: Parser = {
  name: "policy",
  grammar: sequence(
    mostly(100, "", "\xef\xbb\xbf", "\xff\xfe"),
    mostly(
      20,
      sequence(...policyFields),
      sequence(...policyFields.toReversed()),
      many(oneOf(...policyFields, field("x-note", many(octet, 0, 20))), 1, 8),
    ),
  ),
  samples: vectors<PolicyVector>("policy").map(({ input, input_base64 }) =>
    input === undefined ? Buffer.from(input_base64 ?? "", "base64").toString("latin1") : octetText(input),
  ),
  pieces: [
    "version:",
    "mode:",
    "max_age:",
    "mx:",
    " ",
    "\t",
    "\n",
    "\r\n",
    "\r",
    ":",
    "STSv1",
    "enforce",
    "none",
    "604800",
    "*.",
    "a.example",
    ".",
    "-",
    "\xef\xbb\xbf",
    "\xc2\xa0",
    "\xc3",
    "\0",
    "#",
    "x: y\n",
    "mx: a\n",
  ],
  wide: false,
  read: (input) => {
    const parse = parsePolicy(octets(input));
    return parse.fields;
  },
  // The short way must say what the whole reader says.
  holds: (input) => {
    const bytes = octets(input);
    const plain = readPlainPolicy(bytes);
    const whole = plain && parseWhole(bytes);
    if (whole && !(whole.kind === "valid" && isDeepStrictEqual(whole.policy, plain)))
      throw new Error(`read as ${JSON.stringify(plain)} and as ${JSON.stringify(whole)}`);
  },
};

const pieceOf = oneOf(letter, digit, "-", "_", ".", "=", " ", char(0x21, 0x7e));
const semicolon = mostly(30, oneOf(";", "; ", " ;", " ; "), "", ";;", ",", "\t;");
const extension = sequence(many(pieceOf, 1, 34), "=", many(pieceOf, 0, 10));

const stsRecord: Parser = {
  name: "sts-record",
  grammar: sequence(
    mostly(30, "v=STSv1", "v=STSv2", "V=STSv1", "v=stsv1", "v = STSv1"),
    semicolon,
    sequence(
      mostly(30, "id", "ID", "i", ""),
      "=",
      mostly(5, many(oneOf(digit, letter), 1, 33), "", "a-b", many(octet, 0, 5)),
    ),
    many(sequence(semicolon, extension), 0, 4),
    mostly(3, semicolon, ""),
  ),
  samples: vectors<Vector & { readonly input: readonly (readonly string[])[] }>("record").flatMap(({ input }) =>
    input.map((strings) => strings.join("")),
  ),
  pieces: ["v=STSv1", "id=", ";", " ", "\t", "=", "20260101", "v=", ".", "-", "_", '"', "\\", "\xa0", "a", "0"],
  wide: true,
  read: (input) => [parseStsRecord(input), selectStsRecord([input, "v=STSv1; id=1"]), selectStsRecord([input])],
};

const uri = sequence(
  oneOf("mailto:", "https://", "https:", "http://", "ftp://", "MAILTO:"),
  mostly(10, sequence(many(letter, 1, 8), oneOf("@", "/", "%20", "!", "%"), name), many(char(0x21, 0x7e), 0, 30)),
  mostly(4, "", "?subject=x", "!10m", "#f", many(sequence("%", digit, letter), 1, 4)),
);

const tlsrptRecord: Parser = {
  name: "tlsrpt-record",
  grammar: sequence(
    mostly(30, "v=TLSRPTv1", "v=TLSRPTv2", "v=tlsrptv1", " v=TLSRPTv1"),
    semicolon,
    sequence(mostly(30, "rua", "RUA", "ruf"), "=", uri, many(sequence(mostly(10, ",", " , ", ";", ",,"), uri), 0, 5)),
    many(sequence(semicolon, extension), 0, 4),
    mostly(3, semicolon, ""),
  ),
  samples: vectors<Vector & { readonly input: readonly (readonly string[])[] }>("tlsrpt-record").flatMap(({ input }) =>
    input.map((strings) => strings.join("")),
  ),
  pieces: [
    "v=TLSRPTv1",
    "rua=",
    "mailto:",
    "https://",
    ";",
    ",",
    " ",
    "\t",
    "=",
    "@",
    "%",
    "%2c",
    "a@b",
    "?",
    "#",
    "[",
    "]",
    ":",
    "!",
    "\xe4",
  ],
  wide: true,
  read: (input) => [parseTlsrptRecord(input), selectTlsrptRecord([input, input]), selectTlsrptRecord([input])],
};

const replyLine = sequence(
  mostly(30, oneOf("220", "250", "421", "554"), "99", "620", "2200", "25O", many(digit, 0, 5)),
  mostly(20, oneOf("-", " "), "", "\t", "--"),
  mostly(5, oneOf("STARTTLS", "SIZE 1", "mx.example ESMTP", "8BITMIME", ""), noise(false), "x".repeat(995)),
  mostly(40, "\r\n", "\n", "\r", "\r\r\n", "\n\r"),
);

const smtpReply: Parser = {
  name: "smtp-reply",
  grammar: oneOf(many(replyLine, 1, 6), sequence(many("250-a\r\n", 1, 110), "250 b\r\n")),
  samples: vectors<Vector & { readonly dialogue: readonly string[] }>("smtp-probe").flatMap(({ dialogue }) =>
    dialogue.filter((line) => line.startsWith("S: ")).map((line) => line.slice(3)),
  ),
  pieces: [
    "220",
    "250",
    "-",
    " ",
    "\r\n",
    "\r",
    "\n",
    "STARTTLS",
    "250-STARTTLS\r\n",
    "250 ok\r\n",
    "\0",
    "\xff",
    "554 ",
    "a",
  ],
  wide: false,
  // In two pieces, and then whole: what comes after a reply begins the next one.
  read: (input) => {
    const reader = createReplyReader();
    const bytes = octets(input);
    const middle = bytes.length >> 1;
    const events = [reader.push(bytes.subarray(0, middle)), reader.push(bytes.subarray(middle)), reader.push(bytes)];
    return events.map((event) => event?.kind === "reply" && offersStarttls(event.reply));
  },
};

const HOST = domainName("mx.example.com");
const namePatterns: Parser = {
  name: "mx-pattern and dns-id",
  grammar: sequence(mostly(2, "", "*.", "*", "mx*."), name, mostly(6, "", ".", ".example.com")),
  samples: [
    ...vectors<Vector & { readonly pattern: string; readonly host: string }>("mx-match").flatMap(
      ({ pattern, host }) => [pattern, host],
    ),
    ...vectors<Vector & { readonly dns_sans: readonly string[] }>("cert-match").flatMap(({ dns_sans }) => dns_sans),
  ],
  pieces: [
    "*",
    "*.",
    ".",
    "-",
    "xn--",
    "a",
    "A",
    "example.com",
    "mx.example.com",
    "ü",
    "\u3002",
    "\u00ad",
    "\uff41",
    "\ud800",
    "@",
    ":",
    "/",
    "%",
    "\\",
    "[::1]",
    "0x7f",
    "1.2.3.4",
    "ß",
    "\u200d",
    "K",
  ],
  wide: true,
  read: (input) => {
    const pattern = parseMxPattern(input);
    if (HOST) matchesDnsId(input, HOST);
    const host = hostName(input);
    return [pattern, host && matchesDnsId(input, host)];
  },
  // What is printed is read as the same, and a host name is one already.
  holds: (input) => {
    const [pattern, host] = [parseMxPattern(input), hostName(input)];
    if (pattern && !isDeepStrictEqual(parseMxPattern(printMxPattern(pattern)), pattern))
      throw new Error("printed as another");
    if (host !== undefined && hostName(host) !== host) throw new Error("a host name is no host name");
  },
};

export const LINE_PARSERS: readonly Parser[] = [policy, stsRecord, tlsrptRecord, smtpReply, namePatterns];
