import type { DomainVerdict } from "../verdict.ts";
import { fencedDiagram, type Markdown, markdown } from "./inert.ts";
import { findingsOf } from "./ranking.ts";
import { storyLines } from "./story-lines.ts";

interface Mark {
  /** ISO 8601. */
  readonly at: string;
  readonly label: string;
}

/** The dates of a domain as a Mermaid timeline: the stories, the clocks that end, and how long the verdict holds. */
export function timelineSection(domain: DomainVerdict): Markdown {
  const marks = marksOf(domain);
  if (marks.length < 2) return markdown``;
  const lines = ["timeline", ...marks.map(({ at, label }) => `    ${dayOf(at)} : ${labelOf(label)}`)];
  return markdown`**Timeline**\n\n${fencedDiagram(lines)}`;
}

/** More is no picture any more. */
const MOST = 16;

function marksOf(domain: DomainVerdict): readonly Mark[] {
  const findings = findingsOf(domain).map(({ finding }) => finding);
  const [story] = findings.flatMap((finding) => finding.story ?? []);
  const clocks = findings.flatMap(({ facts }): Mark[] => [
    ...dated(facts["until"], "senders that compare ids have the new policy"),
    ...dated(facts["slow"], "no sender holds the old policy"),
  ]);
  const marks = [
    ...(story ? storyLines(story).flatMap(({ at, short }) => dated(at, short)) : []),
    ...clocks,
    ...dated(domain.safeAfter, "safe from here on"),
    ...dated(domain.validUntil, "this verdict must be made again"),
  ];
  const distinct = new Map(marks.map((mark) => [`${mark.at} ${mark.label}`, mark]));
  return [...distinct.values()].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at)).slice(0, MOST);
}

const dated = (at: unknown, label: string): Mark[] =>
  typeof at === "string" && !Number.isNaN(Date.parse(at)) ? [{ at, label }] : [];

/** `2026-11-24 12.00 UTC`: a colon would end the period. */
const dayOf = (at: string): string =>
  new Date(at).toISOString().slice(0, 16).replace("T", " ").replace(":", ".").concat(" UTC");

/** Letters, digits and few signs: whatever else there is could be read as Mermaid. */
const labelOf = (text: string): string => text.replace(/[^A-Za-z0-9 .*_-]/g, " ").slice(0, 120);
