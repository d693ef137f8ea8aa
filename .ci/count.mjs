// The last line of .ci/run, from vitest's JSON. A step, a file or a run that broke, or ran nothing, counts as one failure.
import { readFileSync } from "node:fs";

const [file = "", status = "1", broken = "0"] = process.argv.slice(2);
const { passed, failed } = count(readFileSync(file, "utf8"));
const silent = failed === 0 && (status !== "0" || passed === 0) ? 1 : 0;
const failures = failed + silent + Number(broken);
console.log(`${passed} passed, ${failures} failed`);
process.exitCode = failures === 0 ? 0 : 1;

/** @param {string} json empty where vitest did not get so far */
function count(json) {
  if (json === "") return { passed: 0, failed: 1 };
  const { numPassedTests: passed, numFailedTests, testResults } = JSON.parse(json);
  const unloaded = testResults.filter(
    (/** @type {{ status: string, assertionResults: { status: string }[] }} */ { status, assertionResults }) =>
      status === "failed" && !assertionResults.some((test) => test.status === "failed"),
  );
  return { passed, failed: numFailedTests + unloaded.length };
}
