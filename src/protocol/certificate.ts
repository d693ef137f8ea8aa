/** The facts of one certificate that a sender's decision needs (RFC 8461 §4.2). Plain data; dates are ISO 8601 text. */
export interface Certificate {
  /** SAN dNSName values exactly as presented, read from the DER. The CN is not here: it never counts. */
  readonly dnsIds: readonly string[];
  readonly subject: string;
  readonly issuer: string;
  readonly serialNumber: string;
  readonly notBefore: string;
  readonly notAfter: string;
  /** SHA-256 over the DER, lower-case hex. */
  readonly sha256: string;
  /** SHA-512 over the DER, and both over its SubjectPublicKeyInfo: what TLSA records may name (RFC 6698 §2.1). Lower-case hex. */
  readonly sha512?: string;
  readonly spkiSha256?: string;
  readonly spkiSha512?: string;
}

/**
 * The TLS stack's word on a presented chain. `x509Error` is OpenSSL's code as Node names it (`CERT_HAS_EXPIRED`, …), after it
 * was corrected for what that code hides: `missingIssuer` is the name of an issuer that the server did not send.
 */
export type ChainTrust =
  | { readonly kind: "trusted" }
  | { readonly kind: "untrusted"; readonly x509Error: string; readonly missingIssuer?: string };
