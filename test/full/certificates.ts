import { dnsIdsOf } from "../../src/protocol/subject-alt-name.ts";
import { type Grammar, many, mostly, name, noise, octet, oneOf, type Part, sequence } from "./grammar.ts";
import { octets, type Parser, words } from "./parser.ts";

const made = (part: Part): Grammar => (typeof part === "string" ? () => part : part);

/** X.690 §8.1: tag, length, content. Now and then the length is wrong, or longer than it need be. */
function tagged(tag: number, ...parts: readonly Part[]): Grammar {
  const content = sequence(...parts);
  return (chance) => {
    const text = content(chance);
    const length = text.length + (chance.once(150) ? chance.below(5) - 2 : 0);
    const short = length >= 0 && length < 0x80 && !chance.once(50);
    const octets = [24, 16, 8, 0].map((bits) => (length >>> bits) & 0xff).slice(chance.once(2) ? 0 : 2);
    const written = short ? [length] : [0x80 + octets.length, ...octets];
    return String.fromCharCode(chance.once(400) ? chance.below(256) : tag, ...written) + text;
  };
}

const oid = (...octets: readonly number[]): Grammar => tagged(0x06, String.fromCharCode(...octets));
const generalName = mostly(
  3,
  tagged(0x82, name),
  tagged(0x82, noise(false)),
  tagged(0x87, "\xc0\x00\x02\x01"),
  tagged(0x81, "a@example.com"),
  tagged(0xa0, oid(1, 2, 3), tagged(0xa0, tagged(0x16, name))),
  tagged(0xa4, tagged(0x30, tagged(0x31, tagged(0x30, oid(0x55, 4, 3), tagged(0x0c, name))))),
);
const critical = mostly(4, "", tagged(0x01, "\xff"));
const altNames = tagged(0x30, oid(0x55, 0x1d, 0x11), critical, tagged(0x04, tagged(0x30, many(generalName, 0, 12))));
const other = tagged(0x30, oid(0x55, 0x1d, 0x0e), critical, tagged(0x04, tagged(0x04, many(octet, 0, 20))));
const extensions = tagged(
  0xa3,
  tagged(0x30, many(other, 0, 2), mostly(20, altNames, "", many(altNames, 2, 3)), many(other, 0, 2)),
);
const algorithm = tagged(0x30, oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2));
const subject = tagged(0x30, tagged(0x31, tagged(0x30, oid(0x55, 4, 3), tagged(0x0c, name))));
const validity = tagged(0x30, tagged(0x17, "260101000000Z"), tagged(0x17, "270101000000Z"));
const key = tagged(0x30, algorithm, tagged(0x03, "\x00", many(octet, 0, 64)));
const toBeSigned = tagged(
  0x30,
  tagged(0xa0, tagged(0x02, "\x02")),
  tagged(0x02, many(octet, 1, 20)),
  algorithm,
  subject,
  validity,
  subject,
  key,
  mostly(20, extensions, "", tagged(0xa3)),
);

/** RFC 5280 §4.1, as far as the way to the names goes. */
const certificate: Grammar = mostly(
  20,
  tagged(0x30, toBeSigned, algorithm, tagged(0x03, "\x00", many(octet, 0, 40))),
  oneOf(...[toBeSigned, extensions, altNames].map(made)),
);

/** Without slips: to be changed octet by octet. */
const CERTIFICATES: readonly string[] = [3, 5, 8, 13].map((names) => {
  const plain = {
    below: (limit: number) => limit >> 1,
    once: () => false,
    of: <T>([first]: readonly T[]) => first as T,
  };
  const list = tagged(0x30, ...Array.from({ length: names }, (_, at) => tagged(0x82, `mx${at}.example.com`)));
  const extension = tagged(0x30, oid(0x55, 0x1d, 0x11), tagged(0x04, list));
  const signed = tagged(
    0x30,
    tagged(0x02, "\x01"),
    algorithm,
    subject,
    validity,
    subject,
    key,
    tagged(0xa3, tagged(0x30, extension)),
  );
  return tagged(0x30, signed, algorithm, tagged(0x03, "\x00"))(plain);
});

export const subjectAltName: Parser = {
  name: "subject-alt-name",
  grammar: certificate,
  samples: CERTIFICATES,
  pieces: [
    ...words(""),
    "\x30\x80",
    "\x30\x00",
    "\x30",
    "\xa3",
    "\x06\x03\x55\x1d\x11",
    "\x04",
    "\x82",
    "\x82\x01a",
    "\x81\x80",
    "\x84\xff\xff\xff\xff",
    "\x84\x00\x00\x00\x05",
    "\x00",
    "\xff",
    "\x1f",
    "\x01\x01\xff",
  ],
  wide: false,
  read: (input) => {
    const names = dnsIdsOf(octets(input));
    return names === undefined ? "malformed" : names.length > 0 ? "names" : "no names";
  },
};
