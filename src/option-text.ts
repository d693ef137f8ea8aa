import { OptionError } from "./errors.ts";

/** `i/n`: one of `count` jobs that share the work, the first is 1. */
export interface Shard {
  readonly index: number;
  readonly count: number;
}

/** One a line, or with commas; a comma inside braces is a glob's. */
export const list = (text: string | undefined): readonly string[] =>
  (text ?? "").split(/\n|,(?![^{}\n]*\})/).flatMap((part) => part.trim() || []);

// YAML 1.2 core schema booleans, which is what the runner's own getBooleanInput takes.
export function flag(name: string, text: string | undefined): boolean {
  if (text === undefined || /^(false|False|FALSE)$/.test(text)) return false;
  if (/^(true|True|TRUE)$/.test(text)) return true;
  throw new OptionError(name, "is a boolean", { allowed: ["true", "false"] });
}

const UNITS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
/** Milliseconds. */
export const DAY = UNITS.d;

/** `90s`, `3m`, `1h`, `500ms` in milliseconds; up to `most`. */
export function duration(name: string, text: string | undefined, most = 6 * UNITS.h): number | undefined {
  if (text === undefined) return undefined;
  const [, count, unit] = /^([0-9]{1,6})(ms|s|m|h|d)$/.exec(text) ?? [];
  const found = count && unit ? Number(count) * UNITS[unit as keyof typeof UNITS] : 0;
  if (found > 0 && found <= most) return found;
  const longest = most % UNITS.d === 0 ? `${most / UNITS.d}d` : `${most / UNITS.h}h`;
  throw new OptionError(name, `is a time above zero and up to ${longest}`, { allowed: ["90s", "3m", "1h"] });
}

/** As `duration`; `0` is no time at all. */
export function waiting(name: string, text: string | undefined): number | undefined {
  return text !== undefined && /^0(ms|s|m|h|d)?$/.test(text) ? 0 : duration(name, text);
}

const MOST_SHARDS = 256; // A matrix has no more jobs.

export function shard(text: string | undefined): Shard | undefined {
  if (text === undefined) return undefined;
  const [, first, second] = /^([1-9][0-9]{0,2})\/([1-9][0-9]{0,2})$/.exec(text) ?? [];
  const [index, count] = [Number(first), Number(second)];
  if (index <= count && count <= MOST_SHARDS) return { index, count };
  throw new OptionError("shard", `is i/n with i from 1 to n, and n up to ${MOST_SHARDS}`, { allowed: ["1/1", "3/20"] });
}

export function label(text: string | undefined): string | undefined {
  if (text === undefined || /^[A-Za-z0-9][A-Za-z0-9_.-]{0,63}$/.test(text)) return text;
  throw new OptionError("label", "is up to 64 letters, digits, dots, hyphens and underscores");
}
