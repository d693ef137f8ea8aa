import { CollectError, OptionError } from "../errors.ts";
import { fenced, inertLog, inertMarkdown, type LogText, log, markdown } from "../report/inert.ts";
import { placeOf } from "../report/place.ts";
import { told, toldText } from "./told.ts";

/** The status and the one line for a run that could not end with a verdict. */
export interface RunFailure {
  /** 2: the configuration is wrong. 1: a defect of this program. */
  readonly status: 1 | 2;
  /** A workflow command, with its line feed. */
  readonly line: string;
  /** The same for a terminal. */
  readonly message: LogText;
  /** Markdown for the job summary. */
  readonly summary: string;
}

// A stack is for us, and short enough to paste.
const STACK = 1_500;

export function runFailure(error: unknown): RunFailure {
  if (error instanceof OptionError) {
    const allowed = error.allowed.length > 0 ? ` (allowed: ${error.allowed.join(", ")})` : "";
    return configured(`${error.option}: ${error.message}${allowed}`, error.location);
  }
  if (error instanceof CollectError) return configured(error.message, error.location, error.remedy);
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const message = `internal error, nothing was decided: ${stack.slice(0, STACK)}`;
  return { status: 1, line: told("error", message), message: inertLog(message), summary: summaryOf(message) };
}

function configured(message: string, location: OptionError["location"], remedy?: string): RunFailure {
  const placed = location ? `${placeOf(location)}: ${message}` : message;
  return {
    status: 2,
    line: toldText("error", settled(message, remedy), location ?? null),
    message: settled(placed, remedy),
    summary: summaryOf(message, remedy),
  };
}

/** Lines to paste stay lines. Those of a file begin with its name in a comment, and a number sign is nothing a log can show. */
function settled(message: string, remedy: string | undefined): LogText {
  if (remedy === undefined) return inertLog(message);
  const [first = "", ...rest] = remedy.split("\n");
  const [, file] = /^# (\S+)$/.exec(first) ?? [];
  const begun = file === undefined ? `To settle it: ${first}` : `To settle it, write in ${file}:`;
  return [begun, ...rest].reduce<LogText>((text, line) => log`${text}\n${inertLog(line)}`, inertLog(message));
}

function summaryOf(message: string, remedy?: string): string {
  const head = markdown`## ❔ Unknown: the run could not decide what this change does to mail.`;
  const paste = remedy === undefined ? markdown`` : markdown`\n\nTo settle it:\n\n${fenced(remedy)}`;
  return `${markdown`${head}\n\n${inertMarkdown(message, STACK)}${paste}`}\n`;
}
