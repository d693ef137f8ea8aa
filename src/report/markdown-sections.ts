import { fixDiff } from "../fix.ts";
import type { DomainVerdict, Fix, Level, RuleOutcome } from "../verdict.ts";
import { fitted, type Piece } from "./budget.ts";
import { code, fenced, inertMarkdown, joined, type Markdown, markdown, sentence } from "./inert.ts";
import { lineOf } from "./place.ts";
import { findingsOf, type NeededUnknown, neededUnknowns, type RuledFinding } from "./ranking.ts";
import type { ReportContext } from "./reporter.ts";

// The parts of a domain that the comment and the job summary share. Each is whole Markdown, or empty.

const LEVEL_ICONS: Readonly<Record<Level, Markdown>> = {
  error: markdown`⛔`,
  warning: markdown`⚠️`,
  notice: markdown`ℹ️`,
};
// A fix longer than this is read in the file, not in a comment.
const PASTE_LIMIT = 2_000;

/** Why: the findings, worst first, each with its rule and place; then what is needed and not known. */
export function reasonSection(domain: DomainVerdict, context: ReportContext, octets: number): Markdown {
  const unknown = neededUnknowns(domain).map((needed) => () => unknownBullet(needed, context));
  const found = findingsOf(domain).map((ruled) => () => findingBullet(ruled, context));
  // Under the verdict unknown the reason is what is missing.
  const items = domain.verdict === "unknown" ? [...unknown, ...found] : [...found, ...unknown];
  return bullets(items, octets);
}

function findingBullet({ rule, finding }: RuledFinding, context: ReportContext): Markdown {
  const { level, message, location, related = [], resultType, alreadySo } = finding;
  const places = [location, ...related.slice(0, 3)].map((place) => code(lineOf(place)));
  const reported = resultType ? markdown` Senders would report ${code(resultType)}.` : markdown``;
  const before = alreadySo ? markdown` Already so before this change.` : markdown``;
  const told = markdown`${sentence(message)} At ${joined(places, ", see also ")}.${reported}${before}`;
  return markdown`${LEVEL_ICONS[level]} ${ruleLink(rule, context)}: ${told}`;
}

const unknownBullet = ({ rules, missing }: NeededUnknown, context: ReportContext): Markdown =>
  markdown`❔ ${joined(
    rules.map((rule) => ruleLink(rule, context)),
    ", ",
  )}: ${sentence(missing.message)}`;

/** A rule's id as a link to its page. An id that is none of ours gets no link. */
export function ruleLink(rule: string, { rulePage }: ReportContext): Markdown {
  return /^[a-z0-9-]{1,64}$/.test(rule) ? markdown`[${code(rule)}](${rulePage(rule) as Markdown})` : code(rule);
}

/** What to change: the lines that findings offer, the next id, the record to publish. */
export function fixSection(domain: DomainVerdict, octets: number): Markdown {
  const fixes = findingsOf(domain).flatMap(({ finding }) => finding.fix ?? []);
  const distinct = new Map(fixes.map((fix) => [JSON.stringify(fix), fix]));
  const { suggestedId, recordToPublish } = domain;
  const publish =
    recordToPublish === null ? [] : [() => markdown`Publish this record:\n\n${pasted(recordToPublish, "dns")}`];
  const id = suggestedId === null ? [] : [() => markdown`An id that is valid and new: ${code(suggestedId)}`];
  const pieces = [...publish, ...id, ...[...distinct.values()].map((fix) => () => fixPiece(fix))];
  if (pieces.length === 0) return markdown``;
  const rest = (left: number): Markdown => markdown`${left} more fixes are in the report file.`;
  return markdown`**The fix**\n\n${fitted(pieces, { octets, separator: "\n\n", rest })}`;
}

function fixPiece(fix: Fix): Markdown {
  const { path, span, text } = fix;
  const lines =
    span.endLine > span.startLine
      ? markdown`lines ${span.startLine} to ${span.endLine}`
      : markdown`line ${span.startLine}`;
  const diff = fixDiff(fix);
  if (diff !== undefined) return markdown`In ${code(path)}, ${lines}:\n\n${pasted(diff, "diff")}`;
  return markdown`In ${code(path)}, ${lines}, write:\n\n${pasted(text, "text")}`;
}

const pasted = (text: string, language: "text" | "dns" | "diff"): Markdown =>
  text.length <= PASTE_LIMIT ? fenced(text, language) : markdown`(${text.length} characters: see the report file.)`;

/** The dates: from when the next step is safe, and how long this verdict holds. */
export function dateSection({ verdict, safeAfter, validUntil, nextStep }: DomainVerdict): Markdown {
  const split =
    verdict === "blocked"
      ? markdown` ${sentence("Until then split the change: mta-sts-gate plan has the order.")}`
      : markdown``;
  const safe = safeAfter === null ? [] : [markdown`**Next step**: safe after ${code(safeAfter)}.${split}`];
  const next = [...(nextStep ? [markdown`**Plan**: ${sentence(nextStep.next)}`] : []), ...safe];
  const until = validUntil === null ? [] : [markdown`This verdict is valid until ${code(validUntil)}.`];
  return joined([...next, ...until], " ");
}

export function notCheckedSection({ notChecked }: DomainVerdict, octets: number): Markdown {
  return titled(markdown`**Not checked**`, notChecked, octets);
}

export function noteSection(notes: readonly string[], octets: number): Markdown {
  return titled(markdown`**Notes**`, notes, octets);
}

function titled(title: Markdown, sentences: readonly string[], octets: number): Markdown {
  if (sentences.length === 0) return markdown``;
  return markdown`${title}\n\n${bullets(
    [...new Set(sentences)].map((told) => () => sentence(told)),
    octets,
  )}`;
}

/** Everything that was suppressed, by whom, and what it would have said. */
export function waiverSection({ rules }: DomainVerdict, context: ReportContext, octets: number): Markdown {
  const items = rules.flatMap((outcome) => (outcome.kind === "waived" ? [() => waiverBullet(outcome, context)] : []));
  return items.length === 0 ? markdown`` : markdown`**Waived**\n\n${bullets(items, octets)}`;
}

function waiverBullet(
  { rule, by, findings }: Extract<RuleOutcome, { kind: "waived" }>,
  context: ReportContext,
): Markdown {
  const reason =
    by.kind === "off" ? markdown`off in the config` : markdown`until ${code(by.until)}: ${inertMarkdown(by.reason)}`;
  const [first, ...more] = findings;
  const others = more.length > 0 ? markdown` (and ${more.length} more)` : markdown``;
  const said = first ? markdown` It would have said: ${sentence(first.message)}${others}` : markdown``;
  return markdown`${ruleLink(rule, context)}, ${reason}.${said}`;
}

function bullets(items: readonly Piece[], octets: number): Markdown {
  const rest = (left: number): Markdown => markdown`- ${left} more, in the report file`;
  return fitted(
    items.map((item) => () => markdown`- ${item()}`),
    { octets, separator: "\n", rest },
  );
}
