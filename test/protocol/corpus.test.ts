import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { printMxPattern } from "../../src/protocol/mx-pattern.ts";
import { parsePolicy } from "../../src/protocol/policy.ts";
import { readReportMail } from "../../src/protocol/tlsrpt-mail.ts";
import { readReport } from "../../src/protocol/tlsrpt-report.ts";

// Policies and reports found in public repositories: not ours to copy, so they are read from where CORPUS says they are.
const FOLDER = process.env["CORPUS"];

interface PolicyRow {
  readonly file: string;
  readonly verdict: string;
  readonly issues_hard: readonly string[];
  readonly parsed: { readonly mode?: string | null; readonly max_age?: string | null; readonly mx: readonly string[] };
}

interface ReportRow {
  readonly file: string;
  readonly organization: string | null;
  readonly report_id: string | null;
  readonly policies: readonly {
    readonly type: string;
    readonly domain: string | null;
    readonly ok: number | null;
    readonly failed: number | null;
    readonly result_types: readonly string[];
  }[];
}

/** The index's word for a file, where it is not ours, and why ours differs. */
const OURS: Readonly<Record<string, "valid" | "invalid">> = {
  "valid-with-warnings": "invalid", // a blank line at the end: RFC 8461 §3.2 has none
  "valid-syntax:placeholder-values": "valid", // what the names mean is no matter of syntax
  "template:jekyll-front-matter": "invalid", // as it lies there, before it is filled in
  "template:interpolation": "invalid",
};

function rows<Row>(topic: string): readonly Row[] {
  const read: unknown = FOLDER ? JSON.parse(readFileSync(join(FOLDER, topic, "index.json"), "utf8")) : [];
  return read as readonly Row[];
}

const read = (topic: string, file: string) => readFileSync(join(FOLDER ?? "", topic, file));

test.skipIf(!FOLDER)(FOLDER ? "CORPUS has rows" : "NOT RUN: CORPUS names no folder with policies/ and tlsrpt/", () => {
  expect(rows("policies").length * rows("tlsrpt").length).toBeGreaterThan(0);
});

describe.skipIf(!FOLDER)("policies in public repositories", () => {
  test.for(rows<PolicyRow>("policies"))("$file is $verdict $issues_hard", ({ file, verdict, parsed }) => {
    const parse = parsePolicy(read("policies", file));
    expect(parse.kind, JSON.stringify(parse)).toBe(OURS[verdict] ?? verdict);
    if (parse.kind === "invalid") return;
    const { mode, maxAge, mx } = parse.policy;
    const patterns = parsed.mx.map((pattern) => pattern.toLowerCase()).toSorted(); // the index sorts them
    expect({ mode, max_age: maxAge, mx: mx.map(printMxPattern).toSorted() }).toEqual({
      mode: parsed.mode,
      max_age: Number(parsed.max_age),
      mx: patterns,
    });
  });
});

describe.skipIf(!FOLDER)("reports in public repositories", () => {
  test.for(rows<ReportRow>("tlsrpt"))("$file of $organization", ({ file, organization, report_id, policies }) => {
    const bytes = read("tlsrpt", file);
    const mail = file.endsWith(".eml") ? readReportMail(bytes) : undefined;
    const part = mail && mail.kind !== "none" ? mail.bytes : bytes;
    const reading = readReport(part[0] === 0x1f ? gunzipSync(part, { maxOutputLength: 1e7 }) : part);
    const report = reading.kind === "report" ? reading.report : undefined;
    expect({ organization: report?.organization, report_id: report?.reportId }, JSON.stringify(reading)).toEqual({
      organization,
      report_id,
    });
    const said = report?.policies.map(({ type, domain, successful, failed, failures }) => {
      const result_types = [...new Set(failures.map(({ resultType }) => String(resultType)))].toSorted();
      return { type, domain, ok: successful, failed, result_types };
    });
    expect(said).toEqual(
      policies.map(({ type, domain, ok, failed, result_types }) => ({
        type,
        domain,
        ok,
        failed,
        result_types: result_types.toSorted(),
      })),
    );
  });
});
