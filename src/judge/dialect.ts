import { type PolicyReading, readPolicyText } from "./policy-reading.ts";
import { type RecordReading, readRecordTexts } from "./record-reading.ts";
import type { SenderProfile } from "./sender-profile.ts";

export type { PolicyReading } from "./policy-reading.ts";
export type { RecordReading } from "./record-reading.ts";

const STRICT = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const LENIENT = new TextDecoder("utf-8", { ignoreBOM: true });

/** What a sender takes from a policy served as `text/plain; charset=utf-8`, octet for octet. Never throws. */
export function readPolicyAs({ policy, fetch }: SenderProfile, bytes: Uint8Array): PolicyReading {
  const tooLong = fetch.octets !== null && bytes.length > fetch.octets;
  if (tooLong && fetch.longer === "dropped") return { kind: "dropped" };
  const read = tooLong ? bytes.subarray(0, fetch.octets ?? 0) : bytes;
  const text = textOf(read, policy.notUtf8);
  return text === undefined ? { kind: "dropped" } : readPolicyText(policy, text);
}

function textOf(bytes: Uint8Array, notUtf8: SenderProfile["policy"]["notUtf8"]): string | undefined {
  try {
    return STRICT.decode(bytes);
  } catch {
    return notUtf8 === "fatal" ? undefined : LENIENT.decode(bytes);
  }
}

/** What a sender finds in the TXT records of `_mta-sts`, each a text or its character-strings. Never throws. */
export function readRecordsAs(
  { record }: SenderProfile,
  records: readonly (string | readonly string[])[],
): RecordReading {
  const joined = records.map((text) => (typeof text === "string" ? text : text.join("")));
  return readRecordTexts(record, joined);
}
