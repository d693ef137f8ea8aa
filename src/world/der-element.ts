/** Where the contents of one DER element lie, and where the element itself begins. */
export interface DerElement {
  readonly at: number;
  readonly start: number;
  readonly end: number;
}

/** The element at `at` (X.690 §8.1). For certificates that OpenSSL has parsed: their lengths are sound. */
export function elementAt(der: Buffer, at: number): DerElement {
  const first = der[at + 1] ?? 0;
  const octets = first < 0x80 ? 0 : first & 0x7f;
  const start = at + 2 + octets;
  if (octets === 0) return { at, start, end: start + first };
  return octets <= 6 && start <= der.length
    ? { at, start, end: start + der.readUIntBE(at + 2, octets) }
    : { at, start: start, end: start };
}

/** `[0] EXPLICIT`, the version of a certificate; left out for version 1. */
const VERSION = 0xa0;

/**
 * SubjectPublicKeyInfo of a certificate, whole: the sixth field of its tbsCertificate after the version (RFC 5280 §4.1). Octets as
 * they stand, because what TLSA names is a hash of them.
 */
export function subjectPublicKeyInfo(certificate: Buffer): Buffer {
  const toBeSigned = elementAt(certificate, elementAt(certificate, 0).start);
  let field = elementAt(certificate, toBeSigned.start);
  const before = certificate[field.at] === VERSION ? 6 : 5; // serial, signature, issuer, validity, subject
  for (let passed = 0; passed < before; passed += 1) field = elementAt(certificate, field.end);
  return certificate.subarray(field.at, field.end);
}
