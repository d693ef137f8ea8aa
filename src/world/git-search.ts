import { CollectError } from "../errors.ts";
import { type GitCalls, ignore, notStarted, startGit, withinPatience } from "./git-command.ts";

/** Octets. A repository of 100,000 zones of 2 KiB is smaller; searching more would take as long as reading what is of interest. */
const MOST_SEARCHED = 256 * 1024 * 1024;

const LINE_END = 10;

/**
 * Which of the objects match, as indices, each taken as Latin-1; kept is no more than what came in last. A match may run on into the
 * next object, so there can be one too many and never one too few. Undefined: there is too much to search, or an object is not here.
 */
export async function searchObjects(
  calls: GitCalls,
  ids: readonly string[],
  pattern: RegExp,
): Promise<readonly number[] | undefined> {
  if (ids.length === 0) return [];
  // The answers may wait for each other here: no question depends on one.
  const child = startGit(calls, ["cat-file", "--batch", "--buffer"]);
  child.stdin?.on("error", ignore);
  child.stderr?.resume();
  const search = searching(new RegExp(pattern, pattern.flags.replace(/[gy]/g, "").concat("g")));
  const work = new Promise<readonly number[] | undefined>((settle, reject) => {
    child.on("error", (error) => reject(notStarted(error)));
    child.stdout?.on("data", (chunk: Buffer) => search.take(chunk) || settle(undefined));
    child.on("close", (status) => {
      if (status === 0) settle(search.taken() === ids.length ? search.found : undefined);
      else reject(new CollectError("git cat-file ended early, so the repository could not be read"));
    });
  });
  child.stdin?.end(`${ids.join("\n")}\n`);
  return withinPatience(calls, "cat-file", work).finally(() => child.kill("SIGKILL"));
}

interface Searching {
  /** False: nothing is to be found out this way. */
  readonly take: (chunk: Buffer) => boolean;
  /** How many objects went by. */
  readonly taken: () => number;
  readonly found: readonly number[];
}

/** Over `<id> <type> <size> LF <bytes> LF`, in the order of the questions. */
function searching(pattern: RegExp): Searching {
  const found: number[] = [];
  let waiting: Buffer[] = [];
  /** Octets in `waiting`, and with how many of them its first object is complete as far as is known. */
  let [held, needed, taken, total] = [0, 1, 0, 0];
  const whole = (chunk: Buffer): Buffer => {
    const bytes = waiting.length === 0 ? chunk : Buffer.concat([...waiting, chunk]);
    waiting = [];
    return bytes;
  };
  const take = (chunk: Buffer): boolean => {
    total += chunk.length;
    held += chunk.length;
    if (total > MOST_SEARCHED) return false;
    if (held < needed) {
      waiting.push(chunk);
      return true;
    }
    const bytes = whole(chunk);
    const starts: number[] = [];
    let at = 0;
    for (needed = 0; needed === 0; ) {
      const next = endOfObject(bytes, at);
      if (next === "missing") return false;
      if (next > bytes.length) needed = next - at;
      else {
        starts.push(at);
        at = next;
      }
    }
    matchesIn(bytes.toString("latin1", 0, at), starts, pattern, (index) => found.push(taken + index));
    taken += starts.length;
    held = bytes.length - at;
    if (held > 0) waiting.push(bytes.subarray(at));
    return true;
  };
  return { take, taken: () => taken, found };
}

/** Where the object that begins at `at` ends, with its last LF; past the end of `bytes` where it is not complete. */
function endOfObject(bytes: Buffer, at: number): number | "missing" {
  const end = bytes.indexOf(LINE_END, at);
  if (end < 0) return bytes.length + 1;
  let [size, unit] = [0, 1];
  for (let digit = end - 1; digit >= at; digit -= 1) {
    const value = (bytes[digit] as number) - 48;
    if (value === -16) return end + 1 + size + 1;
    if (value < 0 || value > 9) break;
    size += value * unit;
    unit *= 10;
  }
  // `<id> missing`
  return "missing";
}

/** An id or a size is no match: it begins before the object's text. */
function matchesIn(text: string, starts: readonly number[], pattern: RegExp, found: (index: number) => void): void {
  let index = 0;
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match; match = pattern.exec(text)) {
    while ((starts[index + 1] ?? Infinity) <= match.index) index += 1;
    found(index);
    const next = starts[index + 1];
    if (next === undefined) return;
    pattern.lastIndex = next;
  }
}
