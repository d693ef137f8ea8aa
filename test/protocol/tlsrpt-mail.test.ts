import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readReportMail } from "../../src/protocol/tlsrpt-mail.ts";

const REPORT = '{"report-id":"é"}';
const HEADER = "TLS-Report-Domain: example.com\r\nTLS-Report-Submitter: company.example\r\n";
const multipart = (part: string, type = 'multipart/report; report-type=tlsrpt; boundary="b"') =>
  `${HEADER}Content-Type: ${type}\r\n\r\npreamble\r\n--b\r\nContent-Type: text/plain\r\n\r\nA report\r\n--b\r\n${part}\r\n--b--\r\nepilogue`;
const encoded = (text: string, encoding: BufferEncoding = "utf8") => Buffer.from(text, encoding);
const textOf = (message: string) => {
  const mail = readReportMail(encoded(message));
  return mail.kind === "none"
    ? "none"
    : `${mail.kind} ${Buffer.from(mail.bytes).toString()} ${mail.deviations.join(" ")}`.trimEnd();
};

const JSON_TYPE = "Content-Type: application/tlsrpt+json";
const base64 = encoded(REPORT).toString("base64");

describe("RFC 8460 §5.3", () => {
  test.for([
    [multipart(`${JSON_TYPE}\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64}`), `json ${REPORT}`],
    [multipart(`${JSON_TYPE}\r\nContent-Transfer-Encoding: 8bit\r\n\r\n${REPORT}`), `json ${REPORT}`],
    [
      multipart(`${JSON_TYPE}\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n{"report-id":=  \r\n"=C3=A9"}`),
      `json ${REPORT}`,
    ],
    [multipart(`${JSON_TYPE}\r\n\r\n${REPORT}`).replaceAll("\r\n", "\n"), `json ${REPORT}`],
    [multipart(`content-TYPE:\r\n application/TLSRPT+json;\r\n\tcharset=utf-8\r\n\r\n${REPORT}`), `json ${REPORT}`],
    [multipart(`${JSON_TYPE}\r\n\r\n${REPORT}`, "multipart/mixed; boundary=b"), `json ${REPORT} not-multipart-report`],
    [
      multipart(`${JSON_TYPE}\r\n\r\n${REPORT}\r\n--bb\r\nstill the same part`),
      `json ${REPORT}\r\n--bb\r\nstill the same part`,
    ],
    [`${HEADER}${JSON_TYPE}\r\n\r\n${REPORT}`, `json ${REPORT} not-multipart-report`],
    [
      multipart(
        `Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename="a.example!b.example!1!2.json"\r\n\r\n${REPORT}`,
      ),
      `json ${REPORT} media-type-mismatch`,
    ],
    [multipart("Content-Type: application/pdf\r\n\r\nx"), "none"],
    [
      multipart(`Content-Type: multipart/mixed; boundary=c\r\n\r\n--c\r\n${JSON_TYPE}\r\n\r\n${REPORT}\r\n--c--`),
      `json ${REPORT}`,
    ],
    [`${HEADER}\r\n${REPORT}`, "none"],
    ["", "none"],
    ["\r\n\r\n", "none"],
  ] as const)("%#", ([message, found]) => expect(textOf(message)).toBe(found));

  test("gzip is known by its first octets, and left to the caller to inflate", () => {
    const mail = readReportMail(
      encoded(multipart(`Content-Type: application/tlsrpt+gzip\r\n\r\n\x1f\x8b\x08`), "latin1"),
    );
    expect(mail).toMatchObject({
      kind: "gzip",
      deviations: [],
      header: { domain: "example.com", submitter: "company.example" },
    });
  });

  test("a message that was cut off gives what there is", () => {
    const whole = multipart(`${JSON_TYPE}\r\n\r\n${REPORT}`);
    expect(textOf(whole.slice(0, whole.indexOf("\r\n--b--")))).toBe(`json ${REPORT}`);
  });
});

test("never throws, also where headers and multiparts have no end", () => {
  const piece = fc.oneof(
    fc.constantFrom(
      "\r\n",
      "\n",
      "--b",
      "--",
      "Content-Type: multipart/mixed; boundary=b\n\n",
      `${JSON_TYPE}\n\n`,
      '"',
      ";",
      "=",
    ),
    fc.string({ unit: "binary" }),
  );
  fc.assert(fc.property(fc.array(piece), (pieces) => void readReportMail(encoded(pieces.join("")))));
  for (const text of [
    "Content-Type: x;",
    '"',
    "a=",
    " ",
    "\n",
    "--b\n",
    "Content-Type: multipart/mixed; boundary=b\n\n--b\n",
  ]) {
    expect(readReportMail(encoded(text.repeat(Math.ceil(1_000_000 / text.length)))).kind).toMatch(/none|json/);
    const inner = `${JSON_TYPE}\nContent-Transfer-Encoding: quoted-printable\n\n${text.repeat(100_000)}x`;
    expect(readReportMail(encoded(multipart(inner))).kind).toMatch(/none|json/);
  }
});
