import { readReportMail } from "../../src/protocol/tlsrpt-mail.ts";
import { many, mostly, name, noise, octet, oneOf, type Part, sequence } from "./grammar.ts";
import { octets, type Parser, words } from "./parser.ts";
import { report, samplesOf } from "./report.ts";

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

export const tlsrptMail: Parser = {
  name: "tlsrpt-mail",
  grammar: mail,
  samples: samplesOf("message"),
  pieces: [
    ...words(
      `multipart/report b1 --b1 --b1-- ; = : base64 quoted-printable application/tlsrpt+gzip =0D QUJD filename= a=b; ( )`,
    ),
    "Content-Type: ",
    "; boundary=",
    "\r\n",
    "\n",
    "\r",
    " ",
    "\t",
    '"',
    "\\",
    "Content-Transfer-Encoding: ",
    "=\r\n",
    "\r\n--b1\r\n",
  ],
  wide: false,
  read: (input) => readReportMail(octets(input)).kind,
};
