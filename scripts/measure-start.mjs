// Cold start of the bundles against an empty file: interleaved, so that a busy machine is busy for all of them. Prints the table
// of docs/performance.md.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const runs = Number(process.argv[2] ?? 15);
const folder = mkdtempSync(join(tmpdir(), "start-"));
const dist = (/** @type {string} */ name) => fileURLToPath(new URL(`../dist/${name}`, import.meta.url));
const empty = join(folder, "empty.mjs");
const policy = join(folder, "mta-sts.txt");
writeFileSync(empty, "");
writeFileSync(policy, "version: STSv1\nmode: testing\nmx: mx.example.com\nmax_age: 86400\n");

/** @type {readonly { name: string, file: string, args: readonly string[], times: number[] }[]} */
const programs = [
  { name: "an empty file", file: empty, args: [], times: [] },
  { name: "`dist/index.js`", file: dist("index.js"), args: [], times: [] },
  { name: "`dist/cli.js --help`", file: dist("cli.js"), args: ["--help"], times: [] },
  { name: "`dist/cli.js lint`", file: dist("cli.js"), args: ["lint", policy], times: [] },
  { name: "`dist/later/undici.js`", file: dist("later/undici.js"), args: [], times: [] },
  { name: "`dist/later/octokit.js`", file: dist("later/octokit.js"), args: [], times: [] },
];

try {
  for (let run = 0; run < runs; run++) for (const program of programs) program.times.push(start(program));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

const [baseline] = programs.map(median);
console.log(`Node ${process.versions.node}, ${runs} runs each, ${new Date().toISOString().slice(0, 10)}\n`);
console.log("| | median | × empty file | size |\n| --- | --- | --- | --- |");
for (const program of programs) {
  const time = median(program);
  const size = program.file === empty ? "" : `${(statSync(program.file).size / 1e6).toFixed(2)} MB`;
  console.log(`| ${program.name} | ${time.toFixed(0)} ms | ${(time / (baseline ?? time)).toFixed(2)} | ${size} |`);
}

/** @param {{ name: string, file: string, args: readonly string[] }} program */
function start({ name, file, args }) {
  const began = performance.now();
  // An environment of its own: NODE_OPTIONS or NODE_EXTRA_CA_CERTS would be measured too.
  const done = spawnSync(process.execPath, [file, ...args], { cwd: folder, env: { PATH: process.env["PATH"] } });
  const took = performance.now() - began;
  if (done.error || done.signal)
    throw new Error(`${name} did not end by itself: ${done.error?.message ?? done.signal}`);
  return took;
}

/** @param {{ times: readonly number[] }} program */
function median({ times }) {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN;
}
