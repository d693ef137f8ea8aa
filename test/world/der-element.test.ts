import { createHash, createPublicKey, X509Certificate } from "node:crypto";
import { rootCertificates } from "node:tls";
import { expect, test } from "vitest";
import { createAuthority } from "../../src/demo/authority.ts";
import { certificateFacts } from "../../src/world/certificate-facts.ts";
import { subjectPublicKeyInfo } from "../../src/world/der-element.ts";

test("the key of every root that Node ships, as OpenSSL has it", () => {
  for (const pem of rootCertificates) {
    const x509 = new X509Certificate(pem);
    expect(subjectPublicKeyInfo(x509.raw)).toEqual(x509.publicKey.export({ type: "spki", format: "der" }));
  }
});

test("digests that TLSA records name", () => {
  const { certPem, keyPem } = createAuthority("Key").issue({ names: ["mx.example.com"] });
  const x509 = new X509Certificate(certPem);
  const key = createPublicKey(keyPem).export({ type: "spki", format: "der" });
  const digest = (algorithm: string, octets: Buffer) => createHash(algorithm).update(octets).digest("hex");
  expect(certificateFacts(x509)).toMatchObject({
    sha256: x509.fingerprint256.replaceAll(":", "").toLowerCase(),
    sha512: digest("sha512", x509.raw),
    spkiSha256: digest("sha256", key),
    spkiSha512: digest("sha512", key),
  });
});
