import { OptionError } from "../errors.ts";
import { readBounded } from "../run/bounded-file.ts";
import { isCommitId } from "./commit-id.ts";

/** The JSON of GITHUB_EVENT_PATH, asked by path. Text in it comes from outside. */
export interface EventPayload {
  readonly text: (...path: readonly string[]) => string | undefined;
  /** @throws OptionError when there is no whole commit id at `path`. */
  readonly id: (...path: readonly string[]) => string;
  /** @throws OptionError when there is no positive whole number at `path`. */
  readonly count: (...path: readonly string[]) => number;
}

/** Octets. GitHub's own payloads end at 25 MB. */
const LIMIT = 32 * 1024 * 1024;

/** @throws OptionError when the file cannot be read, is too large, or is not JSON. */
export function readPayload(path: string | undefined): EventPayload {
  const payload = parsed(path ? fileText(path) : undefined);
  const at = (names: readonly string[]): unknown =>
    names.reduce<unknown>(
      (value, name) => (isRecord(value) && Object.hasOwn(value, name) ? value[name] : undefined),
      payload,
    );
  const wanted = <T>(names: readonly string[], accept: (value: unknown) => value is T): T => {
    const value = at(names);
    if (accept(value)) return value;
    throw unreadable(`does not say ${names.join(".")}`);
  };
  return {
    text: (...names) => {
      const value = at(names);
      return typeof value === "string" ? value : undefined;
    },
    id: (...names) => wanted(names, isCommitId),
    count: (...names) => wanted(names, isCount),
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) > 0;

const unreadable = (why: string): OptionError =>
  new OptionError("GITHUB_EVENT_PATH", `the event of this run ${why}, so what it changes is not known`);

function parsed(text: string | undefined): unknown {
  if (text === undefined) throw unreadable("has no file");
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable("is not JSON");
  }
}

function fileText(path: string): string {
  try {
    return readBounded(path, LIMIT);
  } catch {
    throw unreadable(`has no readable file of at most ${LIMIT} octets`);
  }
}
