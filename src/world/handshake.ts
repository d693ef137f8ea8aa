import type { X509Certificate } from "node:crypto";
import type { Duplex } from "node:stream";
import { connect, type TLSSocket } from "node:tls";
import type { Certificate, ChainTrust } from "../protocol/certificate.ts";
import { certificateFacts } from "./certificate-facts.ts";
import { judgeChain } from "./chain-trust.ts";
import type { TrustAnchors } from "./trust-anchors.ts";

export interface HandshakeTerms {
  /** Sent as SNI (RFC 8461 §7.1). */
  readonly servername: string;
  readonly anchors: TrustAnchors;
  /** Aborting it breaks the connection. */
  readonly signal: AbortSignal;
  readonly alpn?: readonly string[];
}

export type Handshake =
  | {
      readonly kind: "done";
      readonly secured: TLSSocket;
      /** `TLSv1`, `TLSv1.1`, `TLSv1.2`, `TLSv1.3`. */
      readonly protocol: string;
      /** As presented, leaf first. */
      readonly chain: readonly Certificate[];
      readonly trust: ChainTrust;
    }
  /** The peer said no, or spoke no TLS that we can. `detail`: `SSL alert number N`, or OpenSSL's word for it. */
  | { readonly kind: "failed"; readonly detail: string }
  /** The connection ended half-way: says nothing about the peer's TLS. */
  | { readonly kind: "cut"; readonly detail: string };

/**
 * A TLS handshake over `socket` that finishes wherever the peer lets it: what a certificate is worth comes out as
 * data. Names are not looked at here; `tls.checkServerIdentity` would take a CN (RFC 8461 §4.2 does not).
 */
export function handshake(socket: Duplex, { servername, anchors, signal, alpn }: HandshakeTerms): Promise<Handshake> {
  return new Promise((resolve) => {
    const secured = connect({
      socket,
      servername,
      secureContext: anchors.context,
      rejectUnauthorized: false,
      checkServerIdentity: () => undefined,
      ...(alpn ? { ALPNProtocols: [...alpn] } : {}),
    });
    const settle = (outcome: Handshake) => {
      signal.removeEventListener("abort", abort);
      if (outcome.kind !== "done") destroyBoth();
      resolve(outcome);
    };
    const destroyBoth = () => {
      secured.destroy();
      socket.destroy();
    };
    const abort = () => settle({ kind: "cut", detail: "timed out" });
    signal.addEventListener("abort", abort, { once: true });
    // The listeners stay: a reset long after the handshake must not end the process.
    secured.on("error", (error) => settle(failure(error)));
    secured.on("close", () => settle({ kind: "cut", detail: "connection closed" }));
    secured.once("secureConnect", () => settle(outcomeOf(secured, anchors)));
    if (signal.aborted) abort();
  });
}

function outcomeOf(secured: TLSSocket, anchors: TrustAnchors): Handshake {
  const chain = presentedChain(secured);
  if (chain.length === 0) return { kind: "failed", detail: "no certificate" };
  // With no name to compare, whatever made the socket unauthorized is the chain's.
  const verifyError = secured.authorized ? undefined : codeText(secured.authorizationError);
  return {
    kind: "done",
    secured,
    protocol: secured.getProtocol() ?? "unknown",
    chain: chain.map(certificateFacts),
    trust: judgeChain({ chain, verifyError }, anchors.roots),
  };
}

/** OpenSSL itself stops at 100 kB of certificates; a longer list than this only costs time. */
const MOST_CERTIFICATES = 100;

function presentedChain(secured: TLSSocket): readonly X509Certificate[] {
  const chain: X509Certificate[] = [];
  // Asked once: in Node 24 the call empties the stack that it reads.
  let next = secured.getPeerX509Certificate();
  while (next !== undefined && chain.length < MOST_CERTIFICATES) {
    chain.push(next);
    next = next.issuerCertificate;
  }
  return chain;
}

/** Node types `authorizationError` as an Error and sets its code. */
function codeText(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error);
  return /^[A-Z0-9_]{1,64}$/.test(text) ? text : "UNSPECIFIED";
}

function failure(error: Error & { readonly code?: string; readonly reason?: string }): Handshake {
  const { code = "", reason = "", message } = error;
  if (!/^ERR_(SSL|TLS)_/.test(code) || /UNEXPECTED_EOF/.test(code)) {
    return { kind: "cut", detail: code === "ECONNRESET" || code === "" ? "connection reset" : code };
  }
  // OpenSSL's message holds a thread id and a source line: only what means the same tomorrow is kept.
  const [alert] = /SSL alert number [0-9]{1,3}/.exec(message) ?? [];
  return { kind: "failed", detail: alert ?? (/^[a-z0-9 /_-]{1,80}$/i.test(reason) ? reason : code) };
}
