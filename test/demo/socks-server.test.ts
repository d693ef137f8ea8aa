import { connect } from "node:net";
import type { Duplex } from "node:stream";
import { afterEach, expect, test } from "vitest";
import { type SocksRoute, type SocksServer, startSocksServer } from "../../src/demo/socks-server.ts";
import { quiet } from "./quiet.ts";

const servers: SocksServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

const GREETING = Buffer.of(5, 1, 0);
const CONNECT_V4 = Buffer.of(5, 1, 0, 1, 198, 51, 100, 1, 0, 25);
const CONNECT_V6 = Buffer.concat([
  Buffer.of(5, 1, 0, 4),
  Buffer.from("20010db8000000000000000000000001", "hex"),
  Buffer.of(1, 187),
]);
const CONNECT_NAME = Buffer.concat([Buffer.of(5, 1, 0, 3, 11), Buffer.from("example.com"), Buffer.of(0, 25)]);
const GRANTED = "05000001000000000000";

async function started(route: SocksRoute): Promise<SocksServer> {
  const server = await startSocksServer(() => route);
  servers.push(server);
  return server;
}

/** All octets that answer `messages`, each sent after some answer to the one before. */
async function heardFrom(server: SocksServer, messages: readonly Buffer[]): Promise<string> {
  const socket = connect(server.port, server.address);
  const left = [...messages];
  const { arrived, over } = quiet();
  let heard = "";
  socket.on("error", arrived).on("data", (octets: Buffer) => {
    heard += octets.toString("hex");
    const next = left.shift();
    if (next) socket.write(next);
    arrived();
  });
  socket.write(left.shift() ?? "");
  await over;
  socket.destroy();
  return heard;
}

const echo = (stream: Duplex): void => void stream.pipe(stream);

test("CONNECT leads to the server behind the address", async () => {
  const server = await started(echo);
  expect(await heardFrom(server, [GREETING, CONNECT_V4, Buffer.from("hello")])).toBe(
    `0500${GRANTED}${Buffer.from("hello").toString("hex")}`,
  );
  await heardFrom(server, [GREETING, CONNECT_V6]);
  expect(server.requests).toEqual(["198.51.100.1:25", "2001:0db8:0000:0000:0000:0000:0000:0001:443"]);
});

test.each<[SocksRoute, RegExp]>([
  ["refused", /^05000505/],
  ["unreachable", /^05000504/],
  ["silent", /^0500$/],
  ["down-after-connect", /^050005000001000000000000$/],
  ["short-reply", /^05000500000100$/],
  ["trailing-octets", /^0500050000010000000000003232302/],
  [{ code: 6 }, /^05000506/],
])("%s", async (route, heard) => {
  expect(await heardFrom(await started(route), [GREETING, CONNECT_V4])).toMatch(heard);
});

test("a name left to the proxy is refused and remembered as such", async () => {
  const server = await started(echo);
  expect(await heardFrom(server, [GREETING, CONNECT_NAME])).toMatch(/^05000508/);
  expect(server.requests).toEqual(["name:example.com:25"]);
});

test("a login, where one is asked for", async () => {
  const server = await startSocksServer(() => echo, { username: "demo", password: "s3cret" });
  servers.push(server);
  const hello = Buffer.of(5, 1, 2);
  const login = (password: string): Buffer =>
    Buffer.concat([Buffer.of(1, 4), Buffer.from("demo"), Buffer.of(password.length), Buffer.from(password)]);
  expect(await heardFrom(server, [hello, login("s3cret"), CONNECT_V4])).toBe(`05020100${GRANTED}`);
  expect(await heardFrom(server, [hello, login("wrong!"), CONNECT_V4])).toBe("05020101");
  expect(await heardFrom(server, [GREETING, CONNECT_V4])).toBe("05ff");
  expect(server.requests).toHaveLength(1);
});
