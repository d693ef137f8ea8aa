import { defineConfig } from "vitest/config";

// npm run test:full: a million inputs for each parser (docs/parsers.md). Minutes long, and so no part of npm test.
export default defineConfig({
  test: {
    include: ["test/full/**/*.full.ts"],
    pool: "forks",
    testTimeout: 3_600_000,
    // Two at a time at most: the tests look at the clock.
    maxWorkers: 2,
    // Room enough that the collector seldom runs, and only when asked where growth is measured: it is the parser's that counts.
    execArgv: ["--expose-gc", "--min-semi-space-size=128", "--max-semi-space-size=128"],
    disableConsoleIntercept: true,
  },
});
