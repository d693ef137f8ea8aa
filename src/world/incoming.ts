import type { Socket } from "node:net";

/** Octets that came, or why none will. */
export type Incoming =
  | { readonly kind: "octets"; readonly octets: Buffer }
  | { readonly kind: "ended"; readonly reason: string };

/**
 * The next octets of `socket`: exactly `count` where one is given, whatever there is otherwise. Later ones stay in the
 * socket for whoever reads next. Has no deadline: destroying the socket ends the wait.
 */
export function incoming(socket: Socket, count?: number): Promise<Incoming> {
  return new Promise((resolve) => {
    const settle = (outcome: Incoming) => {
      socket.off("readable", look).off("end", end).off("error", end).off("close", end);
      resolve(outcome);
    };
    const look = () => {
      const octets = socket.read(count) as Buffer | null;
      if (octets === null) return;
      // At the end of the stream Node gives what is left, however little.
      settle(count === undefined || octets.length === count ? { kind: "octets", octets } : endOf(socket));
    };
    const end = () => settle(endOf(socket));
    socket.on("readable", look).on("end", end).on("error", end).on("close", end);
    look();
    if (socket.destroyed || socket.readableEnded) end();
  });
}

function endOf(socket: Socket): Incoming {
  return { kind: "ended", reason: socket.errored ? errorCode(socket.errored) : "connection closed" };
}

/** The code of a system error such as `ECONNRESET`; never its message, which holds addresses. */
export function errorCode(error: Error & { readonly code?: unknown }): string {
  return typeof error.code === "string" && /^[A-Z0-9_]{1,64}$/.test(error.code) ? error.code : "network error";
}
