import type { Answer } from "dns-packet";
import { TYPES } from "../../src/world/dns-query.ts";
import type { RecordType } from "../../src/world/dns-rdata.ts";
import { decodeReply } from "../../src/world/dns-wire.ts";
import { answer, soa } from "../world/scripted-resolver.ts";
import { digit, type Grammar, letter, many, mostly, noise, octet, oneOf, type Part, sequence } from "./grammar.ts";
import { octets, type Parser, words } from "./parser.ts";

const ID = 0x1234;
const NAME = "_mta-sts.example.com";
const QUERIES = (Object.keys(TYPES) as RecordType[]).flatMap((type) =>
  (["recursive", "authoritative"] as const).map((manner) => ({
    id: ID,
    name: NAME,
    type,
    manner,
    bytes: new Uint8Array(),
  })),
);
const TYPE_AT = 12 + NAME.length + 2;

/** As the answer to the question that it repeats, of either manner. */
function readDnsMessage(bytes: Buffer): string {
  const type = bytes.length >= TYPE_AT + 2 ? bytes.readUInt16BE(TYPE_AT) : TYPES.TXT;
  const asked = QUERIES.filter((query) => TYPES[query.type] === type);
  const replies = (asked.length > 0 ? asked : QUERIES.slice(0, 2)).map((query) => decodeReply(bytes, query));
  const [reply] = replies;
  return reply?.kind === "answer" ? reply.answer.kind : (reply?.kind ?? "");
}

const uint16 = (value: number): string => String.fromCharCode((value >> 8) & 0xff, value & 0xff);
const label: Grammar = (chance) => {
  const text = mostly(10, many(oneOf(letter, digit, "-"), 1, 9), many(octet, 0, 63), ".", "a".repeat(63))(chance);
  return String.fromCharCode(chance.once(150) ? chance.below(256) : text.length) + text;
};
const asked = "\x08_mta-sts\x07example\x03com\x00";
const dnsName = mostly(
  3,
  oneOf("\xc0\x0c", asked),
  sequence(many(label, 0, 5), "\x00"),
  sequence(many(label, 0, 3), "\xc0", octet),
  sequence(label, "\xc0\x15"),
  sequence("\xc0", octet),
  many(label, 1, 30),
);
const RDATA: Readonly<Record<RecordType | "CNAME" | "SOA" | "OPT", Part>> = {
  A: mostly(10, "\xc0\x00\x02\x01", many(octet, 0, 8)),
  AAAA: mostly(10, "\x20\x01\x0d\xb8\0\0\0\0\0\0\0\0\0\0\0\x01", many(octet, 0, 20)),
  NS: dnsName,
  MX: sequence("\x00\x0a", dnsName),
  TXT: mostly(
    4,
    many((chance) => ((text) => String.fromCharCode(text.length) + text)(noise(false)(chance).slice(0, 255)), 1, 4),
    "\x0fv=STSv1; id=abc",
    many(octet, 0, 20),
  ),
  TLSA: sequence("\x03\x01\x01", many(octet, 0, 40)),
  CNAME: dnsName,
  SOA: sequence(
    dnsName,
    dnsName,
    "\0\0\0\x01\0\0\0\x01\0\0\0\x01\0\0\0\x01",
    mostly(20, "\0\0\x01\x2c", "", many(octet, 0, 9)),
  ),
  OPT: many(octet, 0, 12),
};
const NUMBERS = { ...TYPES, CNAME: 5, SOA: 6, OPT: 41 } as const;

/** A record of `type`; now and then its RDLENGTH is wrong. */
const record =
  (type: keyof typeof RDATA): Grammar =>
  (chance) => {
    const data = sequence(RDATA[type])(chance);
    const length = Math.max(0, data.length + (chance.once(100) ? chance.below(7) - 3 : 0));
    const fixed = mostly(50, `\x00\x01${"\0\0\x01\x2c"}`, many(octet, 6, 6));
    const owner = type === "OPT" ? mostly(30, "\0", dnsName) : dnsName;
    return sequence(owner, uint16(NUMBERS[type]), fixed, uint16(length), data)(chance);
  };

const anyRecord: Grammar = (chance) => record(chance.of(Object.keys(RDATA) as (keyof typeof RDATA)[]))(chance);

/** RFC 1035 §4.1, with an answer section that mostly fits the question. */
const dnsMessage: Grammar = (chance) => {
  const type = chance.of(Object.keys(TYPES) as RecordType[]);
  const counts = [1, chance.below(6), chance.below(3), chance.below(2)].map((count) =>
    chance.once(100) ? chance.below(0x10000) : count,
  );
  const flags = mostly(6, "\x81\x80", "\x81\x83", "\x85\x80", "\x83\x80", "\x81\x85", "\x81\xa0", many(octet, 2, 2));
  const sections = counts.slice(1).map((count, at) => {
    const usual =
      at === 0
        ? mostly(5, record(type), record("CNAME"), anyRecord)
        : at === 1
          ? mostly(4, record("SOA"), anyRecord)
          : record("OPT");
    return (each: typeof chance) => Array.from({ length: Math.min(count, 8) }, () => usual(each)).join("");
  });
  const question = mostly(40, asked, dnsName);
  return sequence(
    uint16(ID),
    flags,
    counts.map(uint16).join(""),
    question,
    uint16(TYPES[type]),
    "\0\x01",
    ...sections,
  )(chance);
};

const name = NAME;
const ANSWERS: Readonly<Record<RecordType, Answer>> = {
  A: { type: "A", name, ttl: 60, data: "192.0.2.1" },
  AAAA: { type: "AAAA", name, ttl: 60, data: "2001:db8::1" },
  NS: { type: "NS", name, ttl: 60, data: "ns.example.com" },
  MX: { type: "MX", name, ttl: 60, data: { preference: 10, exchange: "mx.example.com" } },
  TXT: { type: "TXT", name, ttl: 60, data: "v=STSv1; id=1" },
  TLSA: {
    type: "TLSA",
    name,
    ttl: 60,
    data: { usage: 3, selector: 1, matchingType: 1, certificate: Buffer.alloc(32) },
  },
};

/** By dns-packet: answers, aliases, and the two ways to have none. */
const DNS_SAMPLES: readonly string[] = (Object.keys(TYPES) as RecordType[]).flatMap((type) => {
  const query = { id: ID, name, type };
  const alias: Answer = { type: "CNAME", name, ttl: 60, data: "alias.example.com" };
  return [
    answer(query, { answers: [ANSWERS[type], ANSWERS[type]] }),
    answer(query, { answers: [alias, { ...ANSWERS[type], name: "alias.example.com" }] }),
    answer(query, { authorities: [soa] }),
    answer(query, { rcode: 3, authorities: [soa] }),
  ].map((bytes) => bytes.toString("latin1"));
});

export const dnsWire: Parser = {
  name: "dns-wire",
  grammar: dnsMessage,
  samples: DNS_SAMPLES,
  pieces: [
    ...words(""),
    "\x12\x34\x81\x80",
    "\x00\x01\x00\x01\x00\x00\x00\x00",
    "\xc0\x0c",
    "\xc0\x00",
    "\xff\xff",
    "\x00",
    "\x3f",
    "\x40",
    "\x08_mta-sts",
    "\x03com\x00",
    "\x00\x10\x00\x01",
    "\x00\x00\x00\x3c",
    "\x00\x05\x00\x01",
    "\x00\x04",
    "\x01.",
    "\x01a",
    "\xc0\x2e",
    "\x00\x29\x04\xd0",
  ],
  wide: false,
  read: (input) => readDnsMessage(octets(input)),
};
