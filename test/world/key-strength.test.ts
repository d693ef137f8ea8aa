import { X509Certificate } from "node:crypto";
import { describe, expect, test } from "vitest";
import { createAuthority } from "../../src/demo/authority.ts";
import { isSignedWithOldDigest, isStrongEnough } from "../../src/world/key-strength.ts";

const authority = createAuthority("Keys");
const issued = (key: "ec" | "rsa" | "rsa-1024") =>
  new X509Certificate(authority.issue({ names: ["mx.example.com"], key, by: "self" }).certPem);

/** `certificate` as if another algorithm of RFC 8017 had signed it: the last octet of its OID is changed, in both places. */
function signedWith(certificate: X509Certificate, last: number): X509Certificate {
  const sha256WithRsa = Buffer.from("2a864886f70d01010b", "hex");
  const raw = Buffer.from(certificate.raw);
  for (let at = raw.indexOf(sha256WithRsa); at >= 0; at = raw.indexOf(sha256WithRsa, at + 1)) raw[at + 8] = last;
  return new X509Certificate(raw);
}

describe("RFC 9325 §4.5", () => {
  test.each([
    ["ec", true],
    ["rsa", true],
    ["rsa-1024", false],
  ] as const)("a key of kind %s", (key, strong) => expect(isStrongEnough(issued(key))).toBe(strong));

  test.each([
    ["ec", { namedCurve: "secp192k1" }, false],
    ["ec", { namedCurve: "sect163k1" }, false],
    ["ec", { namedCurve: "secp224r1" }, true],
    ["ec", { namedCurve: "brainpoolP512t1" }, true],
    ["ec", {}, false],
    ["rsa-pss", { modulusLength: 2_047 }, false],
    ["rsa-pss", { modulusLength: 4_096 }, true],
    ["ed25519", {}, true],
    [undefined, undefined, false],
  ])("%s %o", (asymmetricKeyType, asymmetricKeyDetails, strong) => {
    const publicKey = { asymmetricKeyType, asymmetricKeyDetails };
    expect(isStrongEnough({ publicKey } as unknown as X509Certificate)).toBe(strong);
  });

  test("a key that cannot be read", () => {
    const unreadable = Object.defineProperty({}, "publicKey", {
      get: () => {
        throw new Error("unsupported");
      },
    });
    expect(isStrongEnough(unreadable as X509Certificate)).toBe(false);
  });
});

describe("RFC 9325 §4.3", () => {
  test.each([
    [2, true],
    [4, true],
    [5, true],
    [11, false],
    [12, false],
    [13, false],
  ])("1.2.840.113549.1.1.%i", (last, old) => {
    expect(isSignedWithOldDigest(signedWith(issued("rsa"), last))).toBe(old);
  });

  test("ECDSA with SHA-256 is not old", () => expect(isSignedWithOldDigest(issued("ec"))).toBe(false));
});
