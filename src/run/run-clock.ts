import { setMaxListeners } from "node:events";
import { createDeadline, type Deadline } from "../world/deadline.ts";

/** The time of one run: `timeout`, or 3 minutes and 20 ms a domain (SPEC §6). Milliseconds. */
export interface RunClock {
  /** Aborts when the time is up. */
  readonly signal: AbortSignal;
  /** Once the number of domains is known: the deadline of everything that follows. */
  readonly judging: (domains: number) => Deadline;
  /** Stops while `work` waits, for up to `most` milliseconds; what was left of the time then is left after it, as a new deadline. */
  readonly paused: <T>(
    most: number,
    work: () => Promise<T>,
  ) => Promise<{ readonly done: T; readonly deadline: Deadline }>;
  /** `work`, or an error when it has not settled soon after the deadline. Every wait inside has a bound; this one has none to trust. */
  readonly settled: <T>(work: Promise<T>) => Promise<T>;
  /** Milliseconds until the time is up, never below 0. */
  readonly remaining: () => number;
  readonly close: () => void;
}

const RUN = 180_000;
const PER_DOMAIN = 20;
const GRACE = 10_000;

export function openRunClock(timeout: number | undefined): RunClock {
  const start = performance.now();
  const stop = new AbortController();
  // As many as there are children and sockets under way at once; Node would print a warning at eleven.
  setMaxListeners(0, stop.signal);
  const collecting = setTimeout(() => stop.abort(), timeout ?? RUN);
  let deadline: Deadline | undefined;
  const abort = (): void => stop.abort();
  const begin = (ms: number): Deadline => {
    deadline = createDeadline(ms);
    deadline.signal.addEventListener("abort", abort, { once: true });
    return deadline;
  };
  return {
    signal: stop.signal,
    judging: (domains) => {
      clearTimeout(collecting);
      return begin((timeout ?? RUN + PER_DOMAIN * domains) - (performance.now() - start));
    },
    paused: async (most, work) => {
      const left = deadline?.remaining() ?? 0;
      deadline?.signal.removeEventListener("abort", abort);
      deadline?.close();
      const late = setTimeout(abort, most + GRACE);
      const done = await work().finally(() => clearTimeout(late));
      return { done, deadline: begin(left) };
    },
    settled: (work) => settledSoon(work, stop.signal),
    remaining: () => deadline?.remaining() ?? Math.max(0, (timeout ?? RUN) - (performance.now() - start)),
    close: () => {
      clearTimeout(collecting);
      deadline?.close();
    },
  };
}

function settledSoon<T>(work: Promise<T>, late: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const wait = (): void => {
      timer = setTimeout(() => reject(new Error("not finished when the time was up")), GRACE);
    };
    late.addEventListener("abort", wait, { once: true });
    if (late.aborted) wait();
    work.then(resolve, reject).finally(() => {
      clearTimeout(timer);
      late.removeEventListener("abort", wait);
    });
  });
}
