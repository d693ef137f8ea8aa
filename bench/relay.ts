// A line of a constant delay on loopback, without root: what a round trip costs, for measurements of how many there are in a row
// (shared by bench/ and test/world/round-trips.test.ts). Each direction of UDP and TCP is a queue whose items leave half a round trip
// after they came. A TCP connection begins with a handshake that the kernel's own loopback hides, so its far end is opened one round
// trip and a half after its near end: then a server that speaks first is heard after two, and one that answers after three.
import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface Relay {
  readonly port: number;
  /** Milliseconds; counts for what comes after it is set. */
  roundTrip: number;
  readonly close: () => Promise<void>;
}

const LOOPBACK = "127.0.0.1";

/** Hands things on in their order, each `delay()` milliseconds after it came. */
function createLine(delay: () => number): (hand: () => void) => void {
  let last = 0;
  return (hand) => {
    last = Math.max(last, performance.now() + delay());
    // Of two timers that end together Node runs the earlier one first: the order holds.
    setTimeout(hand, Math.max(0, last - performance.now()));
  };
}

/** A relay of TCP to a port of loopback. */
export async function startTcpRelay(target: number): Promise<Relay> {
  const open = new Set<Socket>();
  const keep = (socket: Socket) => {
    open.add(socket);
    socket.on("error", () => socket.destroy()).on("close", () => open.delete(socket));
    return socket.setNoDelay(true);
  };
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (near) => {
    keep(near);
    const begun = performance.now();
    const half = () => relay.roundTrip / 2;
    const there = createLine(() => Math.max(half(), begun + 3 * half() - performance.now()));
    const back = createLine(half);
    let far: Socket | undefined;
    there(() => {
      if (near.destroyed) return;
      far = keep(connect({ host: LOOPBACK, port: target, allowHalfOpen: true }));
      far.on("data", (octets) => back(() => near.write(octets)));
      far.on("end", () => back(() => near.end()));
      far.on("close", () => back(() => near.destroy()));
    });
    near.on("data", (octets) => there(() => far?.write(octets)));
    near.on("end", () => there(() => far?.end()));
    near.on("close", () => there(() => far?.destroy()));
  });
  await new Promise<void>((resolve) => server.listen(0, LOOPBACK, resolve));
  const relay: Relay = {
    port: (server.address() as AddressInfo).port,
    roundTrip: 0,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
  return relay;
}

/** A relay of UDP to a port of loopback; each client has a socket of its own behind it. */
export async function startUdpRelay(target: number): Promise<Relay> {
  const clients = new Map<string, UdpSocket>();
  const near = createSocket("udp4");
  const half = () => relay.roundTrip / 2;
  const there = createLine(half);
  const back = createLine(half);
  near.on("message", (octets, from) => {
    const key = `${from.address}:${from.port}`;
    const far = clients.get(key) ?? createSocket("udp4");
    if (!clients.has(key)) far.on("message", (reply) => back(() => near.send(reply, from.port, from.address)));
    clients.set(key, far);
    there(() => far.send(octets, target, LOOPBACK));
  });
  await new Promise<void>((resolve) => near.bind(0, LOOPBACK, resolve));
  const relay: Relay = {
    port: near.address().port,
    roundTrip: 0,
    close: async () => {
      for (const socket of [near, ...clients.values()]) socket.close();
    },
  };
  return relay;
}
