// npm run demo: from a fresh clone, with nothing but Node 20 and npm. Installs if it must, then runs src/demo/main.ts.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { install, matchesLock, newEnoughNode } from "./installation.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));

try {
  if (!matchesLock(root)) {
    console.error("demo: node_modules is not what package-lock.json says; installing (npm ci)");
    install(root);
  }
  // Node before 24.12 warns that type stripping is experimental.
  const quiet = "--disable-warning=ExperimentalWarning";
  const demo = spawnSync(newEnoughNode(root), [quiet, "src/demo/main.ts", ...process.argv.slice(2)], {
    cwd: root,
    stdio: "inherit",
  });
  // Killed by a signal, the demo has no status: that is never success.
  process.exitCode = demo.status ?? 1;
} catch (error) {
  console.error(`demo: ${error instanceof Error ? error.message : String(error)}`);
  process.exitCode = 2;
}
