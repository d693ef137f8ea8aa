import { NO_ROLLOUT, type RolloutConfig } from "../config.ts";
import { type ConfigKey, type ConfigNode, fieldsOf, refuse, scalarOf } from "./config-node.ts";

/** Keys of the config file by which the operator declares what the files cannot tell (SPEC §5). */
export const ROLLOUT_KEYS = ["senders", "history", "deploy", "deploy-lag"] as const;

/** Seconds: the greatest max_age there is (RFC 8461 §3.2). */
const LONGEST_MAX_AGE = 31_557_600;
/** Seconds. */
const LONGEST_LAG = 30 * 86_400;

/** @throws CollectError for what none of the keys can say. */
export function rolloutOf(pairs: ReadonlyMap<string, ConfigKey>): RolloutConfig {
  const [senders, history, deploy, lag] = ROLLOUT_KEYS.map((key) => pairs.get(key));
  return {
    ...NO_ROLLOUT,
    ...(senders && { senders: wordOf(senders, ["id-checking", "all"]) }),
    ...(history && { maxAgeCeiling: ceilingOf(history) }),
    ...(deploy && { deploy: wordOf(deploy, ["policy-first"]) }),
    ...(lag && { deployLag: secondsOf(lag, { least: 0, most: LONGEST_LAG }) }),
  };
}

function wordOf<const T extends string>(node: ConfigNode, words: readonly T[]): T {
  const word = words.find((one) => one === scalarOf(node)?.value);
  if (word === undefined) throw refuse(node, "has no such setting", words);
  return word;
}

function ceilingOf(node: ConfigNode): number {
  const ceiling = fieldsOf(node, ["max-age-ceiling"]).get("max-age-ceiling");
  if (!ceiling) throw refuse(node, "says nothing", ["max-age-ceiling"]);
  return secondsOf(ceiling, { least: 1, most: LONGEST_MAX_AGE });
}

const UNITS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** `90s`, `3m`, `24h`, `7d`, or a whole number of seconds. */
function secondsOf(node: ConfigNode, { least, most }: { readonly least: number; readonly most: number }): number {
  const value = scalarOf(node)?.value;
  const [, count, unit] = (typeof value === "string" && /^([0-9]{1,6})([smhd])$/.exec(value)) || [];
  const seconds = typeof value === "number" ? value : Number(count) * (UNITS[unit ?? ""] ?? Number.NaN);
  if (Number.isInteger(seconds) && seconds >= least && seconds <= most) return seconds;
  throw refuse(node, `is a time from ${least} to ${most} seconds`, ["90s", "3m", "24h", "7d", "a number of seconds"]);
}
