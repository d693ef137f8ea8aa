import type { Location } from "../location.ts";
import type { DomainVerdict, Finding, Level, WaivedBy } from "../verdict.ts";
import { inertMessage } from "./inert.ts";
import { findingsOf, neededUnknowns } from "./ranking.ts";
import { fingerprint } from "./sarif-identity.ts";
import { relatedLocations, type SarifLocation, shownAt } from "./sarif-place.ts";

/** SARIF 2.1.0 §3.27.10. */
export type SarifLevel = "error" | "warning" | "note";

/** SARIF 2.1.0 §3.27, as far as it is written here, and without what only the whole file knows. */
export interface SarifResult {
  readonly ruleId: string;
  readonly level: SarifLevel;
  readonly message: { readonly text: string };
  readonly locations: readonly [SarifLocation];
  readonly relatedLocations?: readonly SarifLocation[];
  readonly suppressions?: readonly {
    readonly kind: "external";
    readonly status: "accepted";
    readonly justification: string;
  }[];
  readonly properties: Readonly<Record<string, string | boolean>>;
}

export interface RankedResult {
  /** The lighter, the worse. */
  readonly weight: number;
  /** The id of the rule that it is about. */
  readonly rule: string;
  readonly fingerprint: string;
  readonly result: SarifResult;
}

const LEVELS: Readonly<Record<Level, SarifLevel>> = { error: "error", warning: "warning", notice: "note" };
// What keeps the verdict from ready comes before warnings that do not; within a level, this change before what was so already.
const WEIGHTS: Readonly<Record<SarifLevel, number>> = { error: 0, warning: 3, note: 5 };
const [UNKNOWN_WEIGHT, WAIVED_WEIGHT] = [2, 7];

/**
 * What a rule that could not be decided is called. A result of kind `open` would be exact, but it may have no level (§3.27.10), and who
 * reads alerts would not see that the verdict is not ready. What failed is that the rule was to be decided; the rule itself did not.
 */
export const undecided = (rule: string): string => `${rule}.unknown`;

/** Everything of one domain that is to be told: findings that count, needed evidence that was not there, what a waiver suppresses. */
export function resultsOf(domain: DomainVerdict, anchorFile: string | undefined): readonly RankedResult[] {
  const ranked = (told: Told): RankedResult => rankedResult(told, domain, anchorFile);
  return [
    ...findingsOf(domain).map(({ rule, finding }) => ranked({ rule, outcome: "failed", ...finding })),
    ...neededUnknowns(domain).map(({ rules: [rule = ""], missing: { what, subject, message } }) =>
      ranked({
        rule,
        outcome: "unknown",
        level: "warning",
        message,
        location: null,
        facts: { host: subject, type: what },
      }),
    ),
    ...waivedFindings(domain).map(({ rule, by, finding }) => ranked({ rule, outcome: "waived", by, ...finding })),
  ];
}

interface Told extends Pick<Finding, "level" | "message" | "related" | "resultType" | "facts" | "alreadySo"> {
  readonly rule: string;
  readonly outcome: "failed" | "unknown" | "waived";
  readonly location: Location | null;
  readonly by?: Waiver;
}

type Waiver = Extract<WaivedBy, { kind: "waiver" }>;

// What a config switches off is not wanted anywhere. A waiver is for a time, and is seen until then.
function waivedFindings({ rules }: DomainVerdict) {
  return rules.flatMap((outcome) => {
    if (outcome.kind !== "waived" || outcome.by.kind !== "waiver") return [];
    const { rule, by, findings } = outcome;
    return findings.map((finding) => ({ rule, by, finding }));
  });
}

function rankedResult(told: Told, domain: DomainVerdict, anchorFile: string | undefined): RankedResult {
  const { outcome, message, location, related = [], facts } = told;
  const ruleId = inertMessage(outcome === "unknown" ? undecided(told.rule) : told.rule, 80);
  const shown = shownAt(location, related, anchorFile);
  const others = relatedLocations(related);
  // GitHub shows a suppressed result as any other; a note at least fails no check.
  const level = told.by ? "note" : LEVELS[told.level];
  return {
    weight: weightOf(told, level),
    rule: told.rule,
    fingerprint: fingerprint({ rule: ruleId, domain: domain.policyDomain, message, location, facts }),
    result: {
      ruleId,
      level,
      message: { text: messageText(told, shown.elsewhere, inertMessage(domain.policyDomain, 300)) },
      locations: [shown.location],
      ...(others.length > 0 ? { relatedLocations: others } : {}),
      ...(told.by ? { suppressions: [suppression(told.by)] } : {}),
      properties: propertiesOf(told, domain),
    },
  };
}

function weightOf({ outcome, alreadySo }: Told, level: SarifLevel): number {
  if (outcome === "waived") return WAIVED_WEIGHT;
  return outcome === "unknown" ? UNKNOWN_WEIGHT : WEIGHTS[level] + (alreadySo ? 1 : 0);
}

function messageText({ message, location, alreadySo }: Told, elsewhere: string | null, domain: string): string {
  const text = inertMessage(message);
  const placed = elsewhere === null || text.includes(elsewhere) ? text : `${text} At ${elsewhere}.`;
  // Many of them share one line, and there it must be seen whose each is.
  const named = location?.kind === "file" || placed.includes(domain) ? placed : `${placed} Domain: ${domain}.`;
  return alreadySo ? `${named} (Already so before this change.)` : named;
}

const suppression = ({ reason, until }: Waiver) => ({
  kind: "external" as const,
  status: "accepted" as const,
  justification: `${inertMessage(reason, 300)} (until ${inertMessage(until, 40)})`,
});

function propertiesOf({ outcome, by, level, alreadySo, resultType }: Told, domain: DomainVerdict) {
  return {
    policyDomain: inertMessage(domain.policyDomain, 300),
    verdict: inertMessage(domain.verdict, 40),
    outcome,
    alreadySo: alreadySo ?? false,
    ...(by ? { waivedLevel: LEVELS[level] } : {}),
    ...(resultType ? { resultType: inertMessage(resultType, 100) } : {}),
  };
}
