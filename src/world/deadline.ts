import { setMaxListeners } from "node:events";
/** One parent deadline over every wait of a run. Wall clock: data that drips in never moves it. */
export interface Deadline {
  /** Aborts once, when the run's time is up. */
  readonly signal: AbortSignal;
  readonly expired: () => boolean;
  /** Milliseconds left, never below 0. */
  readonly remaining: () => number;
  /**
   * Waits at most min(`ms`, remaining) milliseconds for `work`. When they pass, the signal given to `work` aborts and
   * `late()` is the result, even if `work` never settles. What `work` throws in time is thrown on.
   */
  readonly within: <T>(ms: number, work: (signal: AbortSignal) => Promise<T>, late: () => T) => Promise<T>;
  /** Lets go of the timer. Every step still waiting, and every later one, is late at once. */
  readonly close: () => void;
}

/** The longest timer Node takes; a longer one would fire at once. */
const LONGEST = 2 ** 31 - 1;

/** A deadline `ms` milliseconds from now on the monotonic clock. */
export function createDeadline(ms: number): Deadline {
  const parent = new AbortController();
  // Every step of every domain under way listens.
  setMaxListeners(0, parent.signal);
  const start = performance.now();
  const remaining = () => (parent.signal.aborted ? 0 : Math.max(0, start + ms - performance.now()));
  const timer = setTimeout(() => parent.abort(), timerLength(ms));
  return {
    signal: parent.signal,
    expired: () => remaining() === 0,
    remaining,
    within: (limit, work, late) => waitAtMost(Math.min(limit, remaining()), parent.signal, { work, late }),
    close: () => {
      clearTimeout(timer);
      parent.abort();
    },
  };
}

interface Step<T> {
  readonly work: (signal: AbortSignal) => Promise<T>;
  readonly late: () => T;
}

function waitAtMost<T>(ms: number, parent: AbortSignal, { work, late }: Step<T>): Promise<T> {
  if (ms <= 0 || parent.aborted) return Promise.resolve().then(late);
  const child = new AbortController();
  return new Promise<T>((resolve, reject) => {
    const settle = (end: () => void) => {
      clearTimeout(timer);
      parent.removeEventListener("abort", stop);
      end();
    };
    // `late` is asked before the abort, so that it sees what `work` knew when the time ran out.
    const stop = () =>
      settle(() => {
        try {
          resolve(late());
        } catch (error) {
          reject(error);
        }
        child.abort();
      });
    const timer = setTimeout(stop, timerLength(ms));
    parent.addEventListener("abort", stop, { once: true });
    // A rejection after the deadline lands on a settled promise and is dropped there: nothing is left unhandled.
    Promise.resolve(child.signal)
      .then(work)
      .then(
        (value) => settle(() => resolve(value)),
        (error: unknown) => settle(() => reject(error)),
      );
  });
}

function timerLength(ms: number): number {
  return Math.min(Math.max(0, Math.ceil(ms)), LONGEST);
}
