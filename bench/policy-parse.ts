// The policy parser: its time for an octet at both ends of the size limit, and beside mailauth's parser on the same texts.
// npm run bench:parser. Times are of this machine and this minute; the ratios are what counts.
import { createRequire } from "node:module";
import { parsePolicy, parseWhole } from "../src/protocol/policy.ts";

/** Time an octet at 64 KiB over the time an octet of a small policy. */
const MOST_GROWTH = 1.2;
/** mailauth's time over ours, for a small policy. */
const LEAST_LEAD = 3;
const ROUNDS = 15;
const ROUND_OCTETS = 4_000_000;

const SMALL =
  "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmx: *.example.net\r\nmx: backup.example.com\r\nmax_age: 31557600\r\n";
const HEAD = "version: STSv1\r\nmode: enforce\r\nmax_age: 31557600\r\n";
const LINE = "mx: 00000.mail.example.com\r\n";
const LINES = Math.floor((65_536 - HEAD.length) / LINE.length);
const LARGE = HEAD + LINE.repeat(LINES);
/** The same with every name another; mailauth looks each of them up among those it has. */
const LARGE_OF_MANY = HEAD + Array.from({ length: LINES }, (_, at) => LINE.replace(/0+/, `${10_000 + at}`)).join("");
/** A field that senders ignore; it takes the text from the short way to the reader that knows every defect. */
const EXTENSION = "x-note: one\r\n";

const octets = (text: string): Uint8Array => new TextEncoder().encode(text);

interface Reader {
  readonly octets: number;
  readonly read: () => unknown;
}

/** Median nanoseconds an octet of each reader. They take turns, so that a noisy neighbour disturbs all of them alike. */
function measure<Name extends string>(readers: Readonly<Record<Name, Reader>>): Readonly<Record<Name, number>> {
  const entries = Object.entries<Reader>(readers);
  const times = new Map<string, number[]>(entries.map(([name]) => [name, []]));
  for (let round = -3; round < ROUNDS; round += 1)
    for (const [name, reader] of entries) {
      const repeats = Math.ceil(ROUND_OCTETS / reader.octets);
      const started = process.hrtime.bigint();
      for (let count = 0; count < repeats; count += 1) reader.read();
      const nanoseconds = Number(process.hrtime.bigint() - started);
      if (round >= 0) times.get(name)?.push(nanoseconds / repeats / reader.octets);
    }
  const median = (values: readonly number[] = []): number => values.toSorted((a, b) => a - b)[ROUNDS >> 1] ?? NaN;
  return Object.fromEntries(entries.map(([name]) => [name, median(times.get(name))])) as Record<Name, number>;
}

const ours = (text: string, parse: (bytes: Uint8Array) => unknown = parsePolicy): Reader => {
  const bytes = octets(text);
  return { octets: bytes.length, read: () => parse(bytes) };
};

const say = (line: string): boolean => process.stdout.write(`${line}\n`);

function held(what: string, value: number, holds: boolean): boolean {
  say(`${holds ? "pass" : "FAIL"}  ${what}: ${value.toFixed(2)}`);
  return holds;
}

function growth(what: string, small: Reader, large: Reader): boolean {
  const time = measure({ small, large });
  say(`${what}: ${nanoseconds(time.small)} at ${small.octets} octets, ${nanoseconds(time.large)} at ${large.octets}`);
  const ratio = time.large / time.small;
  return held(`time an octet, large over small, at most ${MOST_GROWTH}`, ratio, ratio <= MOST_GROWTH);
}

const nanoseconds = (value: number): string => `${value.toFixed(2)} ns an octet`;

/** mailauth gets the text as a string, which saves it the decoding; ours starts from the octets. */
function lead(text: string, theirs: (text: string) => unknown): number {
  const time = measure({ ours: ours(text), theirs: { octets: text.length, read: () => theirs(text) } });
  say(`${text.length} octets: ours ${nanoseconds(time.ours)}, mailauth ${nanoseconds(time.theirs)}`);
  return time.theirs / time.ours;
}

const passed = [
  growth("plain policies", ours(SMALL), ours(LARGE_OF_MANY)),
  growth("other policies", ours(EXTENSION + SMALL, parseWhole), ours(EXTENSION + LARGE_OF_MANY, parseWhole)),
];
// Only now, because its garbage changes the collector's pace, and with it the time of our large policy.
const { parsePolicy: mailauth } = createRequire(import.meta.url)("mailauth/lib/mta-sts.js") as {
  parsePolicy: (file: string) => unknown;
};
for (const [what, text] of [
  ["small", SMALL],
  ["large, every name another", LARGE_OF_MANY],
] as const) {
  const ratio = lead(text, mailauth);
  passed.push(held(`mailauth's time over ours, ${what}, at least ${LEAST_LEAD}`, ratio, ratio >= LEAST_LEAD));
}
say(`      mailauth's time over ours, large, one name over and over: ${lead(LARGE, mailauth).toFixed(2)}`);
process.exitCode = passed.every(Boolean) ? 0 : 1;
