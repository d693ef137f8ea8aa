import type { Duplex } from "node:stream";
import { createSecureContext, TLSSocket } from "node:tls";

/** PEM, as a server presents it. */
export interface TlsIdentity {
  readonly cert: string;
  readonly key: string;
}

/** The server's end of one SMTP connection: replies out, lines in, in lock step. */
export interface Conversation {
  /** 1 for the first connection to this server. */
  readonly number: number;
  readonly send: (text: string) => Promise<void>;
  /** One octet a second. */
  readonly drip: (text: string) => Promise<void>;
  /** The client's next line without its end; undefined when it has gone. */
  readonly line: () => Promise<string | undefined>;
  /** Until the client speaks again, or goes. */
  readonly spoken: () => Promise<void>;
  readonly secure: (identity: TlsIdentity, versions?: TlsVersions) => Promise<void>;
  readonly secured: () => boolean;
  readonly raw: (octets: Uint8Array) => void;
  readonly end: () => void;
  readonly reset: () => void;
  readonly gone: Promise<void>;
}

export interface TlsVersions {
  readonly minVersion: "TLSv1" | "TLSv1.1" | "TLSv1.2";
  readonly maxVersion: "TLSv1.1" | "TLSv1.2" | "TLSv1.3";
  readonly ciphers?: string;
}

/** What the server remembers of a conversation. */
export interface Heard {
  readonly number: number;
  readonly line: (text: string) => void;
  /** Octets that came before the reply they had to wait for (RFC 5321 §4.3.1). */
  readonly early: (text: string) => void;
  readonly serverName: (name: string) => void;
}

export function openConversation(opened: Duplex, heard: Heard): Conversation {
  const { promise: gone, resolve: leave } = Promise.withResolvers<void>();
  const state = { stream: opened, waiting: Buffer.alloc(0), over: false, secured: false, wake: () => {} };
  const listen = (stream: Duplex): void => {
    stream.on("data", (octets: Buffer) => {
      state.waiting = Buffer.concat([state.waiting, octets]);
      state.wake();
    });
    for (const event of ["end", "close", "error"]) stream.on(event, over);
  };
  function over(): void {
    state.over = true;
    state.wake();
    leave();
  }
  listen(opened);

  const more = (): Promise<void> => new Promise((resolve) => (state.wake = resolve));
  const noteEarly = (): void => {
    if (state.waiting.length > 0) heard.early(state.waiting.toString("latin1"));
  };
  const write = async (text: string): Promise<void> => {
    if (state.over || state.stream.write(text, "latin1")) return;
    await new Promise<void>((resolve) => {
      state.stream.once("drain", resolve);
      void gone.then(resolve);
    });
  };
  return {
    number: heard.number,
    gone,
    secured: () => state.secured,
    send: async (text) => {
      noteEarly();
      await write(text);
    },
    drip: async (text) => {
      for (const octet of text) {
        await write(octet);
        await secondOr(gone);
        if (state.over) return;
      }
    },
    line: async () => {
      for (;;) {
        const end = state.waiting.indexOf("\n");
        if (end >= 0) {
          const text = state.waiting.subarray(0, end).toString("latin1").replace(/\r$/, "");
          state.waiting = state.waiting.subarray(end + 1);
          heard.line(text);
          return text;
        }
        if (state.over) return undefined;
        await more();
      }
    },
    spoken: async () => {
      while (state.waiting.length === 0 && !state.over) await more();
    },
    secure: async (identity, versions) => {
      const plain = state.stream;
      plain.removeAllListeners("data");
      plain.pause();
      if (state.waiting.length > 0) plain.unshift(state.waiting);
      state.waiting = Buffer.alloc(0);
      // The intermediate, where there is one, is part of `cert`: one given as `ca` would be sent unasked.
      const secureContext = createSecureContext({ ...identity, ...versions });
      const secured = new TLSSocket(plain as never, { isServer: true, secureContext, ALPNProtocols: [] });
      const settled = new Promise<void>((resolve) => {
        secured.once("secure", resolve);
        void gone.then(resolve);
      });
      state.stream = secured;
      listen(secured);
      await settled;
      state.secured = !state.over;
      heard.serverName((secured as { servername?: string | false | null }).servername || "");
    },
    raw: (octets) => void state.stream.write(octets),
    end: () => void state.stream.end(),
    reset: () => reset(opened),
  };
}

/** Breaks the connection: with a TCP RST where the stream is a TCP socket. */
export function reset(stream: Duplex): void {
  if ("resetAndDestroy" in stream && typeof stream.resetAndDestroy === "function") stream.resetAndDestroy();
  else stream.destroy();
}

function secondOr(gone: Promise<void>): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, 1_000);
    void gone.then(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}
