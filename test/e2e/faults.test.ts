// The catalogue of faults, §1 to §3: each is put into the world where everything is good and enforce is turned on, and the
// bundle has to say what the row names, in its time.
import { appendFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DNS } from "./faults/dns.ts";
import { ENFORCED, type Fault, type Row, type Said } from "./faults/entry.ts";
import { HTTPS } from "./faults/https.ts";
import { SMTP } from "./faults/smtp.ts";
import { type Change, type Judged } from "./stage.ts";
import { openStages, type Stages } from "./stages.ts";

let stages: Stages;
beforeAll(async () => {
  stages = await openStages(8);
});
afterAll(() => stages.close());

const ROWS: readonly Row[] = [...DNS, ...HTTPS, ...SMTP];
const isFault = (row: Row): row is Fault => "what" in row;
const STATUS: Readonly<Record<Said, number>> = { ready: 0, blocked: 1, configuration: 2, unknown: 3 };
/** Steps wait a tenth of what they do by default. */
const INPUTS = { comment: "never", timeout: "18s" };
/** Milliseconds for the process, git and a busy machine, over the row's own bound. */
const ALLOWANCE = 8_000;

const told = ({ stdout, stderr }: Judged): string => `${stdout}${stderr}`;

/** `rule resultType reasonCode` of each error, or the rules that could not be answered. */
function digest({ report }: Judged): string {
  const rules = report?.domains.flatMap((domain) => domain.rules) ?? [];
  const errors = rules.filter(({ outcome, level }) => outcome === "failed" && level === "error");
  const decisive = errors.length > 0 ? errors : rules.filter(({ outcome }) => outcome === "unknown");
  return decisive
    .flatMap(({ rule, findings }) => (findings.length > 0 ? findings.map(({ message }) => `${rule}: ${message}`) : [rule]))
    .join("; ");
}

function run({ arrange, change = {} }: Fault): Promise<Judged> {
  const whole: Change = { ...ENFORCED, ...change, inputs: { ...INPUTS, ...change.inputs }, ...(arrange && { arrange }) };
  return stages.use((stage) => stage.judge(whole));
}

describe("every fault has its outcome, in its time", () => {
  test.concurrent.each(ROWS.filter(isFault).map((row) => [`${row.id} ${row.what}`, row] as const))("%s", async (_, row) => {
    const judged = await run(row);
    const [verdict] = row.instead ?? [row.row];
    appendFileSync("/tmp/faults-dump.jsonl", `${JSON.stringify({ id: row.id, what: row.what, row: row.row, got: judged.outputs["verdict"], status: judged.status, ms: Math.round(judged.elapsed), digest: digest(judged), err: judged.report ? "" : told(judged).slice(0, 300) })}\n`);
    expect([judged.outputs["verdict"], judged.status], told(judged)).toEqual([
      verdict === "configuration" ? "unknown" : verdict,
      STATUS[verdict],
    ]);
    expect(judged.elapsed).toBeLessThan(row.within * 100 + ALLOWANCE);
    for (const { name } of judged.commands) expect(["error", "warning", "notice"]).toContain(name);
    expect(told(judged)).not.toMatch(/[^\n\P{Cc}]/u);
    expect(told(judged)).not.toContain("internal error");
  });
});

test("every row of the catalogue is in the table", () => {
  const ids = [
    ...Array.from({ length: 32 }, (_, at) => `D${String(at + 1).padStart(2, "0")}`),
    ...Array.from({ length: 28 }, (_, at) => `H${String(at + 1).padStart(2, "0")}`),
    ...Array.from({ length: 32 }, (_, at) => `S${String(at + 1).padStart(2, "0")}`),
  ];
  expect([...new Set(ROWS.map(({ id }) => id))]).toEqual(ids);
});
