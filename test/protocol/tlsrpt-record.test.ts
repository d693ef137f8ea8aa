import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { reportUriDomain } from "../../src/protocol/report-uri.ts";
import { parseTlsrptRecord, selectTlsrptRecord } from "../../src/protocol/tlsrpt-record.ts";
import { type Vector, vectors } from "./vectors.ts";

interface TlsrptVector extends Vector {
  readonly input: readonly (readonly string[])[];
  readonly expect: "valid" | "invalid" | "none";
  readonly rua?: readonly string[];
  readonly usable?: readonly string[];
}

describe("tlsrpt-record vectors", () => {
  test.for(vectors<TlsrptVector>("tlsrpt-record"))("$id: $reason", ({ input, expect: state, rua, usable }) => {
    const selection = selectTlsrptRecord(input.map((strings) => strings.join("")));
    const parse = selection.kind === "one" ? selection.parse : undefined;
    expect(selection.kind === "multiple" ? "invalid" : (parse?.kind ?? "none"), JSON.stringify(selection)).toBe(state);
    const record = parse?.kind === "valid" ? parse.record : undefined;
    expect({ rua: record?.rua, usable: record?.usable }).toEqual({ rua, usable });
  });
});

test.for([
  ["v=TLSRPTv1; RUA=mailto:a@example.com", "rua-missing"],
  ["v=TLSRPTv1; rua=a@example.com", "rua-value"],
  ["v=TLSRPTv1; rua=mailto:a@example.com,,https://example.com", "rua-value"],
  ["v=TLSRPTv1; rua= mailto:a@example.com", "rua-value"],
  ["v=TLSRPTv1; rua=mailto:a@example.com;;", "empty-field"],
  ["v=spf1", "version"],
])("%s: %s", ([text = "", code]) => {
  const parse = parseTlsrptRecord(text);
  expect(parse.kind === "invalid" && parse.defects.map((defect) => defect.code)).toEqual([code]);
});

test.for([
  ["mailto:tls@Example.COM?subject=x", "example.com"],
  ["https://user@reports.example.net:8443/v1", "reports.example.net"],
  ["ftp://example.com", undefined],
  ["mailto:nobody", undefined],
])("the domain of %s is %s", ([uri = "", domain]) => {
  expect(reportUriDomain(uri)).toBe(domain);
});

test("never throws", () => {
  const piece = fc.oneof(
    fc.constantFrom("v=TLSRPTv1", ";", " ", "rua=", "mailto:", "https://", "@", ",", "%2", "["),
    fc.string(),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      expect(selectTlsrptRecord([pieces.join("")]).kind).toMatch(/^(none|one)$/);
    }),
  );
});
