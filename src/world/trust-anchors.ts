import { X509Certificate } from "node:crypto";
import { createSecureContext, rootCertificates, type SecureContext } from "node:tls";
import { OptionError } from "../errors.ts";

/** Whom this run trusts, and the one TLS context that every handshake uses. */
export interface TrustAnchors {
  readonly context: SecureContext;
  /** For the operator's own servers, which are not there to be looked at: TLS 1.2 and newer. Made when first asked for. */
  readonly strictContext: () => SecureContext;
  /** Read when first asked for: only a refused chain needs them. */
  readonly roots: () => readonly X509Certificate[];
  /** For `Vantage.trustAnchors`: `Mozilla roots of Node 24.21.0 and 1 from ca-file`. */
  readonly described: string;
}

// Old peers must be seen to be named, so everything OpenSSL still speaks is offered; the judge says what is too old
// (RFC 8461 §7.2). A constant, because NODE_OPTIONS and --tls-cipher-list change tls.DEFAULT_CIPHERS.
const CIPHERS = [
  "TLS_AES_256_GCM_SHA384",
  "TLS_CHACHA20_POLY1305_SHA256",
  "TLS_AES_128_GCM_SHA256",
  "DEFAULT:!aNULL:!eNULL:@SECLEVEL=0",
].join(":");

const STRICT_CIPHERS = CIPHERS.replace(/:@SECLEVEL=0$/, "");

/**
 * The Mozilla roots that Node ships, and the certificates of `caText` (PEM). An explicit `ca` is what makes
 * NODE_EXTRA_CA_CERTS, --use-system-ca and --use-openssl-ca change nothing.
 * @throws OptionError when `caText` holds no certificate, or one that cannot be read.
 */
export function createTrustAnchors(caText?: string): TrustAnchors {
  const added = caText === undefined ? [] : certificatesOf(caText);
  const ca = [...rootCertificates, ...added.map(String)];
  const context = createSecureContext({
    ca,
    minVersion: "TLSv1",
    maxVersion: "TLSv1.3",
    ciphers: CIPHERS,
    ecdhCurve: "auto",
  });
  const from = caText === undefined ? "" : ` and ${added.length} from ca-file`;
  let roots: readonly X509Certificate[] | undefined;
  let strict: SecureContext | undefined;
  return {
    context,
    strictContext: () => (strict ??= createSecureContext({ ca, minVersion: "TLSv1.2", ciphers: STRICT_CIPHERS })),
    roots: () => (roots ??= [...rootCertificates.map((pem) => new X509Certificate(pem)), ...added]),
    described: `Mozilla roots of Node ${process.versions.node}${from}`,
  };
}

// RFC 7468 §5.1; the base64 is taken out of its lines, as OpenSSL 3.5 refuses a block with an empty one.
const PEM = /-----BEGIN (?:X509 |TRUSTED )?CERTIFICATE-----([^-]*)-----END (?:X509 |TRUSTED )?CERTIFICATE-----/g;

function certificatesOf(text: string): readonly X509Certificate[] {
  const found = [...text.matchAll(PEM)].map(([, base64 = ""]) => base64);
  const begun = text.match(/-----BEGIN [A-Z0-9 ]*CERTIFICATE-----/g)?.length ?? 0;
  if (begun === 0) throw new OptionError("ca-file", "holds no PEM certificate");
  if (begun !== found.length) throw new OptionError("ca-file", "holds a PEM certificate without an end");
  return found.map((base64, index) => {
    try {
      return new X509Certificate(Buffer.from(base64, "base64"));
    } catch {
      throw new OptionError("ca-file", `certificate ${index + 1} of it cannot be read`);
    }
  });
}
