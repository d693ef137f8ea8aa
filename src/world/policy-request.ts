import type { TLSSocket } from "node:tls";
import type { Dispatcher } from "undici";
import type { PolicyResponse } from "../evidence.ts";
import { type Octets, octetsFrom } from "../protocol/octets.ts";
import { readUpTo } from "./bounded-body.ts";

/** Octets of a policy that are read. RFC 8461 §3.3 suggests 64 kilobytes, and common senders stop exactly there. */
export const POLICY_OCTETS = 65_536;
const MOST_INFORMATIONAL = 10;
const MOST_FIELDS = 1_000;

export type PolicyAnswer =
  | {
      readonly kind: "answered";
      readonly head: Pick<PolicyResponse, "status" | "contentType" | "contentEncoding" | "location">;
      readonly body: Octets;
      readonly truncated: boolean;
    }
  /** Our own words; nothing that came from the host. */
  | { readonly kind: "failed"; readonly reason: string };

/**
 * GET /.well-known/mta-sts.txt over a TLS connection that was found good. No redirect is followed and no coding decoded
 * (RFC 8461 §3.3); only the body of a 200 is read, as no other is a policy. One request, then the connection goes.
 */
export async function requestPolicy(secured: TLSSocket, host: string, signal: AbortSignal): Promise<PolicyAnswer> {
  // Read and evaluated when the first policy is fetched.
  const { Client } = await import(/* webpackIgnore: true */ "./later/undici.ts");
  let handed = false;
  const client = new Client(`https://${host}`, {
    allowH2: false,
    maxHeaderSize: 16_384,
    // The deadline is ours, on the wall clock.
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: (_options, callback) => {
      const first = !handed;
      // Not at once: undici is not ready for the answer while it still asks.
      queueMicrotask(() => (first ? callback(null, secured) : callback(new Error("one request a connection"), null)));
      handed = true;
    },
  });
  const flood = new AbortController();
  let informational = 0;
  try {
    const response = await client.request({
      method: "GET",
      path: "/.well-known/mta-sts.txt",
      headers: { "user-agent": "mta-sts-gate", accept: "text/plain", "accept-encoding": "identity" },
      reset: true,
      signal: AbortSignal.any([signal, flood.signal]),
      onInfo: () => {
        informational += 1;
        if (informational > MOST_INFORMATIONAL) flood.abort();
      },
    });
    return await answerOf(response);
  } catch (error) {
    if (flood.signal.aborted)
      return { kind: "failed", reason: `more than ${MOST_INFORMATIONAL} informational responses` };
    return { kind: "failed", reason: reasonOf(error) };
  } finally {
    void client.destroy().catch(() => undefined);
  }
}

async function answerOf({ statusCode, headers, body }: Dispatcher.ResponseData): Promise<PolicyAnswer> {
  if (Object.keys(headers).length > MOST_FIELDS)
    return { kind: "failed", reason: `more than ${MOST_FIELDS} header fields` };
  // Destroying it half-read is how the rest is refused; the error that follows has been expected.
  body.on("error", () => undefined);
  const text = (name: string): string | null => {
    const value = headers[name];
    return value === undefined ? null : [value].flat().join(", ");
  };
  const head = {
    status: statusCode,
    contentType: text("content-type"),
    contentEncoding: text("content-encoding"),
    location: text("location"),
  };
  const octets = statusCode === 200 ? await readUpTo(body, POLICY_OCTETS + 1) : Buffer.alloc(0);
  body.destroy();
  const truncated = octets.length > POLICY_OCTETS;
  return { kind: "answered", head, body: octetsFrom(octets.subarray(0, POLICY_OCTETS)), truncated };
}

const REASONS: Readonly<Record<string, string>> = {
  UND_ERR_HEADERS_OVERFLOW: "the header block is longer than 16 KiB",
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: "the body is not as long as its Content-Length says",
  UND_ERR_SOCKET: "the host ended the connection before the whole answer had come",
  ECONNRESET: "the host reset the connection before the whole answer had come",
};

/** undici's messages quote what the host sent, so only its codes are read. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
  const unreadable = error instanceof Error && error.name === "HTTPParserError" ? "the answer is no HTTP" : undefined;
  return REASONS[code] ?? unreadable ?? "the answer could not be read";
}
