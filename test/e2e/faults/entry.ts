import type { Duplex } from "node:stream";
import type { SecureContextOptions, TLSSocket } from "node:tls";
import { TLSSocket as Secured } from "node:tls";
import type { CertificateRequest } from "../../../src/demo/authority.ts";
import type { DnsReply } from "../../../src/demo/dns-server.ts";
import { type Internet, POLICY_ADDRESS, presented } from "../../../src/demo/internet.ts";
import type { MxServerOptions } from "../../../src/demo/mx-server.ts";
import { createPolicyServer, type PolicyReply } from "../../../src/demo/policy-server.ts";
import type { SocksRoute } from "../../../src/demo/socks-server.ts";
import { zoneAnswer } from "../../../src/demo/zone.ts";
import { type Arrange, type Change, files, policy } from "../stage.ts";

/** `configuration` is exit 2. */
export type Said = "ready" | "blocked" | "unknown" | "configuration";

/** One fault in the world where everything is good and enforce is turned on. */
export interface Fault {
  readonly id: string;
  readonly what: string;
  /** The verdict that the catalogue of faults names. */
  readonly row: Said;
  /** Ours, where SPEC.md or a vector says otherwise than the catalogue, with where. */
  readonly instead?: readonly [verdict: Said, because: string];
  /** Seconds that the row allows at the default timeout. */
  readonly within: number;
  /** Text in the log; docs/faults.md has the rules and result types of each. */
  readonly tells?: RegExp;
  readonly arrange?: Arrange;
  readonly change?: Partial<Change>;
}

/** A row that no run of the bundle on one machine's loopback can show. */
export interface NotHere {
  readonly id: string;
  readonly notHere: string;
}

export type Row = Fault | NotHere;

export const TESTING = policy("testing", 86_400, "mx1", "mx2");
export const ENFORCE = policy("enforce", 86_400, "mx1", "mx2");
/** Needs everything: record, policy, MX, addresses and probes. */
export const ENFORCED: Change = {
  base: files(TESTING, "A"),
  head: files(ENFORCE, "B"),
  deployed: { policy: TESTING, id: "A", mx: { mx1: "good", mx2: "good" } },
};
/** The same without DNS as code: the live MX are what is judged. */
export const BY_HAND = {
  base: files(TESTING),
  head: files(ENFORCE),
  inputs: { "record-id": "B" },
} as const satisfies Change;
export const MX1 = "198.51.100.10";
export const POLICY_HOST = "mta-sts.example.com";

// --- DNS ---------------------------------------------------------------------------------------------------------------

const good = (internet: Internet, name: string, type: string) => zoneAnswer(internet.zone, name, type);

/** Answers one question, each time it is asked, with what `reply` makes of the good answer. */
export const asked =
  (name: string, type: string, reply: DnsReply | ((answer: ReturnType<typeof good>) => DnsReply)): Arrange =>
  (internet) =>
    void (internet.dnsFault = (question) => {
      if (question.name !== name || question.type !== type) return undefined;
      return typeof reply === "function" ? reply(good(internet, name, type)) : reply;
    });

export const record = (reply: Parameters<typeof asked>[2]): Arrange => asked("_mta-sts.example.com", "TXT", reply);

export const zoned =
  (names: Internet["zone"]): Arrange =>
  (internet) =>
    void Object.assign(internet.zone, names);

// --- HTTPS -------------------------------------------------------------------------------------------------------------

export const served = (reply: PolicyReply): Partial<Change> => ({
  deployed: { ...ENFORCED.deployed, policy: reply },
});
export const raw = (text: string): Partial<Change> => served({ kind: "raw", text });
export const OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n";
export const LENGTH = `Content-Length: ${TESTING.length}\r\n`;

/** What is behind a port, whatever the address, or behind one address of it. */
export const behind =
  (port: number, route: "refused" | "silent" | ((internet: Internet) => SocksRoute), address?: string): Arrange =>
  (internet) => {
    const end = typeof route === "function" ? route(internet) : route;
    internet.routeFault = (at, asks) => (asks === port && (address ?? at) === at ? end : undefined);
  };

/** A TLS server of the policy host's name that does `then` as soon as it is secured. */
export const securely =
  (options: SecureContextOptions & { ALPNProtocols?: string[] }, then: (socket: TLSSocket) => void) =>
  ({ authority }: Internet): SocksRoute => {
    const identity = presented(authority.issue({ names: [POLICY_HOST] }));
    return (socket: Duplex) => {
      const secured = new Secured(socket, { isServer: true, ...identity, ALPNProtocols: ["http/1.1"], ...options });
      secured.on("error", () => socket.destroy()).once("secure", () => then(secured));
    };
  };

export const answering =
  (text: string) =>
  (socket: TLSSocket): void => {
    socket.once("data", () => socket.end(text));
  };

/** The policy host at a second address, where it serves something else. */
export const alsoAt =
  (address: string, reply: PolicyReply): Arrange =>
  (internet) => {
    const { accept } = createPolicyServer(() => ({
      identity: presented(internet.authority.issue({ names: [POLICY_HOST] })),
      reply,
    }));
    internet.zone[POLICY_HOST] = { A: [POLICY_ADDRESS, address] };
    internet.routeFault = (at, port) => (at === address && port === 443 ? accept : undefined);
  };

export type Certificate = readonly [what: string, request: Partial<CertificateRequest> & { readonly chain?: "leaf" }];

const DAY = 86_400_000; // milliseconds
export const CERTIFICATES = (host: string): readonly (readonly [...Certificate, tells: RegExp])[] => [
  ["expired", { notAfter: new Date(Date.now() - DAY), notBefore: new Date(Date.now() - 9 * DAY) }, /CERT_HAS_EXPIRED/],
  ["not yet valid", { notBefore: new Date(Date.now() + DAY) }, /CERT_NOT_YET_VALID/],
  ["self-signed", { by: "self" }, /DEPTH_ZERO_SELF_SIGNED_CERT/],
  ["without its intermediate", { chain: "leaf" }, /UNABLE_TO_VERIFY_LEAF_SIGNATURE/],
  ["for another name", { names: ["elsewhere.example.net"] }, /dns-id/i],
  ["CN only", { names: [], commonName: host }, /dns-id/i],
  ["partial wildcard", { names: [host.replace(/^[^.]+/, "m*")] }, /dns-id/i],
  ["IP address only", { names: [], extraSans: [{ type: "ip", value: MX1 }] }, /dns-id/i],
  ["NUL in its name", { names: [`${host}\0.example.net`] }, /dns-id/i],
  ["SHA-1", { digest: "sha1" }, /CA_MD_TOO_WEAK/],
  ["RSA-1024", { key: "rsa-1024" }, /EE_KEY_TOO_SMALL/],
  ["for clients", { usage: "client" }, /INVALID_PURPOSE/],
];

export function identityOf({ authority }: Internet, host: string, { chain, ...request }: Certificate[1]) {
  const issued = authority.issue({ names: [host], ...request });
  const identity = chain === "leaf" ? { cert: issued.certPem, key: issued.keyPem } : presented(issued);
  // Our own server would not present a key of 1,024 bits otherwise.
  return request.key === "rsa-1024" ? { ...identity, ciphers: "DEFAULT:@SECLEVEL=0" } : identity;
}

export const policyCertificate =
  (request: Certificate[1]): Arrange =>
  (internet) =>
    behind(
      443,
      securely(identityOf(internet, POLICY_HOST, request), answering(`${OK}${LENGTH}\r\n${TESTING}`)),
    )(internet);

// --- SMTP --------------------------------------------------------------------------------------------------------------

export const mx1 = (options: MxServerOptions): Partial<Change> => ({
  deployed: { ...ENFORCED.deployed, mx: { mx1: options, mx2: "good" } },
});

export const mxCertificate =
  (request: Certificate[1]): Arrange =>
  (internet) =>
    internet.placeMx(MX1, { tls: identityOf(internet, "mx1.example.com", request) });

/** On the server's side, in milliseconds. */
export const pause = (milliseconds: number): Promise<void> => new Promise((go) => setTimeout(go, milliseconds));
