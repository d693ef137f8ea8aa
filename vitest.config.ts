import { defineConfig } from "vitest/config";

if (Number(process.versions.node.split(".")[0]) < 24)
  throw new Error(
    `The tests need Node 24 and this is Node ${process.versions.node}. Run them as npm test: on Linux x64, npm ci brings Node 24 along.`,
  );

// A file for machines, beside the text for people: .ci/run counts from it.
const results = process.env["TEST_RESULTS"];

export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    // Tests open real sockets on loopback; a process of its own keeps each file's servers and environment to itself.
    pool: "forks",
    testTimeout: 20_000,
    hookTimeout: 60_000,
    reporters: [
      "default",
      ...(process.env["GITHUB_ACTIONS"] ? ["github-actions"] : []),
      ...(results ? [["json", { outputFile: results }] as [string, { outputFile: string }]] : []),
    ],
  },
});
