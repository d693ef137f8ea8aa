import type { Duplex } from "node:stream";
import { createSecureContext, type SecureContext, TLSSocket } from "node:tls";
import { misbehave, type PolicyFault } from "./policy-faults.ts";
import type { TlsIdentity } from "./smtp-conversation.ts";

/** What a policy host answers, well or badly. */
export type PolicyReply =
  | {
      readonly kind: "policy";
      readonly body: string | Uint8Array;
      readonly contentType?: string;
      readonly headers?: readonly string[];
    }
  | { readonly kind: "status"; readonly status: number }
  | { readonly kind: "redirect"; readonly location: string }
  | { readonly kind: "raw"; readonly text: string }
  | { readonly kind: "named"; readonly name: PolicyFault }
  /** Nothing after the request. */
  | { readonly kind: "stall" }
  | { readonly kind: "reset" };

export interface PolicySite {
  readonly identity: TlsIdentity;
  readonly reply: PolicyReply;
}

export interface PolicyServer {
  /** The Host headers of the requests, in order. */
  readonly requests: readonly string[];
  /** Serves one stream that is already open, as the SOCKS server has them. */
  readonly accept: (socket: Duplex) => void;
}

/** HTTPS for many policy hosts, told apart by SNI; a name that nobody has gets no certificate. `site` is asked each time. */
export function createPolicyServer(site: (host: string) => PolicySite | undefined): PolicyServer {
  const requests: string[] = [];
  const accept = (socket: Duplex): void => {
    const secured = new TLSSocket(socket, {
      isServer: true,
      SNICallback: (host, done) => done(null, contextOf(site(host.toLowerCase()))),
      ALPNProtocols: ["http/1.1"],
    });
    secured.on("error", () => socket.destroy());
    let head = "";
    secured.on("data", (chunk: Buffer) => {
      head += chunk.toString("latin1");
      if (!head.includes("\r\n\r\n")) return;
      const host = /^host: *(\S+)/im.exec(head)?.[1]?.toLowerCase() ?? "";
      head = "";
      requests.push(host);
      answer(secured, site(host)?.reply ?? { kind: "status", status: 421 });
    });
  };
  return { requests, accept };
}

function contextOf(found: PolicySite | undefined): SecureContext | undefined {
  return found && createSecureContext(found.identity);
}

function answer(socket: TLSSocket, reply: PolicyReply): void {
  switch (reply.kind) {
    case "policy": {
      const body = Buffer.from(reply.body as string);
      const headers = [
        `Content-Type: ${reply.contentType ?? "text/plain"}`,
        `Content-Length: ${body.length}`,
        ...(reply.headers ?? []),
      ];
      socket.end(Buffer.concat([Buffer.from(head("200 OK", headers)), body]));
      return;
    }
    case "status":
      socket.end(`${head(`${reply.status} Demo`, ["Content-Length: 0"])}`);
      return;
    case "redirect":
      socket.end(head("301 Moved", [`Location: ${reply.location}`, "Content-Length: 0"]));
      return;
    case "raw":
      socket.end(Buffer.from(reply.text, "latin1"));
      return;
    case "named":
      misbehave(socket, reply.name);
      return;
    case "reset":
      socket.destroy();
      return;
    case "stall":
  }
}

const head = (status: string, headers: readonly string[]): string =>
  `HTTP/1.1 ${status}\r\n${headers.map((header) => `${header}\r\n`).join("")}Connection: close\r\n\r\n`;
