import { createHash } from "node:crypto";
import { fixedText } from "../fix.ts";
import { markdown, sentence, suggestedLines } from "../report/inert.ts";
import type { DiffLines } from "./diff-lines.ts";
import type { WantedFix } from "./wanted-fixes.ts";

/** New text for whole lines of the pull request's head. */
export interface Suggestion {
  /** The first line of `body`: equal for the same fix of the same lines, whenever it is made. */
  readonly marker: string;
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  /** Markdown. */
  readonly body: string;
}

const MOST = 10;
/** Characters; a longer stretch of lines is not what a reviewer accepts with one click. */
const LONGEST = 4_000;

const opening = (label: string): string => `<!-- mta-sts-gate:${label}:suggestion `;
const REST = /^[a-z0-9-]{1,80} [0-9a-f]{32} -->$/;

/** Whether a first line is a marker of suggestions under this label. */
export const isSuggestionMarker = (label: string) => (line: string) =>
  line.startsWith(opening(label)) && REST.test(line.slice(opening(label).length));

/** The fixes whose lines the diff shows, at most ten; fixes of the same lines make one suggestion. */
export function suggestionsFor(
  fixes: readonly WantedFix[],
  files: ReadonlyMap<string, DiffLines>,
  label: string,
): readonly Suggestion[] {
  const placed: Suggestion[] = [];
  for (const together of onSameLines(fixes)) {
    const made = placed.length < MOST ? suggestionOf(together, files, label) : undefined;
    // GitHub applies one of two that overlap, and calls the other outdated.
    if (made && !placed.some((other) => overlap(other, made))) placed.push(made);
  }
  return placed;
}

type Together = readonly [WantedFix, ...WantedFix[]];

function onSameLines(fixes: readonly WantedFix[]): readonly Together[] {
  const groups = new Map<string, Together>();
  for (const wanted of fixes) {
    const { path, span, lines } = wanted.fix;
    const key = JSON.stringify([path, span.startLine, span.endLine, lines]);
    const there = groups.get(key);
    groups.set(key, there ? [...there, wanted] : [wanted]);
  }
  return [...groups.values()];
}

function suggestionOf(
  together: Together,
  files: ReadonlyMap<string, DiffLines>,
  label: string,
): Suggestion | undefined {
  const [{ rule, message, fix }] = together;
  const { path, span, lines } = fix;
  const { startLine, endLine } = span;
  const before = lines?.split("\n") ?? [];
  // The fix is for the merge commit, and the diff shows the head: only where both say the same there is it the same line.
  const shown = files.get(path);
  const there = before.every((line, at) => shown?.get(startLine + at) === line);
  if (lines === undefined || !there || before.length !== endLine - startLine + 1) return undefined;
  const edits = together.map(({ fix: { span: where, text } }) => ({
    span: { ...where, startLine: 1, endLine: endLine - startLine + 1 },
    text,
  }));
  // GitHub keeps the line ends of the file.
  const after = fixedText(lines, edits).replaceAll("\r\n", "\n");
  const block = suggestedLines(after.split("\n"));
  if (after === lines || after.length > LONGEST || block === undefined) return undefined;
  const undated = edits.map((edit, at) => (together[at]?.dated ? { ...edit, text: null } : edit));
  const hash = createHash("sha256").update(JSON.stringify([path, before, undated]));
  const marker = `${opening(label)}${rule} ${hash.digest("hex").slice(0, 32)} -->`;
  // What stands first was checked; a sentence that quotes text from outside goes through its sink.
  const body = `${marker}\n${markdown`${sentence(message)}\n\n${block}`}\n`;
  return { marker, path, startLine, endLine, body };
}

const overlap = (a: Suggestion, b: Suggestion): boolean =>
  a.path === b.path && a.startLine <= b.endLine && b.startLine <= a.endLine;
