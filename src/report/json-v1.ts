import type { Location } from "../location.ts";
import type { Delivery, DomainVerdict, Finding, HostVerdict, Level, RuleOutcome, RunFacts } from "../verdict.ts";
import type { Reporter } from "./reporter.ts";

/** The report file, `schema/report-v1.json`. One line a domain, so that a fold over many holds none of them. */
export const jsonV1: Reporter = {
  id: "json-v1",
  destination: "file",
  open: ({ emit }) => {
    const held: string[] = [];
    const write = emit ?? ((piece: string) => void held.push(piece));
    let separator = "\n";
    write('{"version":1,"domains":[');
    return {
      add: (domain) => {
        write(separator + jsonText(domainJson(domain)));
        separator = ",\n";
      },
      finish: (run) => `${held.join("")}\n],${jsonText(runJson(run)).slice(1)}\n`,
    };
  },
};

// Printable ASCII only: no raw control or direction character, and no U+2028, reaches whoever shows the file.
const jsonText = (value: object): string =>
  JSON.stringify(value).replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);

function runJson(run: RunFacts): object {
  const { verdict, mode, asOf, validUntil, vantage, counts, commit, base, notes, contacts } = run;
  const rules = run.rules.map(({ id, title, cites }) => ({ rule: id, title, cites }));
  return { verdict, mode, asOf, validUntil, vantage, counts, commit, base, notes, contacts, rules };
}

function domainJson(domain: DomainVerdict): object {
  const { policyDomain, verdict, consequence, touched, safeAfter, suggestedId, recordToPublish, validUntil } = domain;
  return {
    policyDomain,
    verdict,
    consequence,
    touched,
    safeAfter,
    suggestedId,
    recordToPublish,
    validUntil,
    ...(domain.nextStep ? { nextStep: domain.nextStep } : {}),
    deliveries: domain.deliveries.map(deliveryJson),
    rules: domain.rules.map(outcomeJson),
    notChecked: domain.notChecked,
    notes: domain.notes,
  };
}

const deliveryJson = ({ policy, cached, mx, outcome, hosts }: Delivery): object => ({
  policy,
  ...(cached ? { cached } : {}),
  mx,
  outcome,
  hosts: hosts.map(hostJson),
});

function hostJson(host: HostVerdict): object {
  const { host: name, verdict, addresses } = host;
  if (host.verdict === "refused") {
    const { resultType, reasonCode } = host;
    return { host: name, verdict, resultType, reasonCode, addresses };
  }
  return host.verdict === "unknown"
    ? { host: name, verdict, because: host.because, addresses }
    : { host: name, verdict, addresses };
}

function outcomeJson(outcome: RuleOutcome): object {
  const findings = "findings" in outcome ? (outcome.findings ?? []) : [];
  const common = { rule: outcome.rule, outcome: outcome.kind, level: worstLevel(findings) };
  switch (outcome.kind) {
    case "unknown":
      return {
        ...common,
        needed: outcome.needed,
        missing: outcome.missing.map(missingJson),
        findings: findings.map(findingJson),
      };
    case "waived":
      return { ...common, waivedBy: outcome.by, findings: findings.map(findingJson) };
    default:
      return { ...common, findings: findings.map(findingJson) };
  }
}

const missingJson = ({ what, subject, message }: { what: string; subject: string; message: string }): object => ({
  what,
  subject,
  message,
});

function worstLevel(findings: readonly Finding[]): Level | null {
  const found = new Set(findings.map(({ level }) => level));
  return (["error", "warning", "notice"] as const).find((level) => found.has(level)) ?? null;
}

function findingJson({ level, message, location, related, resultType, facts, alreadySo, fix, story }: Finding): object {
  return {
    level,
    message,
    location: locationJson(location),
    ...(related ? { related: related.map(locationJson) } : {}),
    ...(resultType ? { resultType } : {}),
    ...(alreadySo ? { alreadySo } : {}),
    ...(fix ? { fix } : {}),
    ...(story ? { story } : {}),
    facts,
  };
}

function locationJson(location: Location): object {
  if (location.kind !== "file") return location;
  const { startLine, startColumn, endLine, endColumn } = location.span;
  return { kind: "file", file: location.path, line: startLine, column: startColumn, endLine, endColumn };
}
