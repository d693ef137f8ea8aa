import { chanceOf, seedOf } from "./chance.ts";
import { inputsOf, type Parser, type Pump, pumped, pumpOf } from "./parser.ts";

/** How many inputs each parser gets; FULL_RUNS for another number. */
export const RUNS = Number(process.env["FULL_RUNS"] ?? 1_000_000);
/** Another run has other inputs; FULL_SEED makes those of an earlier one again. */
export const SEED = Number(process.env["FULL_SEED"] ?? Date.now() % 0x8000_0000);

/** Milliseconds for one input of at most some thousand octets. */
const SLOW = 25;
/** Milliseconds for a text of LONG. */
const SLOW_LONG = 1_000;
/** Lengths. */
const [SHORT, LONG, LONGEST] = [4_096, 65_536, 262_144];
/** So many times as long for LONG as for SHORT, sixteen times the length, makes a text suspect: the square would be 256 times. */
const SUSPECT = 40;
/** So many times as long for LONGEST as for LONG, four times the length, convicts it: the square would be 16 times. */
const TOO_MUCH = 10;
/** Below this many milliseconds, growth is not worth a look. */
const NOTICEABLE = 2;

export interface Exercise {
  readonly inputs: number;
  readonly seconds: number;
  /** How often each thing became of them. */
  readonly outcomes: ReadonlyMap<string, number>;
  /** The slowest input: the least of several times, so that what else the machine does does not count. */
  readonly slowest: { readonly milliseconds: number; readonly input: string };
  /** Texts of 64 KiB with one part over and over, and the most that one of them took. */
  readonly pumps: number;
  readonly slowestPump: { readonly milliseconds: number; readonly input: string };
}

/** Gives `parser` its inputs. Throws, and names the input, where it throws, is slow, or slows down with the length. */
export async function exercise(parser: Parser): Promise<Exercise> {
  const started = performance.now();
  const outcomes = new Map<string, number>();
  const slowest = await readAll(parser, outcomes);
  const pumps = Math.ceil(RUNS / 200);
  const slowestPump = await pumpAll(parser, pumps);
  return { inputs: RUNS, seconds: (performance.now() - started) / 1_000, outcomes, slowest, pumps, slowestPump };
}

async function readAll(parser: Parser, outcomes: Map<string, number>): Promise<Exercise["slowest"]> {
  const make = inputsOf(parser);
  let slowest = { milliseconds: 0, input: "" };
  for (let index = 0; index < RUNS; index += 1) {
    const input = make(chanceOf(seedOf(SEED, parser.name, index)));
    const { milliseconds: first, outcome } = await timed(parser, input);
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
    // The first thousand warm the parser up.
    if (index > 1_000 && first > slowest.milliseconds) {
      const milliseconds = await leastTime(parser, input, first);
      if (milliseconds > SLOW) throw new Error(blame(parser, input, `takes ${milliseconds.toFixed(1)} ms`));
      if (milliseconds > slowest.milliseconds) slowest = { milliseconds, input };
    }
    if (index % 10_000 === 0) await breath();
  }
  return slowest;
}

async function timed(parser: Parser, input: string): Promise<{ milliseconds: number; outcome: string }> {
  try {
    const started = performance.now();
    const read = parser.read(input);
    const outcome = typeof read === "string" ? read : await read;
    const milliseconds = performance.now() - started;
    parser.holds?.(input);
    return { milliseconds, outcome };
  } catch (error) {
    throw new Error(blame(parser, input, "throws"), { cause: error });
  }
}

async function leastTime(parser: Parser, input: string, first: number): Promise<number> {
  let least = first;
  for (let again = 0; again < 5; again += 1) least = Math.min(least, (await timed(parser, input)).milliseconds);
  return least;
}

async function pumpAll(parser: Parser, pumps: number): Promise<Exercise["slowest"]> {
  const make = pumpOf(parser);
  let slowest = { milliseconds: 0, input: "" };
  for (let index = 0; index < pumps; index += 1) {
    const pump = make(chanceOf(seedOf(SEED, `${parser.name}, pumped`, index)));
    const milliseconds = await growth(parser, pump);
    if (milliseconds > slowest.milliseconds) slowest = { milliseconds, input: told(pump) };
    if (index % 10 === 0) await breath();
  }
  return slowest;
}

/** The time of the long text. */
async function growth(parser: Parser, pump: Pump): Promise<number> {
  const long = pumped(pump, LONG);
  const { milliseconds: first } = await timed(parser, long);
  if (first < NOTICEABLE) return first;
  const time = await leastTime(parser, long, first);
  const suspect =
    time > NOTICEABLE && time > SUSPECT * (await leastTime(parser, pumped(pump, SHORT), Number.POSITIVE_INFINITY));
  let ratio = suspect ? Number.POSITIVE_INFINITY : 0;
  // Once below is enough: a busy machine makes the ratio larger, and never smaller than it is.
  for (let again = 0; again < 3 && ratio > TOO_MUCH; again += 1)
    ratio = (await timeFor(parser, pump, LONGEST)) / (await timeFor(parser, pump, LONG));
  if (ratio > TOO_MUCH)
    throw new Error(blame(parser, told(pump), `takes ${ratio.toFixed(0)} times as long for 4 times the length`));
  if (time > SLOW_LONG) throw new Error(blame(parser, told(pump), `takes ${time.toFixed(0)} ms`));
  return time;
}

/**
 * Milliseconds of this thread for one reading, each from an empty nursery: what other programs take is left out, and most of what the
 * collector of garbage does. The thread's clock may tick every few milliseconds; over a hundred of them that evens out.
 */
async function timeFor(parser: Parser, pump: Pump, length: number): Promise<number> {
  const text = pumped(pump, length);
  let [total, times] = [0, 0];
  while (total < 100 && times < 200) {
    globalThis.gc?.();
    const before = process.threadCpuUsage();
    await parser.read(text);
    const { user, system } = process.threadCpuUsage(before);
    total += (user + system) / 1_000;
    times += 1;
  }
  return total / times;
}

const told = ({ start, unit, end }: Pump): string => JSON.stringify({ start, unit, end });
const blame = ({ name }: Parser, input: string, what: string): string =>
  `${name} ${what} (FULL_SEED=${SEED} FULL_RUNS=${RUNS}): ${JSON.stringify(input)}`;

/** The runner of the tests hears from its workers every minute, or gives them up. */
const breath = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** One line of figures. */
export function figures(name: string, done: Exercise): string {
  const { inputs, seconds, outcomes, slowest, pumps, slowestPump } = done;
  const shares = [...outcomes]
    .toSorted(([, a], [, b]) => b - a)
    .map(([word, times]) => `${word} ${share(times / inputs)}`);
  const short = slowest.input.length > 60 ? `${slowest.input.slice(0, 60)}…` : slowest.input;
  return (
    `${name} | ${inputs} inputs | ${seconds.toFixed(0)} s | slowest ${slowest.milliseconds.toFixed(2)} ms, ` +
    `${slowest.input.length} long: ${JSON.stringify(short)} | ${pumps} of 64 KiB, slowest ${slowestPump.milliseconds.toFixed(1)} ms: ${slowestPump.input.slice(0, 120)} | ${shares.join(", ")}\n`
  );
}

const share = (part: number): string => `${(100 * part).toFixed(1)} %`;
