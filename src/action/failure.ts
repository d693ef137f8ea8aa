import { CollectError, OptionError } from "../errors.ts";
import { inertLog, inertMarkdown, type LogText, markdown } from "../report/inert.ts";
import { placeOf } from "../report/place.ts";
import { told } from "./deliver.ts";

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
  if (error instanceof CollectError) {
    const remedy = error.remedy === undefined ? "" : ` To settle it: ${error.remedy}`;
    return configured(`${error.message}${remedy}`, error.location);
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const message = `internal error, nothing was decided: ${stack.slice(0, STACK)}`;
  return { status: 1, line: told("error", message), message: inertLog(message), summary: summaryOf(message) };
}

function configured(message: string, location: OptionError["location"]): RunFailure {
  const placed = location ? `${placeOf(location)}: ${message}` : message;
  return {
    status: 2,
    line: told("error", message, location ?? null),
    message: inertLog(placed),
    summary: summaryOf(message),
  };
}

const summaryOf = (message: string): string =>
  `${markdown`## ❔ Unknown: the run could not decide what this change does to mail.\n\n${inertMarkdown(message, STACK)}`}\n`;
