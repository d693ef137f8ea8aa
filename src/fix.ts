import type { Span } from "./protocol/span.ts";
import type { Fix } from "./verdict.ts";

/** `text` with the fixes made; of two that touch the same characters the first counts. Positions outside the text are left alone. */
export function fixedText(text: string, fixes: readonly Pick<Fix, "span" | "text">[]): string {
  const starts = lineStarts(text);
  const edits = fixes
    .flatMap((fix) => {
      const range = rangeOf(starts, fix.span);
      return range && range[1] <= text.length ? [{ from: range[0], to: range[1], text: fix.text }] : [];
    })
    .toSorted((a, b) => a.from - b.from);
  let [done, at] = ["", 0];
  for (const edit of edits) {
    if (edit.from < at) continue;
    done += text.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return done + text.slice(at);
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  return starts;
}

function rangeOf(starts: readonly number[], span: Span): readonly [number, number] | undefined {
  const [start, end] = [starts[span.startLine - 1], starts[span.endLine - 1]];
  if (start === undefined || end === undefined) return undefined;
  const [from, to] = [start + span.startColumn - 1, end + span.endColumn - 1];
  return from <= to ? [from, to] : undefined;
}

/** The fix as the body of a unified diff, without its header: `-` and `+` lines. Undefined: the lines are not known. */
export function fixDiff({ span, text, lines }: Fix): string | undefined {
  if (lines === undefined) return undefined;
  const { startLine } = span;
  const moved = { ...span, startLine: 1, endLine: span.endLine - startLine + 1 };
  const before = lines.split("\n");
  const after = fixedText(lines, [{ span: moved, text }]).split(/\r?\n/);
  const same = commonStart(before, after);
  return [
    ...before.slice(0, same).map((line) => ` ${line}`),
    ...before.slice(same).map((line) => `-${line}`),
    ...after.slice(same).map((line) => `+${line}`),
  ].join("\n");
}

function commonStart(before: readonly string[], after: readonly string[]): number {
  let same = 0;
  while (same < before.length && before[same] === after[same]) same += 1;
  return same;
}
