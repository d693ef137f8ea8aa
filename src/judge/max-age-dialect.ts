import type { MaxAgeDialect } from "./policy-dialect.ts";
import { trim } from "./white.ts";

export type MaxAgeReading =
  | { readonly kind: "seconds"; readonly seconds: number }
  /** No number, or one that this sender does not take. */
  | { readonly kind: "faulty" };

const FAULTY = { kind: "faulty" } as const;

export function readMaxAgeAs({ syntax, least, most, aboveMost }: MaxAgeDialect, text: string): MaxAgeReading {
  const seconds = READERS[syntax](text);
  if (seconds === undefined || Number.isNaN(seconds) || seconds < least) return FAULTY;
  if (most === null || seconds <= most) return { kind: "seconds", seconds };
  return aboveMost === "capped" ? { kind: "seconds", seconds: most } : FAULTY;
}

const READERS: Readonly<Record<MaxAgeDialect["syntax"], (text: string) => number | undefined>> = {
  "ten-digits": (text) => (/^[0-9]{1,10}$/.test(text) ? Number(text) : undefined),
  go: (text) => wholeNumber(text, /^[+-]?[0-9]+$/, 2n ** 63n - 1n),
  rust: (text) => wholeNumber(text, /^\+?[0-9]+$/, 2n ** 64n - 1n),
  python: (text) => {
    const number = trim(text, "python");
    return /^[+-]?[0-9]+(?:_[0-9]+)*$/.test(number) ? Number(number.replaceAll("_", "")) : undefined;
  },
  javascript: Number,
};

const MOST_DIGITS = 40; // more than any type here holds; leading zeros included

function wholeNumber(text: string, form: RegExp, most: bigint): number | undefined {
  if (text.length > MOST_DIGITS || !form.test(text)) return undefined;
  const digits = BigInt(text.replace(/^[+-]/, ""));
  return digits > most ? undefined : Number(text);
}
