import { zonefile } from "../../src/collect/formats/zonefile.ts";
import { char, digit, letter, many, mostly, name, oneOf, sequence } from "./grammar.ts";
import { type Parser, words } from "./parser.ts";

const zoneName = mostly(8, name, "@", sequence(name, "."), "", "\\095mta-sts", "\\.", "*", "{{ name }}", "$");
const ttl = mostly(6, "", "300 ", "1h ", "1w2d ", "IN ", "CH ", "99999999999 ", "IN 60 ", "60 IN ");
const quotedText = sequence(
  '"',
  mostly(
    10,
    oneOf("v=STSv1; id=1", "v=TLSRPTv1; rua=mailto:a@b", many(letter, 0, 20)),
    '\\"',
    "\\",
    "\\000",
    "\n",
    ";",
  ),
  '"',
);
const zoneData = oneOf(
  sequence("MX ", many(digit, 1, 6), " ", zoneName),
  sequence("TXT ", many(sequence(quotedText, " "), 1, 4)),
  sequence("TXT (\n", many(sequence(" ", quotedText, mostly(4, "\n", " ; note\n", "")), 1, 4), mostly(30, ")", "")),
  sequence("CNAME ", zoneName),
  sequence("NS ", zoneName),
  sequence("SOA ", zoneName, " ", zoneName, " ( 1 1h 15m 1w 300 )"),
  sequence("A 192.0.2.", digit),
  sequence("TYPE", many(digit, 1, 5), " \\# ", digit, " 00"),
);
const zoneLine = mostly(
  8,
  sequence(mostly(5, zoneName, " ", "\t"), " ", ttl, zoneData),
  sequence("$ORIGIN ", zoneName),
  sequence("$TTL ", oneOf("300", "1d", "x")),
  sequence(
    "$GENERATE ",
    digit,
    "-",
    many(digit, 1, 4),
    oneOf(" ", "/2 "),
    oneOf("h$ ", "${0,3,d} ", "h${1,2,n} "),
    oneOf("CNAME ", "MX 10 "),
    "h$",
  ),
  sequence("$INCLUDE ", oneOf("a.inc", "self.inc", "gone.inc", "../../x"), oneOf("", " sub")),
  sequence("; ", many(char(0x20, 0x7e), 0, 20)),
  "{% if a %}",
);

const INCLUDES: Readonly<Record<string, string>> = {
  "zones/a.inc": '@ 60 MX 10 mx1\n_mta-sts TXT "v=STSv1; id=1"\n',
  "zones/self.inc": "$INCLUDE self.inc\n@ MX 10 mx2\n",
};

export const zones: Parser = {
  name: "zonefile",
  grammar: many(sequence(zoneLine, mostly(30, "\n", "\r\n", " ; note\n", "")), 1, 8),
  samples: [
    '$ORIGIN example.com.\n$TTL 1h\n@ IN SOA ns1 admin ( 2026010101 1h 15m 1w 5m )\n  IN NS ns1\n  IN MX 10 mx1\n  MX 20 mx2.example.net.\n_mta-sts IN TXT "v=STSv1; id=20260101"\n_smtp._tls 300 IN TXT ( "v=TLSRPTv1; "\n  "rua=mailto:tls@example.com" ) ; reports\n',
    "$GENERATE 1-3 mx$ A 192.0.2.$\n$GENERATE 0-9/3 h${0,3,d} CNAME h$\n$INCLUDE a.inc sub\n",
    "{% for h in hosts %}\n{{ h }} 60 IN MX 10 {{ h }}.example.com.\n{% endfor %}\n",
  ],
  pieces: [
    ...words("@ ( ) ; mx . {{ }} {% %} { $ ${ * _mta-sts"),
    "$ORIGIN ",
    "$INCLUDE a.inc",
    "$INCLUDE self.inc",
    "$GENERATE 1-3 ",
    "$GENERATE 0-1023 ",
    "$TTL ",
    " ",
    "\t",
    "\n",
    "\r\n",
    "\r",
    '"',
    "\\",
    "\\032",
    "MX ",
    "TXT ",
    "IN ",
    "SOA ",
    "NS ",
    "CNAME ",
    "10 ",
    "TYPE15 \\# ",
    "h$ ",
    "\ufeff",
  ],
  wide: true,
  read: async (text) => {
    const file = { path: "zones/example.com.zone", text };
    zonefile.recognises(file);
    const { records, defects } = await zonefile.read(file, { include: async (path) => INCLUDES[path] });
    return `${records.length > 0 ? "" : "no "}records, ${defects.length > 0 ? "" : "no "}defects`;
  },
};
