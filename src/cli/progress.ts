/** One line on a terminal that is updated in place while a run is under way. */
export interface Progress {
  /** How many domains there are to judge; from here the time counts. */
  readonly expect: (total: number) => void;
  /** One more domain is done. */
  readonly step: () => void;
  /** Takes the line away, so that other text can stand there; it comes back with the next update. */
  readonly clear: () => void;
  /** Takes the line away for good. */
  readonly end: () => void;
}

/** What it is drawn on, and by which clock. */
export interface ProgressStage {
  readonly write: (text: string) => void;
  /** Characters that fit on one line. */
  readonly columns: () => number;
  /** Milliseconds. */
  readonly now: () => number;
  /** Calls until the function that it returns is called. */
  readonly every: (milliseconds: number, call: () => void) => () => void;
}

/** A run of fewer domains is as good as done, unless it takes longer than `PATIENCE`. */
const MANY = 50;
const PATIENCE = 2_000;
/** Milliseconds between two updates: quick enough to be seen moving, and no load. */
const UPDATE = 200;
const ERASE = "\r\u001b[K";

export function openProgress({ write, columns, now, every }: ProgressStage): Progress {
  let [total, done, begun] = [0, 0, 0];
  let shown = false;
  let stop: () => void = () => undefined;
  const clear = (): void => {
    if (shown) write(ERASE);
    shown = false;
  };
  const draw = (): void => {
    const elapsed = now() - begun;
    if (total === 0 || (total <= MANY && elapsed <= PATIENCE)) return;
    write(`${ERASE}${progressLine({ total, done, elapsed }).slice(0, Math.max(0, columns() - 1))}`);
    shown = true;
  };
  return {
    expect: (domains) => {
      stop();
      [total, done, begun] = [domains, 0, now()];
      stop = every(UPDATE, draw);
    },
    step: () => void (done += 1),
    clear,
    end: () => {
      stop();
      stop = () => undefined;
      total = 0;
      clear();
    },
  };
}

/** `12 of 300 domains, 4.0 a second, about 72 s left`: numbers alone, nothing from outside. `elapsed` is in milliseconds. */
export function progressLine({ total, done, elapsed }: Readonly<Record<"total" | "done" | "elapsed", number>>): string {
  const said = `${done} of ${total} ${total === 1 ? "domain" : "domains"}`;
  if (done === 0 || elapsed <= 0) return `${said}, ${time(elapsed)}`;
  const rate = (1_000 * done) / elapsed;
  const left = Math.max(0, total - done) / rate;
  return `${said}, ${rate < 10 ? rate.toFixed(1) : Math.round(rate)} a second, about ${time(1_000 * left)} left`;
}

function time(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1_000));
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}
