import { inertLog, type LogText, log } from "../../report/inert.ts";
import { placeOf } from "../../report/place.ts";
import { inertJson } from "../inert-json.ts";
import { CHECKS, type Check, type Outcome, statusOf } from "./check.ts";

const WORDS: Readonly<Record<Outcome, string>> = {
  ok: "ok",
  problem: "problem",
  unseen: "could not look",
  "not-asked": "not asked",
};

/** In the order of the table; several of one kind in that of the files. */
function sorted(checks: readonly Check[]): readonly Check[] {
  const order = Object.keys(CHECKS);
  return checks.toSorted((a, b) => order.indexOf(a.check) - order.indexOf(b.check));
}

/** A line a check, and one for each fix. */
export function checksText(checks: readonly Check[]): string {
  const count = (outcome: Outcome): number => checks.filter((check) => check.outcome === outcome).length;
  const sum = log`${count("ok")} ok, ${count("problem")} problems, ${count("unseen")} that nobody could look at, ${count("not-asked")} not asked`;
  return [...sorted(checks).flatMap(linesOf), sum].map((line) => `${line}\n`).join("");
}

function linesOf({ check, outcome, message, location, fix }: Check): readonly LogText[] {
  const place = location ? ` (${placeOf(location)})` : "";
  const fixes = fix === undefined ? [] : fix.split("\n");
  return [
    log`${inertLog(WORDS[outcome].padEnd(14))} ${inertLog(check.padEnd(14))} ${inertLog(message + place)}`,
    ...fixes.map((line, index) => log`                              ${inertLog(index === 0 ? `fix: ${line}` : line)}`),
  ];
}

/** The same for programs. */
export function checksJson(checks: readonly Check[]): string {
  const status = statusOf(checks);
  return inertJson(`${JSON.stringify({ version: 1, status, checks: sorted(checks) }, null, 2)}\n`);
}
