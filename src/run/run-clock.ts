import { createDeadline, type Deadline } from "../world/deadline.ts";

/** The time of one run: `timeout`, or 3 minutes and 20 ms a domain (SPEC §6). Milliseconds. */
export interface RunClock {
  /** Aborts when the time is up. */
  readonly signal: AbortSignal;
  /** Once the number of domains is known: the deadline of everything that follows. */
  readonly judging: (domains: number) => Deadline;
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
  const collecting = setTimeout(() => stop.abort(), timeout ?? RUN);
  let deadline: Deadline | undefined;
  return {
    signal: stop.signal,
    judging: (domains) => {
      clearTimeout(collecting);
      deadline = createDeadline((timeout ?? RUN + PER_DOMAIN * domains) - (performance.now() - start));
      deadline.signal.addEventListener("abort", () => stop.abort(), { once: true });
      return deadline;
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
