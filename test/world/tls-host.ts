import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from "node:net";
import { createServer as createTlsServer, type TlsOptions, type TLSSocket } from "node:tls";

export interface TestHost {
  readonly port: number;
  /** Connections accepted. */
  readonly connections: () => number;
  /** What was sent over finished handshakes, a text for each. */
  readonly requests: string[];
  readonly serverNames: string[];
  readonly close: () => Promise<void>;
}

export interface Place {
  readonly address: string;
  /** 0: of the system's choice. */
  readonly port: number;
}

const LOOPBACK: Place = { address: "127.0.0.1", port: 0 };

async function listening(
  server: Server,
  rest: Pick<TestHost, "requests" | "serverNames">,
  { address, port }: Place,
): Promise<TestHost> {
  const open = new Set<Socket>();
  let connections = 0;
  server.on("connection", (socket: Socket) => {
    connections += 1;
    open.add(socket);
    socket.on("error", () => undefined);
  });
  await new Promise<void>((resolve) => server.listen(port, address, resolve));
  return {
    ...rest,
    port: (server.address() as AddressInfo).port,
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

/** A TLS server on loopback; `serve` is called once a request's header block, or as much of it as came, is there. */
export function startTlsHost(
  options: TlsOptions,
  serve: (socket: TLSSocket) => void = () => {},
  place = LOOPBACK,
): Promise<TestHost> {
  const requests: string[] = [];
  const serverNames: string[] = [];
  const server = createTlsServer(options, (socket) => {
    const at = requests.push("") - 1;
    serverNames.push((socket as { servername?: string | false }).servername || "");
    socket.on("error", () => undefined);
    socket.once("data", (octets: Buffer) => {
      requests[at] = octets.toString("latin1");
      serve(socket);
    });
  });
  server.on("tlsClientError", () => undefined);
  return listening(server, { requests, serverNames }, place);
}

/** A TCP server on loopback that speaks by script. */
export function startTcpHost(serve: (socket: Socket) => void, address = "127.0.0.1"): Promise<TestHost> {
  return listening(
    createTcpServer({ allowHalfOpen: true }, serve),
    { requests: [], serverNames: [] },
    { address, port: 0 },
  );
}
