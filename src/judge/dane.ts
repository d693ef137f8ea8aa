import { createHash } from "node:crypto";
import type { SmtpSession, TlsaRecord } from "../evidence.ts";
import type { Certificate } from "../protocol/certificate.ts";

type Served = Extract<SmtpSession, { kind: "tls" }>;

/**
 * Whether a sender that uses DANE goes on after this handshake (RFC 7672 §3.1). `unusable`: no record binds anyone, or the chain's
 * hashes are not known here; such a sender then encrypts without a check (RFC 7672 §2.2).
 */
export function daneVerdict(records: readonly TlsaRecord[], { chain }: Served): "matches" | "mismatch" | "unusable" {
  const answers = records.filter(isUsable).map((record) => matchesChain(record, chain));
  if (answers.includes(true)) return "matches";
  return answers.length > 0 && answers.every((answer) => answer === false) ? "mismatch" : "unusable";
}

const TRUST_ANCHOR = 2;
const END_ENTITY = 3;
const WHOLE = 0;
/** Hexadecimal digits of each matching type's digest (RFC 6698 §2.1.3). */
const DIGITS: Readonly<Record<number, number>> = { 1: 64, 2: 128 };

/**
 * PKIX-TA and PKIX-EE bind no SMTP sender (RFC 7672 §3.1.3), and what has a number that nobody defined, or a digest of the wrong
 * length, is as if it were not there (RFC 7671 §4).
 */
export function isUsable({ usage, selector, matching, data }: TlsaRecord): boolean {
  const bound = usage === TRUST_ANCHOR || usage === END_ENTITY;
  const fits = matching === WHOLE ? data.length > 0 : data.length === DIGITS[matching];
  return bound && (selector === 0 || selector === 1) && fits;
}

/** `undefined`: not known. DANE-EE is about the leaf, DANE-TA about any certificate that is served (RFC 7672 §3.1.1, §3.1.2). */
function matchesChain(record: TlsaRecord, chain: readonly Certificate[]): boolean | undefined {
  const candidates = record.usage === END_ENTITY ? chain.slice(0, 1) : chain;
  const answers = candidates.map((certificate) => matchesOne(record, certificate));
  if (answers.includes(true)) return true;
  return answers.includes(undefined) ? undefined : false;
}

function matchesOne({ selector, matching, data }: TlsaRecord, certificate: Certificate): boolean | undefined {
  const { sha256, sha512, spkiSha256, spkiSha512 } = certificate;
  const [short, long] = selector === 0 ? [sha256, sha512] : [spkiSha256, spkiSha512];
  if (matching === 2) return long === undefined ? undefined : long === data;
  // The whole of it in the record: two that have the same digest are the same.
  const digest = matching === 1 ? data : createHash("sha256").update(Buffer.from(data, "hex")).digest("hex");
  return short === undefined ? undefined : short === digest;
}
