import { hostName } from "./domain-name.ts";
import { type MxPattern, parseMxPattern, printMxPattern } from "./mx-pattern.ts";
import { didYouMean, NO_POLICY, type PolicyDefectCode, quoted } from "./policy-defect.ts";

export type Mode = "enforce" | "testing" | "none"; // RFC 8461 §5

/** A value that was read, or what is wrong with it. */
export type ValueReading<T> =
  | { readonly kind: "value"; readonly value: T }
  | {
      readonly kind: "defect";
      readonly code: PolicyDefectCode;
      readonly message: string;
      readonly instead?: string | undefined;
    };

const MODES: readonly Mode[] = ["enforce", "testing", "none"];

/** Seconds: the prose of RFC 8461 §3.2 (erratum 7282), though its grammar takes ten digits. */
export const LONGEST_MAX_AGE = 31_557_600;

export function readVersion(text: string): ValueReading<"STSv1"> {
  if (text === "STSv1") return { kind: "value", value: text };
  const message = `The version ${quoted(text)} is not ${quoted("STSv1")}, ${NO_POLICY}.`;
  return defect("version-value", message, /sts.?v?1/i.test(text) ? "version: STSv1" : undefined);
}

export function readMode(text: string): ValueReading<Mode> {
  const mode = MODES.find((each) => each === text);
  if (mode !== undefined) return { kind: "value", value: mode };
  const start = text
    .toLowerCase()
    .replace(/[^a-z]/g, "")
    .slice(0, 3);
  const meant = start.length === 3 ? MODES.find((each) => each.startsWith(start)) : undefined;
  const instead = meant && `mode: ${meant}`;
  const guess = didYouMean(instead);
  const message = `The mode ${quoted(text)} is none of enforce, testing and none${guess}, ${NO_POLICY}.`;
  return defect("mode-value", message, instead);
}

export function readMaxAge(text: string): ValueReading<number> {
  // The test comes before Number(), which also reads "", "0x10" and "1e3".
  if (!/^[0-9]{1,10}$/.test(text)) {
    const digits = /^[0-9][0-9,._ ']*(?=(?:s|secs?|seconds?)?$)/i.exec(text)?.[0].replace(/[^0-9]/g, "");
    const instead = digits === undefined || digits.length > 8 ? undefined : `max_age: ${digits}`;
    const guess = didYouMean(instead);
    return defect(
      "max-age-value",
      `The max_age ${quoted(text)} is not 1 to 10 digits, in seconds${guess}, ${NO_POLICY}.`,
      instead,
    );
  }
  const seconds = Number(text);
  if (seconds <= LONGEST_MAX_AGE) return { kind: "value", value: seconds };
  const why = `is above the maximum of ${LONGEST_MAX_AGE} seconds (one year)`;
  return defect(
    "max-age-range",
    `The max_age ${quoted(text)} ${why}, so senders drop the policy or read another time.`,
    `max_age: ${LONGEST_MAX_AGE}`,
  );
}

export function readMx(text: string): ValueReading<MxPattern> {
  const pattern = parseMxPattern(text);
  if (pattern !== undefined) return { kind: "value", value: pattern };
  const instead = meantMx(text);
  const guess = didYouMean(instead);
  return defect(
    "mx-value",
    `${quoted(`mx: ${text}`)} is no host name and no ${quoted("*.")} with a host name${guess}, ${NO_POLICY}.`,
    instead,
  );
}

/** What was probably meant: the usual slips are a final dot, an old draft's `.example.com`, MX preferences, U-labels and ports. */
function meantMx(text: string): string | undefined {
  const bare =
    text
      .split("#", 1)[0]
      ?.trim()
      .replace(/^[0-9]+\s+/, "")
      .replace(/(?::[0-9]{1,5}|\.)$/, "") ?? "";
  const wildcard = /^\*?\.(?!\*)/.test(bare);
  const host = hostName(bare.replace(/^\*?\./, ""));
  if (host !== undefined) return `mx: ${printMxPattern({ wildcard, host })}`;
  const several = bare.split(/[\s,;]+/).filter((part) => part !== "");
  const first = several.length > 1 ? parseMxPattern(several[0] ?? "") : undefined;
  return first && `mx: ${printMxPattern(first)}`;
}

function defect(code: PolicyDefectCode, message: string, instead?: string): ValueReading<never> {
  return { kind: "defect", code, message, instead };
}
