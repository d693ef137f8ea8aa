import type { Delivery, DeliveryOutcome, DomainVerdict, Finding, RuleOutcome, VerdictKind } from "../verdict.ts";

const VERDICTS: readonly VerdictKind[] = ["ready", "unknown", "blocked"];
const OUTCOMES: readonly DeliveryOutcome[] = ["delivers", "partial", "unknown", "rejects"];
const LEVELS: readonly Finding["level"][] = ["notice", "warning", "error"];

/** One verdict of what the gate said of a push and what verify said after it: of each rule, and of the domain, the worse. */
export function bothVerdicts(gate: DomainVerdict, verify: DomainVerdict): DomainVerdict {
  const isGates = VERDICTS.indexOf(gate.verdict) > VERDICTS.indexOf(verify.verdict);
  const earlier = new Map(gate.rules.map((outcome) => [outcome.rule, outcome]));
  return {
    ...verify,
    ...(gate.nextStep && { nextStep: gate.nextStep }),
    verdict: isGates ? gate.verdict : verify.verdict,
    touched: gate.touched,
    deliveries: worseDeliveries(gate.deliveries, verify.deliveries),
    rules: verify.rules.map((outcome) => bothOutcomes(earlier.get(outcome.rule), outcome)),
    consequence: isGates ? gate.consequence : verify.consequence,
    suggestedId: verify.suggestedId ?? gate.suggestedId,
    recordToPublish: verify.recordToPublish ?? gate.recordToPublish,
    safeAfter: last([gate.safeAfter, verify.safeAfter]),
    validUntil: last([gate.validUntil, verify.validUntil], -1),
    notChecked: distinct([...gate.notChecked, ...verify.notChecked]),
    notes: distinct([...gate.notes, ...verify.notes]),
  };
}

const distinct = (texts: readonly string[]): readonly string[] => [...new Set(texts)];

/** The later of two dates, or with -1 the earlier one. */
function last(dates: readonly (string | null)[], sign = 1): string | null {
  const said = dates.filter((date) => date !== null);
  return said.toSorted((a, b) => sign * (Date.parse(b) - Date.parse(a)))[0] ?? null;
}

/** What senders of one kind do with one MX set: the rows of the look at which it was worse. */
function worseDeliveries(gate: readonly Delivery[], verify: readonly Delivery[]): readonly Delivery[] {
  const keys = distinct([...gate, ...verify].map(keyOf));
  return keys.flatMap((key) => {
    const [before, after] = [gate, verify].map((all) => all.filter((delivery) => keyOf(delivery) === key));
    return weight(before ?? []) > weight(after ?? []) ? (before ?? []) : (after ?? []);
  });
}

const keyOf = ({ policy, mx }: Delivery): string => `${policy} ${mx}`;
const weight = (all: readonly Delivery[]): number =>
  Math.max(-1, ...all.map(({ outcome }) => OUTCOMES.indexOf(outcome)));

/** What was so before the push verify has looked at again; only what the push itself did is kept of the gate's findings. */
function bothOutcomes(gate: RuleOutcome | undefined, verify: RuleOutcome): RuleOutcome {
  if (gate === undefined || gate.kind === "not-applicable") return verify;
  if (gate.kind === "waived" || verify.kind === "waived") return verify.kind === "waived" ? verify : gate;
  const { rule } = verify;
  const made = findingsOf(gate).filter(({ alreadySo }) => !alreadySo);
  const [first, ...rest] = worstOfEach([...made, ...findingsOf(verify)]);
  const unknowns = [gate, verify].flatMap((outcome) => (outcome.kind === "unknown" ? [outcome] : []));
  const needed = unknowns.some((outcome) => outcome.needed);
  const proven = [first, ...rest].some((finding) => finding?.level === "error");
  // As one rule answers: a proven error stays one, and anything less does not hide that evidence is missing.
  if (unknowns.length > 0 && !proven && (needed || !first)) {
    const all = unknowns.flatMap(({ missing }) => missing);
    const missing = [...new Map(all.map((one) => [one.message, one])).values()];
    return { kind: "unknown", rule, needed, missing, findings: first ? [first, ...rest] : [] };
  }
  return first ? { kind: "failed", rule, findings: [first, ...rest] } : { kind: "passed", rule };
}

const findingsOf = (outcome: RuleOutcome): readonly Finding[] =>
  "findings" in outcome ? (outcome.findings ?? []) : [];

function worstOfEach(findings: readonly Finding[]): readonly Finding[] {
  const found = new Map<string, Finding>();
  for (const finding of findings) {
    // Rule and facts are a finding's fingerprint, whatever its words are on a change and in verify.
    const key = JSON.stringify([finding.location, finding.facts]);
    const before = found.get(key);
    if (!before || LEVELS.indexOf(finding.level) > LEVELS.indexOf(before.level)) found.set(key, finding);
  }
  return [...found.values()];
}
