// What a change to one zone costs in a repository of 10,000 zone files against one of a single file: the built command line, from its
// start to its end, over real clones with a resolver that refuses at once, so that the network is no part of either. In pairs; status 1
// where the median of the pairs' ratios is above the budget. Beside it, without a budget: zone files that say no origin of their own,
// so that all others are searched for one that includes the edited one. Run: npm run build && npm run bench:collect [-- ROUNDS [CLI]]
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const rounds = Number(process.argv[2] ?? 15);
const cli = resolve(process.argv[3] ?? "dist/cli.js");
const BUDGET = 1.3;
const NAMES = [1, 10_000].map((count) => Array.from({ length: count }, (_, index) => `d${index}.example`));
const EDITED = "d0.example";

type Zone = (name: string, mx: string) => string;
const withOrigin: Zone = (name, mx) => `$ORIGIN ${name}.\n${withoutOrigin(name, mx)}`;
const withoutOrigin: Zone = (name, mx) =>
  `$TTL 300
@ SOA ns1.${name}. admin 1 2 3 4 5
@ NS ns1
@ MX 10 ${mx}
mx A 192.0.2.1
_mta-sts TXT "v=STSv1; id=1"
`;

const SAID = {
  env: { ...process.env, GIT_CONFIG_GLOBAL: "/dev/null", GIT_CONFIG_NOSYSTEM: "1" },
  encoding: "utf8",
} as const;

/** A packed clone with one commit that adds the zones and one that edits the MX of the first. */
function clone(names: readonly string[], zone: Zone): string {
  const folder = mkdtempSync(join(tmpdir(), "collect-scale-"));
  const git = (...args: string[]) =>
    execFileSync("git", ["-c", "user.name=bench", "-c", "user.email=bench@example.com", ...args], {
      ...SAID,
      cwd: folder,
      stdio: "pipe",
    });
  const write = (name: string, mx: string) => writeFileSync(join(folder, "zones", `${name}.zone`), zone(name, mx));
  mkdirSync(join(folder, "zones"));
  for (const name of names) write(name, "mx");
  git("init", "-q");
  // The clean-up is done below, when it is awaited.
  git("config", "gc.auto", "0");
  git("config", "maintenance.auto", "false");
  git("add", "-A");
  git("commit", "-qm", "zones");
  write(EDITED, "mx2");
  git("commit", "-qam", "mx");
  git("gc", "-q");
  return folder;
}

/** Milliseconds. @throws Error where the run judged something else than the one domain. */
function timed(folder: string): number {
  const args = [cli, "gate", "--base", "HEAD^", "--records", "zones/*.zone", "--resolver", "127.0.0.1:1"];
  const begun = performance.now();
  const { stdout } = spawnSync(process.execPath, args, { ...SAID, cwd: folder });
  const took = performance.now() - begun;
  if (!stdout.startsWith(`${EDITED}: unknown`))
    throw new Error(`not the verdict that was awaited: ${stdout.slice(0, 200)}`);
  return took;
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

/** The median of how many times longer the large repository takes, pair by pair. */
function ratioOf(what: string, zone: Zone): number {
  const folders = NAMES.map((names) => clone(names, zone));
  try {
    const times = folders.map((): number[] => []);
    for (const folder of folders) timed(folder);
    for (let round = 0; round < rounds; round += 1)
      for (const [index, folder] of folders.entries()) times[index]?.push(timed(folder));
    const [one = Number.NaN, many = Number.NaN] = times.map(median);
    const ratio = median(times[0]?.map((value, round) => (times[1]?.[round] ?? Number.NaN) / value) ?? []);
    console.log(`${what}: 1 zone file ${one.toFixed(0)} ms, 10,000 zone files ${many.toFixed(0)} ms`);
    console.log(`  ratio ${(many / one).toFixed(2)}, median of the ratios of ${rounds} pairs ${ratio.toFixed(2)}`);
    return ratio;
  } finally {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  }
}

const ratio = ratioOf("with $ORIGIN", withOrigin);
ratioOf("without $ORIGIN", withoutOrigin);
if (!(ratio <= BUDGET)) {
  console.error(`above the budget: ${ratio.toFixed(2)} > ${BUDGET}`);
  process.exitCode = 1;
}
