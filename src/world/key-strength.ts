import type { X509Certificate } from "node:crypto";
import { elementAt } from "./der-element.ts";

/** RFC 9325 §4.5: RSA of 2048 bits or more, EC of 224 or more. A key that cannot be read is not strong enough. */
export function isStrongEnough(certificate: X509Certificate): boolean {
  try {
    const { asymmetricKeyType: type, asymmetricKeyDetails: details } = certificate.publicKey;
    if (type === "ec") return bitsOfCurve(details?.namedCurve ?? "") >= 224;
    if (type === "rsa" || type === "rsa-pss" || type === "dsa") return (details?.modulusLength ?? 0) >= 2_048;
    return type !== undefined;
  } catch {
    return false;
  }
}

/** OpenSSL's curve names carry their size: `prime256v1`, `secp384r1`, `brainpoolP512t1`; the few without are tiny. */
const bitsOfCurve = (curve: string): number => Number(/[0-9]{3}/.exec(curve)?.[0] ?? 0);

// OIDs in DER: MD2, MD4, MD5 and SHA-1 with RSA (RFC 8017 §A.2.4); SHA-1 with DSA and ECDSA (RFC 3279 §2.2.2, §2.2.3).
const OLD_DIGESTS = new Set([
  "2a864886f70d010102",
  "2a864886f70d010103",
  "2a864886f70d010104",
  "2a864886f70d010105",
  "2a8648ce380403",
  "2a8648ce3d0401",
]);

/**
 * Whether MD5 or SHA-1 made the signature (RFC 9325 §4.3 forbids both). Read from the DER: Node 24.4 does not tell.
 * Certificate ::= SEQUENCE { tbsCertificate, signatureAlgorithm SEQUENCE { OBJECT IDENTIFIER … } … } (RFC 5280 §4.1).
 */
export function isSignedWithOldDigest({ raw }: X509Certificate): boolean {
  const toBeSigned = elementAt(raw, elementAt(raw, 0).start);
  const objectId = elementAt(raw, elementAt(raw, toBeSigned.end).start);
  return OLD_DIGESTS.has(raw.subarray(objectId.start, objectId.end).toString("hex"));
}
