import type { RunFacts } from "../verdict.ts";
import { inertMessage } from "./inert.ts";
import type { ReportContext, Reporter } from "./reporter.ts";
import { type Counted, sarifRanking } from "./sarif-ranking.ts";
import { resultsOf } from "./sarif-result.ts";
import { ruleDescriptor, type UsedRule, webPage } from "./sarif-rule.ts";

/** GitHub takes 25,000 results of a run and shows the 5,000 that are worst by its own lights. */
const RESULTS = 5_000;
const NOTES = 100;
const SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/** SARIF 2.1.0, as GitHub's code scanning takes it: one run, one line a result, worst first. */
export const sarif: Reporter = {
  id: "sarif",
  destination: "file",
  open: (context) => {
    const ranking = sarifRanking(RESULTS);
    return {
      add: (domain) => {
        for (const result of resultsOf(domain, context.anchorFile)) ranking.add(result);
      },
      finish: (run) => sarifText(run, ranking.worst(), ranking.left(), context),
    };
  },
};

function sarifText(run: RunFacts, worst: readonly Counted[], left: number, context: ReportContext): string {
  const rules = usedRules(worst);
  const index = new Map(rules.map(({ ruleId }, at) => [ruleId, at]));
  const ordinals = new Map<string, number>();
  const results = worst.map(({ ranked: { fingerprint, result }, count }) => {
    const ordinal = (ordinals.get(fingerprint) ?? 0) + 1;
    ordinals.set(fingerprint, ordinal);
    const { ruleId, ...rest } = result;
    return {
      ruleId,
      ruleIndex: index.get(ruleId),
      ...rest,
      // The first is the one that GitHub compares; where it is missing, that of the line is put in.
      partialFingerprints: {
        primaryLocationLineHash: `${fingerprint.slice(0, 16)}:${ordinal}`,
        "mtaStsGate/v1": `${fingerprint}:${ordinal}`,
      },
      ...(count > 1 ? { occurrenceCount: count } : {}),
    };
  });
  const lines = results.map((result) => `\n${jsonText(result)}`).join(",");
  const head = { $schema: SCHEMA, version: "2.1.0" };
  const facts = { tool: tool(rules, run, context), ...runFacts(run, left, context) };
  return `${jsonText(head).slice(0, -1)},"runs":[${jsonText(facts).slice(0, -1)},"results":[${lines}\n]}]}\n`;
}

/** In the order in which they first appear, which is the order of their worst results. */
function usedRules(worst: readonly Counted[]): readonly UsedRule[] {
  const used = new Map<string, UsedRule>();
  for (const { ranked } of worst) {
    const { ruleId, level } = ranked.result;
    if (!used.has(ruleId)) used.set(ruleId, { ruleId, rule: ranked.rule, level });
  }
  return [...used.values()];
}

function tool(rules: readonly UsedRule[], run: RunFacts, context: ReportContext): object {
  const known = new Map(run.rules.map((info) => [info.id, info]));
  const informationUri = webPage(context.rulePage("README"));
  return {
    driver: {
      name: "mta-sts-gate",
      ...(context.version === undefined ? {} : { semanticVersion: context.version }),
      ...(informationUri === undefined ? {} : { informationUri }),
      rules: rules.map((rule) => ruleDescriptor(rule, known.get(rule.rule), context)),
    },
  };
}

function runFacts(run: RunFacts, left: number, { label }: ReportContext): object {
  const { verdict, mode, asOf, validUntil, commit, base, counts } = run;
  const texts = Object.entries({ verdict, mode, asOf, commit, base, ...(validUntil === null ? {} : { validUntil }) });
  return {
    // With this, several gates of one repository do not close each other's alerts.
    ...(label === "default" ? {} : { automationDetails: { id: `mta-sts-gate/${label}/` } }),
    columnKind: "utf16CodeUnits",
    invocations: [
      {
        executionSuccessful: true,
        ...(isInstant(asOf) ? { startTimeUtc: asOf } : {}),
        toolExecutionNotifications: notifications(run, left),
      },
    ],
    properties: { ...Object.fromEntries(texts.map(([name, text]) => [name, inertMessage(text, 100)])), counts },
  };
}

function notifications({ notes }: RunFacts, left: number): readonly object[] {
  const said = notes.slice(0, NOTES).map((note) => ({ level: "note", message: { text: inertMessage(note) } }));
  if (left === 0) return said;
  const text = `This file holds the ${RESULTS} worst results; ${left} more are in the JSON report only.`;
  return [{ level: "warning", message: { text } }, ...said];
}

const isInstant = (text: string): boolean => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text);

// Everything from outside went through a sink; this is for what did not.
const jsonText = (value: object): string =>
  JSON.stringify(value).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
