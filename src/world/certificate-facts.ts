import { createHash, type X509Certificate } from "node:crypto";
import type { Certificate } from "../protocol/certificate.ts";
import { dnsIdsOf } from "../protocol/subject-alt-name.ts";
import { subjectPublicKeyInfo } from "./der-element.ts";

/** The facts of `x509` that a sender's decision needs, as plain data. A name field that cannot be read names nobody. */
export function certificateFacts(x509: X509Certificate): Certificate {
  const key = subjectPublicKeyInfo(x509.raw);
  const digest = (algorithm: "sha256" | "sha512", octets: Buffer) => createHash(algorithm).update(octets).digest("hex");
  return {
    dnsIds: dnsIdsOf(x509.raw) ?? [],
    subject: oneLine(x509.subject),
    issuer: oneLine(x509.issuer),
    serialNumber: x509.serialNumber,
    // A date that is none must not lengthen a life: never begun, long over.
    notBefore: isoDate(x509.validFromDate, "9999-12-31T23:59:59.000Z"),
    notAfter: isoDate(x509.validToDate, "1970-01-01T00:00:00.000Z"),
    sha256: digest("sha256", x509.raw),
    sha512: digest("sha512", x509.raw),
    spkiSha256: digest("sha256", key),
    spkiSha512: digest("sha512", key),
  };
}

/** Node writes a distinguished name one attribute a line; an empty one is `undefined` there, whatever its types say. */
export function oneLine(name: string | undefined): string {
  return (name ?? "").replaceAll("\n", ", ");
}

function isoDate(date: Date, otherwise: string): string {
  return Number.isNaN(date.getTime()) ? otherwise : date.toISOString();
}
