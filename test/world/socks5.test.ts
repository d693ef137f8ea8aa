import { connect, type Socket } from "node:net";
import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import { type Tunnel, socks5Connect } from "../../src/world/socks5.ts";
import { startTcpHost, type TestHost } from "./tls-host.ts";

const hosts: TestHost[] = [];
afterEach(() => Promise.all(hosts.splice(0).map((host) => host.close())));

const NOBODY = { username: "", password: "" };
const TARGET = { address: "198.51.100.7", port: 443 };
const SUCCESS = [5, 0, 0, 1, 0, 0, 0, 0, 0, 0];

interface Dealt {
  readonly outcome: Tunnel;
  readonly sent: Buffer;
  readonly socket: Socket;
}

/** Each answer goes out, octet by octet, after the next thing the client says; then the proxy ends, or stays. */
async function deal(
  answers: readonly (readonly number[])[],
  { target = TARGET, credentials = NOBODY, end = true } = {},
): Promise<Dealt> {
  const sent: Buffer[] = [];
  const host = await startTcpHost((proxy) => {
    const left = [...answers];
    proxy.setNoDelay(true).on("data", (octets: Buffer) => {
      sent.push(octets);
      for (const octet of left.shift() ?? []) proxy.write(Uint8Array.of(octet));
      if (left.length === 0 && end) proxy.end();
    });
  });
  hosts.push(host);
  const socket = connect(host.port, "127.0.0.1").on("error", () => undefined);
  const outcome = await socks5Connect(socket, target, credentials);
  return { outcome, sent: Buffer.concat(sent), socket };
}

const failed = (detail: string | RegExp) => ({
  kind: "failed",
  because: "unreachable",
  detail: detail instanceof RegExp ? expect.stringMatching(detail) : detail,
});

describe("RFC 1928", () => {
  test("CONNECT to an IPv4 address (ATYP 1)", async () => {
    const { outcome, sent } = await deal([[5, 0], SUCCESS]);
    expect(outcome).toEqual({ kind: "connected" });
    expect([...sent]).toEqual([5, 1, 0, 5, 1, 0, 1, 198, 51, 100, 7, 1, 187]);
  });

  test("CONNECT to an IPv6 address (ATYP 4)", async () => {
    const { outcome, sent } = await deal([[5, 0], SUCCESS], { target: { address: "2001:db8::25", port: 25 } });
    expect(outcome).toEqual({ kind: "connected" });
    const address = [0x20, 1, 0xd, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0x25];
    expect([...sent.subarray(3)]).toEqual([5, 1, 0, 4, ...address, 0, 25]);
  });

  test("a name is never sent", async () => {
    await expect(deal([[5, 0], SUCCESS], { target: { address: "mx.example.com", port: 25 } })).rejects.toThrow();
  });

  test.each([
    ["IPv6", [5, 0, 0, 4, ...new Array(18).fill(9)]],
    ["name", [5, 0, 0, 3, 3, 0x61, 0x62, 0x63, 0, 80]],
  ])("a reply with a bound %s, and what the far end says stays in the socket", async (_, reply) => {
    const { outcome, socket } = await deal(
      [
        [5, 0],
        [...reply, ...Buffer.from("220 hi")],
      ],
      { end: false },
    );
    expect(outcome).toEqual({ kind: "connected" });
    let heard = "";
    for await (const octets of socket) {
      heard += (octets as Buffer).toString();
      if (heard.length === 6) break;
    }
    expect(heard).toBe("220 hi");
  });

  test.each([
    [1, "general failure"],
    [2, "connection not allowed by its rules"],
    [3, "network unreachable"],
    [4, "host unreachable"],
    [5, "connection refused"],
    [6, "TTL expired"],
    [7, "command not supported"],
    [8, "address type not supported"],
    [9, "reply code 9"],
    [255, "reply code 255"],
  ])("reply code %i", async (code, words) => {
    const { outcome } = await deal([
      [5, 0],
      [5, code, ...SUCCESS.slice(2)],
    ]);
    expect(outcome).toEqual(failed(`the proxy answered: ${words}`));
  });

  test.each<[string, readonly (readonly number[])[], RegExp]>([
    ["no method fits", [[5, 0xff]], /none of our ways/],
    ["a method not offered", [[5, 2]], /none of our ways/],
    ["SOCKS4", [[0, 0x5a]], /does not speak SOCKS5/],
    ["HTTP", [[...Buffer.from("HTTP/1.1 400")]], /does not speak SOCKS5/],
    ["nothing", [[]], /closed the connection/],
    ["half a method", [[5]], /closed the connection/],
    [
      "another version in the reply",
      [
        [5, 0],
        [4, ...SUCCESS.slice(1)],
      ],
      /does not speak SOCKS5/,
    ],
    ["a short reply", [[5, 0], SUCCESS.slice(0, 9)], /closed the connection/],
    [
      "an address type that is none",
      [
        [5, 0],
        [5, 0, 0, 2, 0, 0, 0, 0, 0, 0],
      ],
      /unknown address type/,
    ],
    ["the end, as ssh -D ends what it cannot reach", [[5, 0], []], /closed the connection/],
  ])("%s is no connection", async (_, answers, words) => {
    expect((await deal(answers)).outcome).toEqual(failed(words));
  });

  test("a socket destroyed while waiting ends the wait", async () => {
    const host = await startTcpHost(() => {});
    hosts.push(host);
    const socket = connect(host.port, "127.0.0.1");
    setTimeout(() => socket.destroy(), 20);
    expect(await socks5Connect(socket, TARGET, NOBODY)).toEqual(failed(/closed the connection/));
  });

  test("whatever a proxy says, nothing is thrown and only a success connects", async () => {
    const octets = fc.array(fc.oneof(fc.constantFrom(0, 1, 3, 4, 5), fc.nat(255)), { maxLength: 40 });
    const likely = octets.map((rest) => [5, 0, 5, 0, 0, 1, ...rest]);
    await fc.assert(
      fc.asyncProperty(fc.oneof(octets, likely), async (said) => {
        const { outcome, socket } = await deal([said]);
        socket.destroy();
        if (outcome.kind === "connected") expect(said.slice(0, 4)).toEqual([5, 0, 5, 0]);
        else expect(outcome.detail).toMatch(/^the proxy/);
      }),
      { numRuns: 60 },
    );
  });
});

describe("RFC 1929", () => {
  const credentials = { username: "ann", password: "s3cret" };

  test("the user name and password go out only where the proxy asks", async () => {
    const { outcome, sent } = await deal([[5, 2], [1, 0], SUCCESS], { credentials });
    expect(outcome).toEqual({ kind: "connected" });
    expect(sent.subarray(0, 15).toString("latin1")).toBe("\x05\x02\x00\x02\x01\x03ann\x06s3cret".slice(0, 15));
    const open = await deal([[5, 0], SUCCESS], { credentials });
    expect(open.sent.includes("s3cret")).toBe(false);
  });

  test.each<[string, readonly (readonly number[])[]]>([
    [
      "refused",
      [
        [5, 2],
        [1, 1],
      ],
    ],
    ["cut", [[5, 2], [1]]],
    [
      "answered by rubbish",
      [
        [5, 2],
        [7, 7, 7],
      ],
    ],
  ])("%s: the text holds neither", async (_, answers) => {
    const { outcome } = await deal(answers, { credentials });
    expect(outcome.kind).toBe("failed");
    expect(JSON.stringify(outcome)).not.toMatch(/ann|s3cret/);
  });

  test("more than 255 octets fit no request", async () => {
    const { outcome, sent } = await deal([[5, 2]], {
      credentials: { username: "ä".repeat(128), password: "" },
      end: false,
    });
    expect(outcome).toEqual(failed(/over 255 octets/));
    expect(sent.length).toBe(4);
  });
});
