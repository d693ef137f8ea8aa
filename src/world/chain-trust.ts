import type { X509Certificate } from "node:crypto";
import type { ChainTrust } from "../protocol/certificate.ts";
import { oneLine } from "./certificate-facts.ts";
import { isSignedWithOldDigest, isStrongEnough } from "./key-strength.ts";

/** What the server presented, leaf first, and what OpenSSL said last: `undefined` when it found nothing wrong. */
export interface Presented {
  readonly chain: readonly X509Certificate[];
  readonly verifyError: string | undefined;
}

/** How far a chain leads. `anchored`: to a root. Otherwise its last certificate has an issuer that nobody has. */
interface Path {
  readonly links: readonly X509Certificate[];
  readonly anchored: boolean;
}

/** Errors that say themselves that no root was reached. */
const UNANCHORED = new Set([
  "DEPTH_ZERO_SELF_SIGNED_CERT",
  "SELF_SIGNED_CERT_IN_CHAIN",
  "UNABLE_TO_GET_ISSUER_CERT",
  "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
]);

/**
 * OpenSSL decides. Its verify error is only the last one, so that "expired" hides "untrusted": where it refused, the
 * walk below finds the most fundamental reason. Where it did not, keys are judged here, as SECLEVEL=0 takes any.
 */
export function judgeChain({ chain, verifyError }: Presented, roots: () => readonly X509Certificate[]): ChainTrust {
  const [leaf] = chain;
  if (leaf === undefined) return { kind: "untrusted", x509Error: "UNSPECIFIED" };
  const path = walk(leaf, chain, roots());
  if (verifyError === undefined) return judgeStrength(path);
  const last = path.links.at(-1) ?? leaf;
  if (path.anchored) return { kind: "untrusted", x509Error: verifyError };
  // Not checkIssued: a leaf's key usage need not allow what a self-signed one does.
  const selfIssued = last.subject === last.issuer && isSignedBy(last, last);
  const x509Error = UNANCHORED.has(verifyError) ? verifyError : reasonUnanchored(path, selfIssued);
  return { kind: "untrusted", x509Error, ...(selfIssued ? {} : { missingIssuer: oneLine(last.issuer) }) };
}

function reasonUnanchored({ links }: Path, selfIssued: boolean): string {
  if (!selfIssued) return links.length === 1 ? "UNABLE_TO_VERIFY_LEAF_SIGNATURE" : "UNABLE_TO_GET_ISSUER_CERT_LOCALLY";
  return links.length === 1 ? "DEPTH_ZERO_SELF_SIGNED_CERT" : "SELF_SIGNED_CERT_IN_CHAIN";
}

function judgeStrength({ links, anchored }: Path): ChainTrust {
  const weak = links.findIndex((link) => !isStrongEnough(link));
  if (weak >= 0) return { kind: "untrusted", x509Error: weak === 0 ? "EE_KEY_TOO_SMALL" : "CA_KEY_TOO_SMALL" };
  // A root is trusted for being there, not for its own signature.
  const signed = anchored ? links.slice(0, -1) : links;
  return signed.some(isSignedWithOldDigest) ? { kind: "untrusted", x509Error: "CA_MD_TOO_WEAK" } : { kind: "trusted" };
}

/** Certificates a server may present that are looked at; public chains have two to four. */
const MOST_PRESENTED = 16;

/** From `leaf` to its issuers, whatever the order presented; the longest way where none ends at a root. */
function walk(leaf: X509Certificate, chain: readonly X509Certificate[], roots: readonly X509Certificate[]): Path {
  const rootPrints = new Set(roots.map((root) => root.fingerprint256));
  const candidates = [...roots, ...chain.slice(1, MOST_PRESENTED)];
  const seen = new Set<string>();
  const from = (at: X509Certificate, links: readonly X509Certificate[]): Path => {
    const path = { links: [...links, at], anchored: rootPrints.has(at.fingerprint256) };
    seen.add(at.fingerprint256);
    if (path.anchored) return path;
    let longest: Path = path;
    for (const next of candidates) {
      if (seen.has(next.fingerprint256) || !at.checkIssued(next) || !isSignedBy(at, next)) continue;
      const found = from(next, path.links);
      if (found.anchored) return found;
      if (found.links.length > longest.links.length) longest = found;
    }
    return longest;
  };
  return from(leaf, []);
}

function isSignedBy(certificate: X509Certificate, issuer: X509Certificate): boolean {
  try {
    return certificate.verify(issuer.publicKey);
  } catch {
    return false; // a key that this OpenSSL cannot read signs nothing
  }
}
