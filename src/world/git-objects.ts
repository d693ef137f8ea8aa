import type { ChildProcess } from "node:child_process";
import { CollectError } from "../errors.ts";
import { type GitCalls, ignore, notStarted, startGit, withinPatience } from "./git-command.ts";

export interface GitObject {
  readonly type: string;
  readonly size: number;
  /** Undefined: larger than was asked for, and thrown away. */
  readonly bytes: Buffer | undefined;
}

/** The objects of one clone, by id, through one long-lived `git cat-file --batch`. */
export interface GitObjects {
  /** Undefined: the clone does not have it. @throws CollectError past the deadline. */
  readonly read: (id: string, most: number) => Promise<GitObject | undefined>;
  readonly close: () => void;
}

interface Question {
  readonly id: string;
  readonly most: number;
  readonly answer: (object: GitObject | undefined) => void;
  readonly fail: (error: Error) => void;
}

/** The answer that is coming in. */
interface Incoming {
  readonly type: string;
  readonly size: number;
  readonly keep: boolean;
  readonly chunks: Buffer[];
  left: number;
}

// Without `--buffer`, which keeps answers back until its input ends: here questions depend on answers.
export function openObjects(calls: GitCalls): GitObjects {
  let child: ChildProcess | undefined;
  let broken: Error | undefined;
  const questions: Question[] = [];
  const fail = (error: Error) => {
    broken ??= error;
    for (const { fail: reject } of questions.splice(0)) reject(broken);
    child?.kill("SIGKILL");
  };
  const start = (): ChildProcess => {
    const started = startGit(calls, ["cat-file", "--batch"]);
    const current = () => child === started;
    started.stdin?.on("error", ignore);
    started.stderr?.resume();
    started.on("error", (error) => fail(notStarted(error)));
    started.on("close", () => {
      if (current()) fail(new CollectError("git cat-file ended early, so the repository could not be read"));
    });
    const feed = answers(questions, { fail, abandon });
    started.stdout?.on("data", (chunk: Buffer) => current() && feed(chunk));
    return started;
  };
  /** What nobody wants is not waited for: the questions that are left go to a new process. */
  const abandon = () => {
    const old = child;
    child = undefined;
    old?.kill("SIGKILL");
    if (questions.length === 0) return;
    child = start();
    for (const { id } of questions) child.stdin?.write(`${id}\n`);
  };
  const ask = (id: string, most: number) =>
    new Promise<GitObject | undefined>((answer, reject) => {
      if (broken) return reject(broken);
      child ??= start();
      questions.push({ id, most, answer, fail: reject });
      child.stdin?.write(`${id}\n`);
    });
  return {
    read: (id, most) => {
      // Ids only: a name could be a path, an expression or an option.
      if (!/^([0-9a-f]{40}|[0-9a-f]{64})$/.test(id))
        return Promise.reject(new CollectError("not the id of a git object"));
      const work = ask(id, most);
      return withinPatience(calls, "cat-file", work).catch((error: Error) => {
        fail(error);
        throw error;
      });
    },
    close: () => fail(new CollectError("the repository was closed")),
  };
}

const LONGEST_WAIT = 16 * 1024 * 1024;

interface Outcome {
  readonly fail: (error: Error) => void;
  /** The answer is too long to let it go by. */
  readonly abandon: () => void;
}

/** Reads `<id> <type> <size> LF <bytes> LF` and `<id> missing LF`, in the order of the questions. */
function answers(questions: Question[], { fail, abandon }: Outcome): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  let incoming: Incoming | undefined;
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length > 0) {
      if (incoming) {
        rest = take(incoming, rest);
        if (incoming.left > 0) return;
        questions.shift()?.answer(whole(incoming));
        incoming = undefined;
      } else {
        const end = rest.indexOf(10);
        if (end < 0)
          return rest.length > 256 ? fail(new CollectError("git cat-file gave no answer of its format")) : undefined;
        const header = rest.subarray(0, end).toString("latin1");
        rest = rest.subarray(end + 1);
        const [, type, size] = /^[0-9a-f]+ ([a-z]+) ([0-9]+)$/.exec(header) ?? [];
        const most = questions[0]?.most ?? 0;
        if (type === undefined) questions.shift()?.answer(undefined);
        else if (Number(size) > Math.max(most, LONGEST_WAIT)) {
          questions.shift()?.answer({ type, size: Number(size), bytes: undefined });
          return abandon();
        } else incoming = { type, size: Number(size), keep: Number(size) <= most, chunks: [], left: Number(size) + 1 };
      }
    }
  };
}

function take(incoming: Incoming, bytes: Buffer): Buffer {
  const part = bytes.subarray(0, incoming.left);
  if (incoming.keep) incoming.chunks.push(part);
  incoming.left -= part.length;
  return bytes.subarray(part.length);
}

function whole({ type, size, keep, chunks }: Incoming): GitObject {
  return { type, size, bytes: keep ? Buffer.concat(chunks).subarray(0, size) : undefined };
}
