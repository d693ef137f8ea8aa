// npm run check: everything that can be known without running the program. One line a step, and what a failing step said.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));

const bin = (/** @type {string} */ name) => `node_modules/.bin/${name}`;
const script = (/** @type {string} */ name, /** @type {readonly string[]} */ ...args) => [
  process.execPath,
  `scripts/${name}.mjs`,
  ...args,
];

/** @type {readonly (readonly [string, readonly string[]])[]} */
const STEPS = [
  ["types of src", [bin("tsc"), "--noEmit", "-p", "."]],
  ["types of test and scripts", [bin("tsc"), "-p", "test"]],
  ["lint", [bin("oxlint"), "--type-aware", "--deny-warnings"]],
  ["format", [bin("biome"), "format", "."]],
  ["generated files", script("generate", "--check")],
  ["dist", script("check-dist")],
];

for (const [name, [command = "", ...args]] of STEPS) {
  const began = performance.now();
  const step = spawnSync(command, args, { encoding: "utf8", maxBuffer: 64 * 1024 * 1024 });
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${step.status === 0 ? "ok    " : "FAILED"} ${name} (${seconds} s)`);
  if (step.status === 0) continue;
  process.exitCode = 1;
  console.error(step.error?.message ?? `${step.stdout}${step.stderr}`);
}
