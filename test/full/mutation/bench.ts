import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { resolve } from "node:path";
import type { Answer, Question } from "./examiner.ts";

const START_MS = 60_000;

/** Asks examiners, one for each core, and replaces one that does not answer. */
export class Bench {
  readonly #examiners: Promise<ChildProcess>[];

  constructor(size: number) {
    this.#examiners = Array.from({ length: size }, () => seated());
  }

  /** Hands out `questions` in order to whoever is free, until `isOver`. */
  async each<T>(items: readonly T[], isOver: () => boolean, judge: (item: T, seat: number) => Promise<void>) {
    let next = 0;
    const serve = async (seat: number): Promise<void> => {
      for (let at = next++; at < items.length && !isOver(); at = next++) await judge(items[at] as T, seat);
    };
    await Promise.all(this.#examiners.map((_, seat) => serve(seat)));
  }

  /** `failed` where there is no answer in time: the mutant does not end. */
  async ask(seat: number, question: Question, patienceMs: number): Promise<Answer> {
    const examiner = await (this.#examiners[seat] as Promise<ChildProcess>);
    examiner.send(question);
    const said = await answerOf(examiner, patienceMs);
    if (said) return said;
    examiner.kill("SIGKILL");
    this.#examiners[seat] = seated();
    return { kind: "failed", test: "the clock" };
  }

  async close(): Promise<void> {
    for (const examiner of this.#examiners) (await examiner).kill("SIGKILL");
  }
}

async function seated(): Promise<ChildProcess> {
  // As outside a test: vitest would take itself for a worker.
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(VITEST|NODE_OPTIONS)/.test(name)));
  const examiner = fork(resolve(import.meta.dirname, "examiner.ts"), {
    env,
    execArgv: [],
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  if (!(await answerOf(examiner, START_MS))) throw new Error("an examiner did not start");
  return examiner;
}

/** Undefined where time is up. */
async function answerOf(examiner: ChildProcess, patienceMs: number): Promise<Answer | undefined> {
  const done = new AbortController();
  const { signal } = done;
  const timer = setTimeout(() => done.abort(), patienceMs);
  try {
    const ended = once(examiner, "exit", { signal }).then(() => {
      throw new Error("an examiner has ended: see above");
    });
    const [said] = (await Promise.race([once(examiner, "message", { signal }), ended])) as [Answer];
    return said;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  } finally {
    clearTimeout(timer);
    done.abort();
  }
}
