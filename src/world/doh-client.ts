import type { Socket } from "node:net";
import type { TLSSocket } from "node:tls";
import type { Dispatcher } from "undici";
import type { Contact } from "../evidence.ts";
import { readUpTo } from "./bounded-body.ts";
import type { Query } from "./dns-query.ts";
import type { RecordData, RecordType } from "./dns-rdata.ts";
import { type DohServer, type Final, finalReply, malformed, unanswered, unreachable } from "./dns-transport.ts";
import type { DnsFailure } from "./dns-wire.ts";
import type { TrustAnchors } from "./trust-anchors.ts";

export interface DohSettings {
  /** Given by the operator: its host is looked up by the system and not vetted. */
  readonly url: string;
  readonly anchors: TrustAnchors;
  /** Aborting it closes every connection. */
  readonly signal: AbortSignal;
  readonly onConnected?: (contact: Contact, socket: Socket) => void;
}

const MEDIA_TYPE = "application/dns-message";
/** The longest DNS message there is (RFC 1035 §4.2.2). */
const MOST_OCTETS = 65_535;
const CONNECTIONS = 16;

/** DNS over HTTPS by POST (RFC 8484). Redirects are not followed; time is the caller's, on the wall clock. */
export function createDohServer(settings: DohSettings): DohServer {
  const { url } = settings;
  let pool: Promise<Dispatcher> | undefined;
  return {
    url,
    client: {
      ask: async (query, { signal }) => {
        if (signal.aborted) return unanswered();
        pool ??= createPool(settings);
        try {
          return await post(await pool, { url, query, signal });
        } catch (error) {
          return signal.aborted ? unanswered() : unreachable(error instanceof Error ? error : new Error());
        }
      },
    },
  };
}

async function createPool({ url, anchors, signal, onConnected }: DohSettings): Promise<Dispatcher> {
  const { Pool, buildConnector } = await import(/* webpackIgnore: true */ "./later/undici.ts");
  const connect = buildConnector({
    // A context with its own trust anchors, so that nothing in the environment lets anyone in.
    secureContext: anchors.strictContext(),
    rejectUnauthorized: true,
    allowH2: true,
    timeout: 0,
  } as Parameters<typeof buildConnector>[0]);
  const met = (socket: Socket | TLSSocket) => {
    const { hostname, port } = new URL(url);
    const address = socket.remoteAddress ?? "";
    onConnected?.({ purpose: "dns", name: hostname, address, port: Number(port || 443) }, socket);
  };
  const pool = new Pool(new URL(url).origin, {
    connections: CONNECTIONS,
    allowH2: true,
    headersTimeout: 0,
    bodyTimeout: 0,
    maxHeaderSize: 16_384,
    connect: (options, callback) =>
      connect(options, (...outcome) => {
        const [, socket] = outcome;
        if (socket) met(socket);
        callback(...outcome);
      }),
  });
  signal.addEventListener("abort", () => void pool.destroy().catch(() => undefined), { once: true });
  return pool;
}

interface Post<T extends RecordType> {
  readonly url: string;
  readonly query: Query<T>;
  readonly signal: AbortSignal;
}

async function post<T extends RecordType>(
  pool: Dispatcher,
  { url, query, signal }: Post<T>,
): Promise<Final<RecordData[T]>> {
  const { pathname, search } = new URL(url);
  const response = await pool.request({
    method: "POST",
    path: `${pathname}${search}`,
    headers: { accept: MEDIA_TYPE, "content-type": MEDIA_TYPE, "user-agent": "mta-sts-gate" },
    body: zeroId(query.bytes),
    signal,
  });
  // Destroying it half-read is how the rest is refused; the error that follows has been expected.
  response.body.on("error", () => undefined);
  const problem = unusable(response);
  const octets = problem ? Buffer.alloc(0) : await readUpTo(response.body, MOST_OCTETS + 1);
  response.body.destroy();
  if (problem) return problem;
  if (octets.length > MOST_OCTETS) return malformed("the resolver's answer is longer than a DNS message can be");
  return finalReply(octets, { ...query, id: 0 });
}

/** RFC 8484 §4.1: an id of 0, so that caches see the same question. TLS does here what the id does over UDP. */
function zeroId(bytes: Uint8Array): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt16BE(0, 0);
  return copy;
}

function unusable({ statusCode, headers }: Dispatcher.ResponseData): DnsFailure | undefined {
  if (statusCode !== 200) {
    const detail = `the resolver answered with HTTP status ${statusCode}`;
    return { kind: "failure", because: "server-failure", detail };
  }
  const type = [headers["content-type"]].flat()[0] ?? "";
  return type.split(";")[0]?.trim().toLowerCase() === MEDIA_TYPE
    ? undefined
    : malformed("the resolver's answer is not of the type application/dns-message");
}
