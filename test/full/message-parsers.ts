import { zonefile } from "../../src/collect/formats/zonefile.ts";
import { dnsIdsOf } from "../../src/protocol/subject-alt-name.ts";
import { readReportMail } from "../../src/protocol/tlsrpt-mail.ts";
import { readReport } from "../../src/protocol/tlsrpt-report.ts";
import { type Vector, vectors } from "../protocol/vectors.ts";
import { certificate, CERTIFICATES } from "./der.ts";
import { DNS_SAMPLES, dnsMessage, readDnsMessage } from "./dns.ts";
import { char, digit, letter, many, mostly, name, noise, octet, oneOf, type Part, sequence } from "./grammar.ts";
import { octets, octetText, type Parser } from "./parser.ts";

const subjectAltName: Parser = {
  name: "subject-alt-name",
  grammar: certificate,
  samples: CERTIFICATES,
  pieces: [
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
  read: (input) => dnsIdsOf(octets(input)),
};

const string = sequence(
  '"',
  mostly(20, many(oneOf(letter, digit, " ", "-", ".", "\\u0041", "\\n", "\xc3\xa4"), 0, 12), "\\", '"', "\n"),
  '"',
);
const value: Part = mostly(12, string, "null", "1", "-1", "1e400", "[]", "{}", "true", '[{"a":[1]}]', "1.5");
const member = (key: string, usual: Part): Part =>
  mostly(
    60,
    sequence(`"${key}":`, mostly(25, usual, value)),
    sequence(`"${key}x":`, usual),
    sequence(string, ":", value),
  );
const object = (...members: readonly Part[]): Part =>
  sequence("{", ...members.flatMap((each, at) => (at === 0 ? [each] : [mostly(200, ",", "", ",,"), each])), "}");
const list = (part: Part, most: number): Part => sequence("[", part, many(sequence(",", part), 0, most), "]");
const instant = mostly(
  8,
  '"2026-11-01T00:00:00Z"',
  '"2026-11-01"',
  '"2026-13-01T00:00:00Z"',
  '"2026-11-01T23:59:59.5+01:00"',
  string,
);
const count = mostly(10, many(digit, 1, 4), "-1", '"5"', "1e3", "18446744073709551616");
const host = sequence('"', name, '"');
const failure = object(
  member(
    "result-type",
    mostly(10, oneOf('"certificate-expired"', '"starttls-not-supported"', '"validation-failure"'), string),
  ),
  member("sending-mta-ip", mostly(6, oneOf('"192.0.2.1"', '"2001:db8::1"'), '"::ffff:1.2.3"', string)),
  member("receiving-mx-hostname", host),
  member("failed-session-count", count),
);
const reported = object(
  member(
    "policy",
    object(
      member("policy-type", mostly(10, oneOf('"sts"', '"tlsa"', '"no-policy-found"'), string)),
      member("policy-string", list(oneOf('"version: STSv1"', '"mode: enforce"', string), 4)),
      member("policy-domain", host),
      member("mx-host", oneOf(list(host, 3), host)),
    ),
  ),
  member(
    "summary",
    object(member("total-successful-session-count", count), member("total-failure-session-count", count)),
  ),
  member("failure-details", oneOf("[]", list(failure, 3))),
);
const report: Part = object(
  member("organization-name", string),
  member("date-range", object(member("start-datetime", instant), member("end-datetime", instant))),
  member("contact-info", oneOf('"mailto:a@example.com"', '"a@example.com"', string)),
  member("report-id", string),
  member("policies", list(reported, 3)),
);

interface ReportVector extends Vector {
  readonly kind: "report" | "message" | "filename";
  readonly input?: string;
}

const samplesOf = (kind: ReportVector["kind"]): readonly string[] =>
  vectors<ReportVector>("tlsrpt-report").flatMap((each) =>
    each.kind === kind && each.input !== undefined ? [octetText(each.input)] : [],
  );

const tlsrptReport: Parser = {
  name: "tlsrpt-report",
  grammar: (chance) => sequence(mostly(50, "", "\xef\xbb\xbf"), report)(chance),
  samples: samplesOf("report"),
  pieces: [
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    '"',
    "\\",
    '\\"',
    "\\u0041",
    '"a":',
    '"__proto__":',
    '"policies":',
    '"policy":',
    '"date-range":',
    "null",
    "0",
    "-",
    "1e9",
    " ",
    "\n",
    "\xc3",
    '{"a":',
    "[[",
    '"policy-string":',
    "2026-11-01T00:00:00Z",
    "1.2.3.4",
    "::1",
  ],
  wide: false,
  read: (input) => [readReport(octets(input)), readReport(input)],
};

const line = mostly(30, "\r\n", "\n", "\r", "\r\n ", "\r\n\t");
const header = (key: string, usual: Part): Part =>
  mostly(
    30,
    sequence(mostly(20, key, key.toUpperCase(), ` ${key}`), mostly(30, ": ", ":", " :", ""), usual, line),
    "",
    noise(false),
  );
const parameter = (key: string, usual: Part): Part =>
  mostly(
    20,
    sequence(
      "; ",
      key,
      "=",
      mostly(3, sequence('"', usual, '"'), usual, sequence('"', usual), sequence('"\\"', usual, '\\"')),
    ),
    `; ${key}`,
    ";",
    ";;",
    "; =",
  );
const boundary = mostly(20, "b1", "b2", "", "b1--", "b".repeat(80));
const fileName = "a.example!b.example!1793491200!1793577599!001.json.gz";
const body = oneOf(
  report,
  "H4sIAAAAAAAAA6tWAgBDvyKmAgAAAA==",
  many(octet, 0, 60),
  "=7B=7D=\r\n",
  sequence(many("QUJD", 1, 40), line),
);
const leaf = sequence(
  header(
    "Content-Type",
    sequence(
      oneOf("application/tlsrpt+gzip", "application/tlsrpt+json", "text/plain", "application/gzip", noise(false)),
      parameter("name", fileName),
    ),
  ),
  header("Content-Transfer-Encoding", oneOf("base64", "quoted-printable", "7bit", "BASE64", "x")),
  header("Content-Disposition", sequence("attachment", parameter("filename", fileName))),
  line,
  body,
);
const nested = sequence(
  header(
    "Content-Type",
    sequence(
      "multipart/",
      oneOf("report", "mixed"),
      parameter("boundary", boundary),
      parameter("report-type", "tlsrpt"),
    ),
  ),
  line,
  many(sequence("\r\n--", boundary, line, leaf), 1, 4),
  mostly(4, "\r\n--b1--\r\n", "", "--b1--"),
);
const mail = sequence(
  header("From", "a@example.com"),
  header("TLS-Report-Domain", name),
  header("TLS-Report-Submitter", name),
  mostly(
    3,
    nested,
    leaf,
    sequence(
      header("Content-Type", 'multipart/mixed; boundary="b2"'),
      line,
      many(sequence("\r\n--b2\r\n", nested), 1, 3),
    ),
  ),
);

const tlsrptMail: Parser = {
  name: "tlsrpt-mail",
  grammar: mail,
  samples: samplesOf("message"),
  pieces: [
    "Content-Type: ",
    "multipart/report",
    "; boundary=",
    "b1",
    "--b1",
    "--b1--",
    "\r\n",
    "\n",
    "\r",
    " ",
    "\t",
    '"',
    "\\",
    ";",
    "=",
    ":",
    "base64",
    "quoted-printable",
    "Content-Transfer-Encoding: ",
    "application/tlsrpt+gzip",
    "=0D",
    "=\r\n",
    "QUJD",
    "\r\n--b1\r\n",
    "filename=",
    "a=b;",
    "(",
    ")",
  ],
  wide: false,
  read: (input) => readReportMail(octets(input)),
};

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

const zones: Parser = {
  name: "zonefile",
  grammar: many(sequence(zoneLine, mostly(30, "\n", "\r\n", " ; note\n", "")), 1, 8),
  samples: [
    '$ORIGIN example.com.\n$TTL 1h\n@ IN SOA ns1 admin ( 2026010101 1h 15m 1w 5m )\n  IN NS ns1\n  IN MX 10 mx1\n  MX 20 mx2.example.net.\n_mta-sts IN TXT "v=STSv1; id=20260101"\n_smtp._tls 300 IN TXT ( "v=TLSRPTv1; "\n  "rua=mailto:tls@example.com" ) ; reports\n',
    "$GENERATE 1-3 mx$ A 192.0.2.$\n$GENERATE 0-9/3 h${0,3,d} CNAME h$\n$INCLUDE a.inc sub\n",
    "{% for h in hosts %}\n{{ h }} 60 IN MX 10 {{ h }}.example.com.\n{% endfor %}\n",
  ],
  pieces: [
    "$ORIGIN ",
    "$INCLUDE a.inc",
    "$INCLUDE self.inc",
    "$GENERATE 1-3 ",
    "$GENERATE 0-1023 ",
    "$TTL ",
    "@",
    " ",
    "\t",
    "\n",
    "\r\n",
    "\r",
    '"',
    "(",
    ")",
    ";",
    "\\",
    "\\032",
    "MX ",
    "TXT ",
    "IN ",
    "SOA ",
    "NS ",
    "CNAME ",
    "10 ",
    "mx",
    ".",
    "{{",
    "}}",
    "{%",
    "%}",
    "{",
    "$",
    "${",
    "*",
    "_mta-sts",
    "TYPE15 \\# ",
    "h$ ",
    "\ufeff",
  ],
  wide: true,
  read: (text) => {
    const file = { path: "zones/example.com.zone", text };
    zonefile.recognises(file);
    return zonefile.read(file, { include: async (path) => INCLUDES[path] });
  },
};

const dnsWire: Parser = {
  name: "dns-wire",
  grammar: dnsMessage,
  samples: DNS_SAMPLES,
  pieces: [
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

export const MESSAGE_PARSERS: readonly Parser[] = [subjectAltName, tlsrptReport, tlsrptMail, dnsWire, zones];
