// The policy parser beside mailauth's, on the same texts in the same run, and its time per octet at both ends of the size limit.
// npm run bench:parser. Times are of this machine and this minute; the ratios are what counts.
import { createRequire } from "node:module";
import { parsePolicy } from "../src/protocol/policy.ts";

const { parsePolicy: mailauth } = createRequire(import.meta.url)("mailauth/lib/mta-sts.js") as {
  parsePolicy: (file: string) => unknown;
};

const TYPICAL =
  "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmx: *.example.net\r\nmx: backup.example.com\r\nmax_age: 604800\r\n";
const head = "version: STSv1\nmode: enforce\nmax_age: 604800\n";
const line = "mx: backup-mail-exchanger.example.com\n";
const LARGEST = head + line.repeat(Math.floor((65_536 - head.length) / line.length));

const ROUNDS = 15;
const ROUND_OCTETS = 8_000_000;

/** Median nanoseconds an octet of each reader, interleaved, so that a noisy neighbour disturbs all of them alike. */
function measure(text: string, readers: Readonly<Record<string, () => unknown>>): Readonly<Record<string, number>> {
  const times = new Map(Object.keys(readers).map((name) => [name, [] as number[]]));
  const repeats = Math.ceil(ROUND_OCTETS / text.length);
  for (let round = -2; round < ROUNDS; round += 1)
    for (const [name, read] of Object.entries(readers)) {
      const started = process.hrtime.bigint();
      for (let count = 0; count < repeats; count += 1) read();
      const nanoseconds = Number(process.hrtime.bigint() - started);
      if (round >= 0) times.get(name)?.push(nanoseconds / repeats / text.length);
    }
  const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[ROUNDS >> 1] ?? Number.NaN;
  return Object.fromEntries([...times].map(([name, values]) => [name, median(values)]));
}

function compare(title: string, text: string): { ours: number; theirs: number } {
  const bytes = new TextEncoder().encode(text);
  const { ours = Number.NaN, theirs = Number.NaN } = measure(text, {
    ours: () => parsePolicy(bytes),
    theirs: () => mailauth(text),
  });
  process.stdout.write(
    `${title}, ${bytes.length} octets: ours ${ours.toFixed(2)}, mailauth ${theirs.toFixed(2)} ns an octet, ${(theirs / ours).toFixed(2)} times\n`,
  );
  return { ours, theirs };
}

const typical = compare("typical", TYPICAL);
const largest = compare("largest", LARGEST);
const faster = typical.theirs / typical.ours;
const growth = largest.ours / typical.ours;
const told = (name: string, value: number, holds: boolean): boolean => {
  process.stdout.write(`${holds ? "pass" : "FAIL"}  ${name}: ${value.toFixed(2)}\n`);
  return holds;
};
const passed = [
  told("mailauth's time over ours, typical, at least 3", faster, faster >= 3),
  told("time an octet at 64 KiB over typical, at most 1.2", growth, growth <= 1.2),
];
process.exitCode = passed.every(Boolean) ? 0 : 1;
