// Is the committed dist/ what these sources build to?
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { differences } from "./trees.mjs";

process.chdir(fileURLToPath(new URL("..", import.meta.url)));
const fresh = ".dist-check";

try {
  execFileSync(process.execPath, ["scripts/build.mjs", fresh], { stdio: "inherit" });
  const found = differences("dist", fresh);
  if (found.length > 0) {
    console.error(`dist/ is not what the sources build to; run npm run build\n  ${found.join("\n  ")}`);
    process.exitCode = 1;
  }
} finally {
  rmSync(fresh, { recursive: true, force: true });
}
