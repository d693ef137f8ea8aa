import { execFile } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rootCertificates } from "node:tls";
import { promisify } from "node:util";
import { afterAll, describe, expect, test } from "vitest";
import { createAuthority } from "../../src/demo/authority.ts";
import { OptionError } from "../../src/errors.ts";
import { createTrustAnchors } from "../../src/world/trust-anchors.ts";
import { startTlsHost } from "./tls-host.ts";

const authority = createAuthority("Trust");
const { chainPem: cert, keyPem: key } = authority.issue({ names: ["mx.example.com"] });

describe("what the report says of the anchors", () => {
  test("Mozilla alone", () => {
    const { described, roots } = createTrustAnchors();
    expect(described).toBe(`Mozilla roots of Node ${process.versions.node}`);
    expect(roots()).toHaveLength(rootCertificates.length);
  });

  test("and those of ca-file, counted", () => {
    const { described, roots } = createTrustAnchors(`# ours\n${authority.rootPem}\n${authority.intermediatePem}`);
    expect(described).toBe(`Mozilla roots of Node ${process.versions.node} and 2 from ca-file`);
    expect(roots().at(-1)?.subject).toContain("Trust Intermediate");
  });
});

describe("ca-file", () => {
  const blank = authority.rootPem.replace("\n", "\n\n");
  test.each([
    ["an empty line inside a block", blank],
    ["CRLF line ends", authority.rootPem.replaceAll("\n", "\r\n")],
    ["the older label", authority.rootPem.replaceAll("CERTIFICATE", "X509 CERTIFICATE")],
  ])("is read with %s", (_, text) => expect(createTrustAnchors(text).described).toContain("and 1 from ca-file"));

  test.each([
    ["nothing", ""],
    ["a key", key],
    ["rubbish", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"],
    ["half a certificate", authority.rootPem.slice(0, 200)],
    ["a good and a cut one", authority.rootPem + authority.rootPem.slice(0, 200)],
  ])("of %s is refused", (_, text) => expect(() => createTrustAnchors(text)).toThrow(OptionError));
});

describe("the environment changes nothing", async () => {
  const host = await startTlsHost({ cert, key });
  afterAll(() => host.close());
  const folder = mkdtempSync(join(tmpdir(), "anchors-"));
  const extra = join(folder, "extra.pem");
  writeFileSync(extra, authority.rootPem);
  const source = (file: string) => JSON.stringify(new URL(`../../src/world/${file}.ts`, import.meta.url).href);
  const script = `
    import { connect } from "node:net";
    import { rootCertificates } from "node:tls";
    const { handshake } = await import(${source("handshake")});
    const { createTrustAnchors } = await import(${source("trust-anchors")});
    const anchors = createTrustAnchors();
    const socket = connect(${host.port}, "127.0.0.1");
    const terms = { servername: "mx.example.com", anchors, signal: AbortSignal.timeout(5000) };
    const { kind, trust, protocol } = await handshake(socket, terms);
    console.log(JSON.stringify({ kind, trust, protocol }));
    process.exit(0);`;

  const run = promisify(execFile);
  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ["NODE_EXTRA_CA_CERTS", { NODE_EXTRA_CA_CERTS: extra }, []],
    ["NODE_TLS_REJECT_UNAUTHORIZED", { NODE_TLS_REJECT_UNAUTHORIZED: "0" }, []],
    ["SSL_CERT_FILE and --use-openssl-ca", { SSL_CERT_FILE: extra }, ["--use-openssl-ca"]],
    ["--use-system-ca", { SSL_CERT_FILE: extra }, ["--use-system-ca"]],
    ["NODE_OPTIONS", { NODE_OPTIONS: "--tls-cipher-list=ECDHE-RSA-AES128-SHA256 --tls-max-v1.2 --tls-min-v1.2" }, []],
  ])("%s", async (_, env, flags) => {
    const args = [...flags, "--disable-warning=ExperimentalWarning", "--input-type=module", "-e", script];
    const { stdout } = await run(process.execPath, args, { env, timeout: 10_000 });
    expect(JSON.parse(stdout)).toEqual({
      kind: "done",
      protocol: "TLSv1.3",
      trust: {
        kind: "untrusted",
        x509Error: "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
        missingIssuer: "CN=Trust Root",
      },
    });
  });
});
