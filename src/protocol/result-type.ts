/** What a sender would write in a TLS report. RFC 8460 §4.3; IANA "STARTTLS Validation Result Types". */
export type ResultType =
  | "starttls-not-supported"
  | "certificate-host-mismatch"
  | "certificate-expired"
  | "certificate-not-trusted"
  | "validation-failure"
  | "tlsa-invalid"
  | "dnssec-invalid"
  | "dane-required"
  | "sts-policy-fetch-error"
  | "sts-policy-invalid"
  | "sts-webpki-invalid";

export const RESULT_TYPES: readonly ResultType[] = [
  "starttls-not-supported",
  "certificate-host-mismatch",
  "certificate-expired",
  "certificate-not-trusted",
  "validation-failure",
  "tlsa-invalid",
  "dnssec-invalid",
  "dane-required",
  "sts-policy-fetch-error",
  "sts-policy-invalid",
  "sts-webpki-invalid",
];

/** A result type with the `failure-reason-code` that says more (RFC 8460 §4.3.3, §4.4). The registry has no codes: these are ours. */
export interface Failure {
  readonly resultType: ResultType;
  readonly reasonCode: string;
}

// RFC 8460 §4.3.1. Whatever is not in this table is an untrusted certificate too: the type covers everything about the chain.
const BY_X509_ERROR: Readonly<Record<string, ResultType>> = {
  CERT_HAS_EXPIRED: "certificate-expired",
  HOSTNAME_MISMATCH: "certificate-host-mismatch",
  ERR_TLS_CERT_ALTNAME_INVALID: "certificate-host-mismatch",
  CERT_NOT_YET_VALID: "certificate-not-trusted", // §4.3.1 has a type for expired alone
  UNABLE_TO_GET_ISSUER_CERT: "certificate-not-trusted",
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: "certificate-not-trusted",
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: "certificate-not-trusted",
  DEPTH_ZERO_SELF_SIGNED_CERT: "certificate-not-trusted",
  SELF_SIGNED_CERT_IN_CHAIN: "certificate-not-trusted",
  CERT_SIGNATURE_FAILURE: "certificate-not-trusted",
  CERT_CHAIN_TOO_LONG: "certificate-not-trusted",
  CERT_REVOKED: "certificate-not-trusted",
  CERT_UNTRUSTED: "certificate-not-trusted",
  CERT_REJECTED: "certificate-not-trusted",
  INVALID_CA: "certificate-not-trusted",
  INVALID_PURPOSE: "certificate-not-trusted",
  PATH_LENGTH_EXCEEDED: "certificate-not-trusted",
  OUT_OF_MEM: "validation-failure", // our side failed, not the certificate
};

/** The failure that OpenSSL's code means, as Node names it (`CERT_HAS_EXPIRED`, …). The code itself is the reason code. */
export function x509Failure(x509Error: string): Failure {
  const known = Object.hasOwn(BY_X509_ERROR, x509Error) ? BY_X509_ERROR[x509Error] : undefined;
  return { resultType: known ?? "certificate-not-trusted", reasonCode: x509Error };
}

export type SmtpFault =
  | "no-starttls"
  | "starttls-refused"
  | "starttls-closed"
  | "plaintext-after-starttls"
  | "handshake-failed"
  | "tls-too-old"
  | "name-mismatch"
  | "mx-not-listed";

/** Why an MX host is refused, other than by {@link x509Failure}. RFC 8460 §4.3.1. */
export const SMTP_FAILURE: Readonly<Record<SmtpFault, Failure>> = {
  "no-starttls": { resultType: "starttls-not-supported", reasonCode: "starttls-not-offered" },
  "starttls-refused": { resultType: "starttls-not-supported", reasonCode: "starttls-refused" },
  "starttls-closed": { resultType: "starttls-not-supported", reasonCode: "starttls-closed" },
  "plaintext-after-starttls": { resultType: "validation-failure", reasonCode: "plaintext-after-starttls" },
  "handshake-failed": { resultType: "validation-failure", reasonCode: "tls-handshake-failed" },
  "tls-too-old": { resultType: "validation-failure", reasonCode: "tls-protocol-too-old" },
  "name-mismatch": { resultType: "certificate-host-mismatch", reasonCode: "no-matching-dns-id" },
  // No type is registered for it; Google and mox report it like this.
  "mx-not-listed": { resultType: "validation-failure", reasonCode: "mtasts-policy-mx-mismatch" },
};

export type FetchFault =
  | "no-address"
  | "connection"
  | "untrusted-certificate"
  | "name-mismatch"
  | "status"
  | "redirect"
  | "media-type"
  | "too-large"
  | "too-slow"
  | "not-a-policy";

/** Why a policy cannot be had. RFC 8460 §4.3.2.2; a refused handshake is no certificate, so it is a failed connection. */
export const FETCH_FAILURE: Readonly<Record<FetchFault, Failure>> = {
  "no-address": { resultType: "sts-policy-fetch-error", reasonCode: "policy-host-no-address" },
  connection: { resultType: "sts-policy-fetch-error", reasonCode: "policy-connection-failed" },
  "untrusted-certificate": { resultType: "sts-webpki-invalid", reasonCode: "policy-certificate-not-trusted" },
  "name-mismatch": { resultType: "sts-webpki-invalid", reasonCode: "policy-certificate-host-mismatch" },
  status: { resultType: "sts-policy-fetch-error", reasonCode: "policy-status-not-200" },
  redirect: { resultType: "sts-policy-fetch-error", reasonCode: "policy-redirected" },
  "media-type": { resultType: "sts-policy-fetch-error", reasonCode: "policy-media-type" },
  "too-large": { resultType: "sts-policy-invalid", reasonCode: "policy-too-large" },
  "too-slow": { resultType: "sts-policy-fetch-error", reasonCode: "policy-timed-out" },
  "not-a-policy": { resultType: "sts-policy-invalid", reasonCode: "policy-syntax" },
};
