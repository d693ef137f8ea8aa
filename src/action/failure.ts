import { CollectError, OptionError } from "../errors.ts";
import { told } from "./deliver.ts";

/** The status and the one line for a run that could not end with a verdict. */
export interface RunFailure {
  /** 2: the configuration is wrong. 1: a defect of this program. */
  readonly status: 1 | 2;
  /** A workflow command, with its line feed. */
  readonly line: string;
  /** For the job summary; what the line says, without its location. */
  readonly message: string;
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
  return { status: 1, line: told("error", message), message };
}

function configured(message: string, location: OptionError["location"]): RunFailure {
  return { status: 2, line: told("error", message, location ?? null), message };
}
