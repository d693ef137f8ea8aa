import type { TLSSocket } from "node:tls";

/** What a policy host does instead of answering, by name. */
export type PolicyFault = keyof typeof FAULTS;

const VALID = "version: STSv1\r\nmode: none\r\nmax_age: 86400\r\n";
const OK = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nConnection: close\r\n";

const FAULTS = {
  /** One octet a second, for as long as the client stays. */
  drip: (socket) => {
    socket.write(`${OK}Content-Length: ${VALID.length}\r\n\r\n`);
    repeat(socket, 1_000, (at) => VALID[at]);
  },
  "drip-head": (socket) => repeat(socket, 1_000, (at) => OK[at]),
  /** The head, half of the body, and then nothing. */
  "stall-body": (socket) => void socket.write(`${OK}Content-Length: ${VALID.length}\r\n\r\n${VALID.slice(0, 20)}`),
  /** One octet more than the 64 KiB that RFC 8461 §3.3 suggests as a limit. */
  "too-long": (socket) => void socket.end(`${OK}Content-Length: 65537\r\n\r\n${VALID.padEnd(65_537, "\n")}`),
  /** A length-less body without end. */
  endless: (socket) => {
    socket.write(`${OK}\r\n${VALID}`);
    repeat(socket, 1, () => "\n".repeat(16_384));
  },
  "no-http": (socket) => void socket.end("220 mx.example ESMTP\r\n"),
  gzip: (socket) => void socket.end(`${OK}Content-Encoding: gzip\r\nContent-Length: ${VALID.length}\r\n\r\n${VALID}`),
  "1xx-flood": (socket) => repeat(socket, 1, () => "HTTP/1.1 103 Early Hints\r\nLink: </>\r\n\r\n"),
  // RFC 9112 §6.3: two different lengths make a message that cannot be framed.
  "two-lengths": (socket) =>
    void socket.end(`${OK}Content-Length: ${VALID.length}\r\nContent-Length: 15\r\n\r\n${VALID}`),
  /** The connection ends before the promised length. */
  "short-body": (socket) => void socket.end(`${OK}Content-Length: 100\r\n\r\n${VALID}`),
  /** A header block above every limit. */
  "long-head": (socket) => void socket.end(`${OK}X-Filler: ${"a".repeat(100_000)}\r\n\r\n${VALID}`),
} as const satisfies Readonly<Record<string, (socket: TLSSocket) => void>>;

export const POLICY_FAULTS = Object.keys(FAULTS) as readonly PolicyFault[];

export function misbehave(socket: TLSSocket, fault: PolicyFault): void {
  FAULTS[fault](socket);
}

/** Writes a piece each `pause` milliseconds until there is none left or the client has gone; waits for a slow reader. */
function repeat(socket: TLSSocket, pause: number, piece: (at: number) => string | undefined): void {
  let at = 0;
  const timer = setInterval(() => {
    if (socket.writableNeedDrain) return;
    const next = piece(at);
    at += 1;
    if (next === undefined) clearInterval(timer);
    else socket.write(next);
  }, pause);
  socket.once("close", () => clearInterval(timer));
}
