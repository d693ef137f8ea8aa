import { readReport } from "../../src/protocol/tlsrpt-report.ts";
import { type Vector, vectors } from "../protocol/vectors.ts";
import { digit, letter, many, mostly, name, oneOf, type Part, sequence } from "./grammar.ts";
import { octets, octetText, type Parser, words } from "./parser.ts";

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
export const report: Part = object(
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

export const samplesOf = (kind: ReportVector["kind"]): readonly string[] =>
  vectors<ReportVector>("tlsrpt-report").flatMap((each) =>
    each.kind === kind && each.input !== undefined ? [octetText(each.input)] : [],
  );

export const tlsrptReport: Parser = {
  name: "tlsrpt-report",
  grammar: (chance) => sequence(mostly(50, "", "\xef\xbb\xbf"), report)(chance),
  samples: samplesOf("report"),
  pieces: [
    ...words("{ } [ ] , : null 0 - 1e9 [[ 2026-11-01T00:00:00Z 1.2.3.4 ::1"),
    '"',
    "\\",
    '\\"',
    "\\u0041",
    '"a":',
    '"__proto__":',
    '"policies":',
    '"policy":',
    '"date-range":',
    " ",
    "\n",
    "\xc3",
    '{"a":',
    '"policy-string":',
  ],
  wide: false,
  read: (input) => {
    readReport(input);
    const reading = readReport(octets(input));
    return reading.kind === "invalid" ? reading.why : reading.kind;
  },
};
