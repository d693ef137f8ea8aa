import { X509Certificate } from "node:crypto";
import { type AddressInfo, connect as connectTcp } from "node:net";
import { connect, createServer, type TLSSocket } from "node:tls";
import { afterEach, describe, expect, test } from "vitest";
import { type CertificateRequest, createAuthority, type Issued } from "../../src/demo/authority.ts";

const authority = createAuthority("Test");
const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** What a client that trusts only `rootPem` makes of a server that presents `cert`. */
async function trustOf(cert: string, keyPem: string, rootPem = authority.rootPem): Promise<string> {
  const server = createServer({ cert, key: keyPem, minVersion: "TLSv1.2" });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closers.push(() => server.close());
  const socket = connectTcp((server.address() as AddressInfo).port, "127.0.0.1");
  const secured: TLSSocket = connect({ socket, servername: "mx.example.com", ca: rootPem, rejectUnauthorized: false });
  await new Promise((resolve) => secured.once("secureConnect", resolve));
  closers.push(() => secured.destroy());
  // The error is a code, whatever the declared type says.
  return secured.authorized ? "trusted" : String(secured.authorizationError);
}

const issue = (request: Partial<CertificateRequest> = {}): Issued =>
  authority.issue({ names: ["mx.example.com"], ...request });

describe("certificates issued on the spot", () => {
  const longAgo = new Date("2020-01-01T00:00:00Z");
  const rows: readonly (readonly [string, Partial<CertificateRequest>, string])[] = [
    ["a good one", {}, "trusted"],
    ["by the root itself", { by: "root" }, "trusted"],
    ["RSA", { key: "rsa" }, "trusted"],
    ["valid beyond 2049", { notAfter: new Date("2060-01-01T00:00:00Z") }, "trusted"],
    ["without a subject", { commonName: "" }, "trusted"],
    ["expired", { notBefore: longAgo, notAfter: new Date("2021-01-01T00:00:00Z") }, "CERT_HAS_EXPIRED"],
    [
      "not valid yet",
      { notBefore: new Date("2090-01-01T00:00:00Z"), notAfter: new Date("2091-01-01T00:00:00Z") },
      "CERT_NOT_YET_VALID",
    ],
    ["self-signed", { by: "self" }, "DEPTH_ZERO_SELF_SIGNED_CERT"],
    ["for another name", { names: ["other.example.com"] }, "ERR_TLS_CERT_ALTNAME_INVALID"],
  ];
  test.each(rows)("%s", async (_, request, expected) => {
    const issued = issue(request);
    expect(await trustOf(issued.chainPem, issued.keyPem)).toBe(expected);
  });

  test("a leaf without its intermediate is not trusted, and neither is another authority's", async () => {
    const issued = issue();
    expect(await trustOf(issued.certPem, issued.keyPem)).toBe("UNABLE_TO_VERIFY_LEAF_SIGNATURE");
    const other = createAuthority("Other").issue({ names: ["mx.example.com"] });
    expect(await trustOf(other.chainPem, other.keyPem)).not.toBe("trusted");
  });

  test("the names are written as they were asked for", () => {
    const san = new X509Certificate(
      issue({
        names: ["*.example.com"],
        extraSans: [
          { type: "ip", value: "2001:db8::25" },
          { type: "email", value: "a@example.com" },
        ],
      }).certPem,
    ).subjectAltName;
    expect(san).toBe("DNS:*.example.com, IP Address:2001:DB8:0:0:0:0:0:25, email:a@example.com");
    expect(
      new X509Certificate(issue({ names: [], commonName: "mx.example.com" }).certPem).subjectAltName,
    ).toBeUndefined();
  });

  test("a small key is a small key", () => {
    const { publicKey } = new X509Certificate(issue({ key: "rsa-1024" }).certPem);
    expect(publicKey.asymmetricKeyDetails?.modulusLength).toBe(1_024);
  });
});
