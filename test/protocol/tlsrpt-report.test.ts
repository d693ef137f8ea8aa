import { gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseReportFileName } from "../../src/protocol/tlsrpt-file-name.ts";
import { mailMismatches, readReportMail } from "../../src/protocol/tlsrpt-mail.ts";
import { type ReportReading, readReport } from "../../src/protocol/tlsrpt-report.ts";
import { sample, type Vector, vectors } from "./vectors.ts";

interface ReportVector extends Vector {
  readonly kind: "report" | "message" | "filename";
  readonly input?: string;
  readonly sample?: string;
  readonly expect: "valid" | "deviates" | "invalid" | "none";
  readonly deviations?: readonly string[];
  readonly notes?: readonly string[];
  readonly summary?: object;
  readonly parsed?: object;
}

interface Outcome {
  readonly expect: ReportVector["expect"];
  readonly deviations?: readonly string[];
  readonly notes?: readonly string[];
  readonly summary?: object;
}

/** A reading in the vectors' words; `mail` are the deviations of the mail around it. */
function outcome(reading: ReportReading, mail: readonly string[] = []): Outcome {
  if (reading.kind === "invalid") return { expect: "invalid" };
  const { report } = reading;
  const deviations = [...reading.deviations.map(({ code }) => code), ...mail].toSorted();
  const notes = reading.notes.map(({ code }) => code).toSorted();
  const policies = report.policies.map(({ type, domain, successful, failed, failures }) => {
    const kinds = failures.map(({ resultType, count }) => ({ type: resultType, count }));
    return { type, domain, success: successful, failure: failed, failures: kinds };
  });
  return {
    expect: deviations.length > 0 ? "deviates" : "valid",
    deviations,
    notes,
    summary: {
      organization: report.organization,
      report_id: report.reportId,
      start: report.start,
      end: report.end,
      policies,
    },
  };
}

function mailOutcome(message: Uint8Array): Outcome {
  const mail = readReportMail(message);
  if (mail.kind === "none") return { expect: "none" };
  const bytes = mail.kind === "gzip" ? inflated(mail.bytes) : mail.bytes;
  const reading = readReport(bytes);
  if (reading.kind === "invalid") return { expect: "invalid" };
  return outcome(reading, [...mail.deviations, ...mailMismatches(mail.header, reading.report)]);
}

function inflated(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes, { maxOutputLength: 1e7 });
  } catch {
    return new Uint8Array();
  }
}

const all = vectors<ReportVector>("tlsrpt-report").filter(({ kind }) => kind !== "filename");

function runs({ kind, input, sample: path, ...vector }: ReportVector): void {
  const bytes = path === undefined ? Buffer.from(input ?? "") : (sample(path) ?? Buffer.from(""));
  const { deviations = [], notes = [], ...found } = kind === "report" ? outcome(readReport(bytes)) : mailOutcome(bytes);
  expect(found).toEqual(
    vector.summary ? { expect: vector.expect, summary: vector.summary } : { expect: vector.expect },
  );
  expect(deviations).toEqual(vector.deviations?.toSorted() ?? []);
  expect(notes).toEqual(vector.notes?.toSorted() ?? []);
}

describe("tlsrpt-report vectors", () => {
  test.for(all.filter((vector) => vector.sample === undefined))("$id: $reason", runs);

  // Third-party reports, which are not ours to copy: run where VECTORS names a folder that has them.
  for (const vector of all) {
    if (vector.sample === undefined) continue;
    const missing = sample(vector.sample) === undefined;
    const name = `${vector.id}: ${missing ? "NOT RUN, VECTORS has no" : "as in"} ${vector.sample}`;
    test.skipIf(missing)(name, () => runs(vector));
  }
});

describe("tlsrpt-report vectors, file names", () => {
  const names = vectors<ReportVector>("tlsrpt-report").filter(({ kind }) => kind === "filename");
  test.for(names)("$id: $reason", ({ input = "", expect: state, parsed }) => {
    const name = parseReportFileName(input);
    expect(name === undefined ? "invalid" : "valid").toBe(state);
    const { sender, policyDomain: policy_domain, begin, end, uniqueId: unique_id, extension } = name ?? {};
    expect(name && { sender, policy_domain, begin, end, unique_id, extension }).toEqual(parsed);
  });
});

const RANGE = '"date-range":{"start-datetime":"2026-11-01T00:00:00Z","end-datetime":"2026-11-02T00:00:00Z"}';
const policy = (more: string) => {
  return `{${RANGE},"organization-name":"o","contact-info":"a@example.com","report-id":"1","policies":[{${more}}]}`;
};
const SUMMARY = '"summary":{"total-successful-session-count":1,"total-failure-session-count":0}';
const STS = '"policy":{"policy-type":"sts","policy-domain":"example.com"}';
const codes = (text: string | Uint8Array) => {
  const reading = readReport(text);
  return reading.kind === "invalid"
    ? reading.why
    : reading.deviations.map(({ code, path, count }) => `${code} ${path} ${count}`);
};

describe("RFC 8460 §4.4, each deviation with its place", () => {
  test.for([
    [policy(`${STS},${SUMMARY}`), []],
    [`\ufeff${policy(`${STS},${SUMMARY}`)}`, ["byte-order-mark  1"]],
    [policy(`${STS}`), ["summary-count-missing /policies/0/summary/total-successful-session-count 2"]],
    [
      policy(`${STS},"summary":{"total-successful-session-count":"7","total-failure-session-count":0}`),
      ["count-type /policies/0/summary/total-successful-session-count 1"],
    ],
    [
      policy(`${STS},"summary":{"total-successful-session-count":1.5,"total-failure-session-count":9007199254740993}`),
      ["count-type /policies/0/summary/total-successful-session-count 2"],
    ],
    [policy(`${STS},${SUMMARY}`).replace('"o"', "null"), ["organization-name-missing /organization-name 1"]],
    [policy(`${STS},${SUMMARY}`).replace("02T00", "02 00"), ["datetime-separator /date-range/end-datetime 1"]],
    [policy(`${STS},${SUMMARY}`).replace("11-02", "10-02"), ["date-range-reversed /date-range 1"]],
    [policy(`${STS},${SUMMARY}`).replace("11-02", "02-30"), "date-range"],
    [policy("").replace("{}", "7"), ["policy-malformed /policies/0 1"]],
    [
      policy(`${STS.replace("example.com", "münchen.example")},${SUMMARY}`),
      ["policy-domain-malformed /policies/0/policy/policy-domain 1"],
    ],
    [
      policy(`${STS.replace("}", ',"policy-string":"x"}')},${SUMMARY}`),
      ["policy-string-malformed /policies/0/policy/policy-string 1"],
    ],
    ['{"a":{"b":1},"c":[{"b":2},{"b":3}],"\\u0061":4}', "duplicate-name"],
    ['{"a":{"b":1},"c":["a","a",{"a":"a"}]}', "date-range"],
    [Buffer.from([0x7b, 0xff, 0x7d]), "not-utf-8"],
    ["[]", "no-object"],
    ["", "no-json"],
  ] as const)("%#", ([text, found]) => expect(codes(text)).toEqual(found));
});

test("a member named __proto__ changes nothing", () => {
  const reading = readReport(policy(`${STS},${SUMMARY},"__proto__":{"failure-details":[{}]}`));
  expect(reading).toMatchObject({ kind: "report", deviations: [], notes: [{ code: "unknown-member" }] });
});

test("nested and long texts are read without throwing", () => {
  const long = "x".repeat(3_000_000);
  expect(codes(policy(`${STS},${SUMMARY},"y":"${long}"`))).toEqual([]);
  expect(codes(policy(`${STS},${SUMMARY},"y":"${"\\n".repeat(1_000_000)}"`))).toEqual([]);
  expect(codes(`${'{"a":'.repeat(50_000)}1${"}".repeat(50_000)}`)).toBe("date-range");
});

test("never throws on JSON of any shape", () => {
  const name = fc.constantFrom(
    "policies",
    "policy",
    "summary",
    "failure-details",
    "date-range",
    "mx-host",
    "policy-string",
  );
  const value = fc.letrec<{ value: unknown }>((tie) => ({
    value: fc.oneof(fc.jsonValue(), fc.dictionary(name, tie("value")), fc.array(tie("value"))),
  })).value;
  fc.assert(
    fc.property(value, (entry) => {
      expect(
        readReport(policy(`"policy":${JSON.stringify(entry)},"failure-details":${JSON.stringify(entry)}`)).kind,
      ).toBe("report");
      expect(readReport(JSON.stringify(entry)).kind).toMatch(/report|invalid/);
    }),
  );
  fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void readReport(text)));
});
