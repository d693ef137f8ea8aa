import { parseMxPattern, printMxPattern } from "../../protocol/mx-pattern.ts";
import { type Policy, parsePolicy, printPolicy, samePolicy } from "../../protocol/policy.ts";
import type { Fix } from "../../verdict.ts";

/** The text of a policy file with as few lines changed as give it another meaning; its own line ends and order stay. */
export function editedPolicy(text: string, policy: Policy): string {
  const end = /\r\n/.test(text) ? "\r\n" : "\n";
  const kept = text.split(/\r?\n/).flatMap((line) => keptLine(line, policy));
  const added = missingPatterns(kept, policy).map((pattern) => `mx: ${pattern}`);
  const last = kept.findLastIndex((line) => nameOf(line) === "mx");
  const at = last >= 0 ? last + 1 : kept.findIndex((line) => nameOf(line) === "mode") + 1;
  const edited = [...kept.slice(0, at), ...added, ...kept.slice(at)].join(end);
  const parse = parsePolicy(new TextEncoder().encode(edited));
  // A file that is written in no usual way is written anew.
  return parse.kind === "valid" && samePolicy(parse.policy, policy) ? edited : printPolicy(policy);
}

const nameOf = (line: string): string => /^([a-z_]+)\s*:/.exec(line)?.[1] ?? "";
const valueOf = (line: string): string => line.slice(line.indexOf(":") + 1).trim();

function keptLine(line: string, { mode, maxAge, mx }: Policy): readonly string[] {
  switch (nameOf(line)) {
    case "mode":
      return [valueOf(line) === mode ? line : `mode: ${mode}`];
    case "max_age":
      return [Number(valueOf(line)) === maxAge ? line : `max_age: ${maxAge}`];
    case "mx": {
      const pattern = parseMxPattern(valueOf(line));
      const named = pattern && printMxPattern(pattern);
      return mx.some((one) => printMxPattern(one) === named) ? [line] : [];
    }
    default:
      return [line];
  }
}

function missingPatterns(lines: readonly string[], { mx }: Policy): readonly string[] {
  const said = new Set(lines.filter((line) => nameOf(line) === "mx").map((line) => valueOf(line).toLowerCase()));
  return [...new Set(mx.map(printMxPattern))].filter((pattern) => !said.has(pattern));
}

/** The edit from one text of a file to another, over the lines between the first and the last that differ. */
export function textFix(path: string, before: string, after: string): Fix {
  const [old, fresh] = [before.split("\n"), after.split("\n")];
  const same = (one: string, index: number): boolean => one === fresh[index];
  const head = firstThat(old, (line, index) => !same(line, index));
  const room = Math.min(old.length, fresh.length) - head;
  const tail = Math.min(
    room,
    firstThat(old.toReversed(), (line, index) => line !== fresh.at(-1 - index)),
  );
  const lines = old.slice(head, old.length - tail);
  const text = fresh.slice(head, fresh.length - tail);
  const inserts = lines.length === 0 || text.length === 0;
  // Something must stand on both sides, or the line feed between them is nobody's.
  if (inserts && head > 0)
    return fixOf(path, head - 1, { lines: [old[head - 1] ?? "", ...lines], text: [old[head - 1] ?? "", ...text] });
  return fixOf(path, head, { lines, text });
}

interface Lines {
  readonly lines: readonly string[];
  readonly text: readonly string[];
}

function fixOf(path: string, head: number, { lines, text }: Lines): Fix {
  const [last = "", fresh = ""] = [lines.at(-1), text.at(-1)];
  // A carriage return on both sides belongs to the line end, which stays.
  const stays = last.endsWith("\r") && fresh.endsWith("\r");
  const cut = (all: string): string => all.slice(0, stays ? -1 : undefined);
  const column = last.length + (stays ? 0 : 1);
  const span = { startLine: head + 1, startColumn: 1, endLine: head + lines.length, endColumn: column };
  const shown = lines.map((line, index) => (index < lines.length - 1 ? line.replace(/\r$/, "") : line)).join("\n");
  return { path, span, text: cut(text.join("\n")), lines: cut(shown) };
}

function firstThat(lines: readonly string[], differs: (line: string, index: number) => boolean): number {
  const found = lines.findIndex(differs);
  return found < 0 ? lines.length : found;
}
