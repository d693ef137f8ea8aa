// The catalogue of faults, §1 to §3: each is put into the world where everything is good and enforce is turned on, and the
// bundle has to say what the row names, in its time.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createRepository, type DemoRepository } from "../../src/demo/repository.ts";
import { DNS } from "./faults/dns.ts";
import { BY_HAND, ENFORCED, type Fault, type Row, type Said } from "./faults/entry.ts";
import { HTTPS } from "./faults/https.ts";
import { SMTP } from "./faults/smtp.ts";
import type { Change, Judged } from "./stage.ts";
import { openStages, type Stages } from "./stages.ts";

let stages: Stages;
let repositories: readonly [withZone: DemoRepository, byHand: DemoRepository];
/** All are under way at once, as far as there are stages. */
const runs = new Map<Fault, Promise<Judged>>();
beforeAll(async () => {
  const baseAt = new Date(Date.now() - 60 * 86_400_000).toISOString();
  const repository = ({ base, head }: Pick<Change, "base" | "head">) => createRepository({ base, head, baseAt });
  [stages, ...repositories] = await Promise.all([openStages(8), repository(ENFORCED), repository(BY_HAND)]);
  for (const row of ROWS.filter(isFault)) runs.set(row, run(row));
  for (const one of runs.values()) one.catch(() => undefined);
});
afterAll(async () => {
  await Promise.allSettled(runs.values());
  await Promise.all([stages, ...repositories].map((one) => one.close()));
});

const ROWS: readonly Row[] = [...DNS, ...HTTPS, ...SMTP];
const isFault = (row: Row): row is Fault => "what" in row;
const STATUS: Readonly<Record<Said, number>> = { ready: 0, blocked: 1, configuration: 2, unknown: 3 };
/** Steps wait a tenth of what they do by default. */
const INPUTS = { comment: "never", timeout: "18s" };
/** Milliseconds for the process, git and a busy machine, over the row's own bound. */
const ALLOWANCE = 8_000;

const digests = new Map<Fault, string>();
const told = ({ stdout, stderr }: Judged): string => `${stdout}${stderr}`;

/** `rule resultType reasonCode` of each error, or the rules that could not be answered. */
function digest({ report }: Judged): string {
  const rules = report?.domains.flatMap((domain) => domain.rules) ?? [];
  const errors = rules.filter(({ outcome, level }) => outcome === "failed" && level === "error");
  const told = errors.flatMap(({ rule, findings }) =>
    findings.map(({ resultType, facts }) => [rule, resultType, facts?.["reasonCode"]].filter(Boolean).join(" ")),
  );
  const open = rules.filter(({ outcome }) => outcome === "unknown").map(({ rule }) => rule);
  return [...new Set(told.length > 0 ? told : open)].join(", ");
}

function run({ arrange, change = {} }: Fault): Promise<Judged> {
  const repository = change.base === BY_HAND.base ? repositories[1] : repositories[0];
  const inputs = { ...INPUTS, ...change.inputs };
  return stages.use((stage) =>
    stage.judge({ ...ENFORCED, ...change, repository, inputs, ...(arrange && { arrange }) }),
  );
}

describe("every fault has its outcome, in its time", () => {
  test.each(ROWS.filter(isFault).map((row) => [`${row.id} ${row.what}`, row] as const))("%s", async (_, row) => {
    const judged = await runs.get(row);
    if (judged === undefined) throw new Error("was not run");
    const [verdict] = row.instead ?? [row.row];
    expect([judged.outputs["verdict"], judged.status], told(judged)).toEqual([
      verdict === "configuration" ? "unknown" : verdict,
      STATUS[verdict],
    ]);
    expect(judged.elapsed).toBeLessThan(row.within * 100 + ALLOWANCE);
    for (const { name } of judged.commands) expect(["error", "warning", "notice", "group", "endgroup"]).toContain(name);
    expect(told(judged)).not.toMatch(/[^\n\P{Cc}]/u);
    expect(told(judged)).not.toContain("internal error");
    if (row.tells !== undefined) expect(judged.stdout).toMatch(row.tells);
    digests.set(row, digest(judged));
  });
});

/** docs/faults.md: what each fault makes of the run that was just had. */
function page(): string {
  const cell = (text: string): string => text.replaceAll("|", "\\|");
  const lines = ROWS.map((row) => {
    if (!isFault(row)) return `| ${row.id} | | | ${cell(row.notHere)} |`;
    const [verdict, because = ""] = row.instead ?? [row.row];
    const says = digests.get(row) ?? "";
    const why = because && `${because} (The row: ${row.row}.)`;
    return `| ${row.id} | ${cell(row.what)} | ${[verdict, says].filter(Boolean).join(": ")} | ${cell(why)} |`;
  });
  return `${HEAD}${lines.join("\n")}\n`;
}

const HEAD = `# Faults of DNS, policy host and MX hosts, and what we say

Each is put into a world where all is good and enforce is turned on: without it the verdict is \`ready\`. The ids are those of
the catalogue of faults that this project is tested against. A verdict is followed by the rules that decide it, with result
type (RFC 8460 §4.3) and reason code; after \`unknown\`, by the rules that could not be answered. The last column says why where
we say something else than the catalogue, or why a row is not run here.

This page is written by \`npx vitest run test/e2e/faults.test.ts -u\` and compared on every run.

| id | fault | we say | why |
| --- | --- | --- | --- |
`;

test("docs/faults.md says what the runs said", async () => {
  expect(digests.size).toBe(ROWS.filter(isFault).length);
  await expect(page()).toMatchFileSnapshot("../../docs/faults.md");
});

test("who says something else than the row says why", () => {
  for (const { row, instead } of ROWS.filter(isFault)) if (instead) expect(instead[0]).not.toBe(row);
});

test("every row of the catalogue is in the table", () => {
  const ids = [
    ...Array.from({ length: 32 }, (_, at) => `D${String(at + 1).padStart(2, "0")}`),
    ...Array.from({ length: 28 }, (_, at) => `H${String(at + 1).padStart(2, "0")}`),
    ...Array.from({ length: 32 }, (_, at) => `S${String(at + 1).padStart(2, "0")}`),
  ];
  expect([...new Set(ROWS.map(({ id }) => id))]).toEqual(ids);
});
