import { printMxPattern } from "../protocol/mx-pattern.ts";
import type { PolicyParse } from "../protocol/policy.ts";
import type { Span } from "../protocol/span.ts";
import type { Level } from "../verdict.ts";
import { inertLog, type LogText, log } from "./inert.ts";
import { workflowCommand } from "./workflow-command.ts";

/** One policy file, parsed, with the text it was parsed from for the snippets. */
export interface Linted {
  readonly path: string;
  /** As UTF-8; octets that are none show as U+FFFD. */
  readonly text: string;
  readonly parse: PolicyParse;
  /** What senders read differently although the RFC is satisfied. */
  readonly remarks: readonly Remark[];
}

/** A defect, or something a sender stumbles over, with its place. */
export interface Remark {
  readonly level: Level;
  readonly code: string;
  readonly span: Span;
  readonly message: string;
}

export const LINT_FORMATS = ["text", "json", "github"] as const;
export type LintFormat = (typeof LINT_FORMATS)[number];

/** What `lint` prints of one file; ends with a line feed, or is empty. */
export function renderLint(linted: Linted, format: LintFormat): string {
  return { text: asText, json: asJson, github: asCommands }[format](linted);
}

function remarksOf({ parse, remarks }: Linted): readonly Remark[] {
  const defects = parse.kind === "invalid" ? parse.defects : [];
  return [...defects.map((defect): Remark => ({ level: "error", ...defect })), ...remarks];
}

/** One line, so that many files make JSON Lines. */
function asJson(linted: Linted): string {
  const { path, parse } = linted;
  const said = parse.kind === "valid" ? parse.policy : parse.partial;
  const policy = {
    mode: said.mode ?? null,
    maxAge: said.maxAge ?? null,
    mx: (said.mx ?? []).map(printMxPattern),
  };
  const flat = ({ code, span, message, level }: Remark): object => ({
    code,
    line: span.startLine,
    column: span.startColumn,
    message,
    level,
  });
  const defects = parse.kind === "invalid" ? remarksOf({ ...linted, remarks: [] }).map(flat) : [];
  return `${JSON.stringify({ kind: parse.kind, policy, defects, remarks: linted.remarks.map(flat), file: path })}\n`;
}

function asCommands(linted: Linted): string {
  return remarksOf(linted)
    .map(({ level, code, span, message }) => {
      const location = linted.path === "-" ? null : ({ kind: "file", path: linted.path, span } as const);
      return `${workflowCommand({ level, title: code, message: inertLog(message), location })}\n`;
    })
    .join("");
}

function asText(linted: Linted): string {
  const { path, parse, text } = linted;
  const lines = text.split(/\r\n|\n/);
  const told = remarksOf(linted).flatMap(({ level, code, span, message }) => [
    log`${inertLog(path)}:${span.startLine}:${span.startColumn}: ${inertLog(level)}: ${inertLog(message)} (${inertLog(code)})`,
    ...snippet(lines[span.startLine - 1] ?? "", span),
  ]);
  const verdict =
    parse.kind === "valid"
      ? log`${inertLog(path)}: valid: mode ${inertLog(parse.policy.mode)}, max_age ${parse.policy.maxAge}, ${parse.policy.mx.length} mx`
      : log`${inertLog(path)}: no policy: ${parse.defects.length} ${parse.defects.length === 1 ? log`defect` : log`defects`}`;
  return [...told, verdict].map((line) => `${line}\n`).join("");
}

const WIDEST = 100; // columns of a source line that are shown

/** The line and, below it, carets under the span: columns are counted as shown, because the sink may widen a character. */
function snippet(line: string, span: Span): readonly LogText[] {
  const from = Math.max(0, Math.min(span.startColumn - 1, line.length));
  const to = span.endLine > span.startLine ? line.length : Math.min(span.endColumn - 1, line.length);
  const start = from > WIDEST ? from - 20 : 0;
  const before = inertLog(line.slice(start, from));
  const marked = inertLog(line.slice(from, Math.min(to, start + WIDEST)));
  const after = inertLog(line.slice(Math.max(from, to), start + WIDEST));
  const number = String(span.startLine);
  const margin = " ".repeat(number.length) as LogText;
  const carets = "^".repeat(Math.max(1, marked.length)) as LogText;
  return [
    log`  ${number as LogText} | ${before}${marked}${after}`,
    log`  ${margin} | ${" ".repeat(before.length) as LogText}${carets}`,
  ];
}
