import { connect as connectTcp, type Socket } from "node:net";
import { connect as connectTls } from "node:tls";
import { afterAll, describe, expect, test } from "vitest";
import { createAuthority } from "../../src/demo/authority.ts";
import { type MxBehaviour, type MxServer, startMxServer } from "../../src/demo/mx-server.ts";
import { quiet } from "./quiet.ts";

const authority = createAuthority("Test");
const { chainPem: cert, keyPem: key } = authority.issue({ names: ["mx.example.com"] });
const HELLO = ["EHLO probe.example", "STARTTLS"];
const servers: MxServer[] = [];
const sockets: Socket[] = [];
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(servers.map((server) => server.close()));
});

async function started(behaviour: MxBehaviour): Promise<MxServer> {
  const server = await startMxServer({ behaviour, tls: { cert, key } });
  servers.push(server);
  return server;
}

/** Sends each line after some answer to the one before; returns all that came, and how it ended. */
async function talk(
  server: MxServer,
  lines: readonly string[],
): Promise<{ heard: string; ended: string; socket: Socket }> {
  const socket = connectTcp(server.port, server.address);
  sockets.push(socket);
  const left = [...lines];
  const { arrived, over } = quiet();
  const broken = Promise.withResolvers<string>();
  let heard = "";
  socket.on("data", (octets: Buffer) => {
    heard += octets.toString("latin1");
    arrived();
    const next = left.shift();
    if (next !== undefined) socket.write(`${next}\r\n`);
    if (heard.length < 500_000) return;
    broken.resolve("flooded");
    socket.destroy();
  });
  socket.on("end", () => broken.resolve("closed")).on("error", () => broken.resolve("reset"));
  const ended = await Promise.race([broken.promise, over.then(() => "open")]);
  return { heard, ended, socket };
}

async function secured(server: MxServer, tls = {}): Promise<string> {
  const { socket } = await talk(server, HELLO);
  socket.removeAllListeners("data");
  const stream = connectTls({ socket, servername: "mx.example.com", ca: authority.rootPem, ...tls });
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve("stalled"), 400);
    stream.once("secureConnect", () => resolve(`${stream.getProtocol()} ${stream.authorized}`));
    stream.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    stream.once("close", () => clearTimeout(timer));
  });
}

describe.concurrent("in the clear", () => {
  test.each<[MxBehaviour, readonly string[], RegExp, string]>([
    ["good", ["EHLO probe.example", "QUIT"], /^220 .*250-STARTTLS\r\n.*221 /s, "closed"],
    ["no-starttls", HELLO.slice(0, 1), /250 8BITMIME\r\n$/, "open"],
    ["starttls-454", HELLO, /\n454 /, "open"],
    ["starttls-501", HELLO, /\n501 /, "open"],
    ["starttls-then-plaintext", HELLO, /220 2.0.0 ready to start TLS\r\n250-evil/, "open"],
    ["silent", [], /^$/, "open"],
    ["greets-554", [], /^554 /, "open"],
    ["ehlo-500", HELLO.slice(0, 1), /\n500 /, "open"],
    ["closes-at-greeting", [], /^$/, "closed"],
    ["closes-at-ehlo", HELLO.slice(0, 1), /^220 [^\n]*\n$/, "closed"],
    ["bare-lf", HELLO.slice(0, 1), /[^\r]\n250-SIZE/, "open"],
    ["mixed-codes", HELLO.slice(0, 1), /250-.*\r\n220-/, "open"],
    ["endless-reply", HELLO.slice(0, 1), /(250-mx.example\r\n){9}/, "flooded"],
    ["long-line", HELLO.slice(0, 1), /A{65536}/, "open"],
    ["refusal-injection", [], /^554-.*\n554-::error.*\n554 \]\(/s, "open"],
    ["ehlo-injection", HELLO.slice(0, 1), /\n250-::error.*\n250 8BITMIME/s, "open"],
    ["starttls-injection", HELLO, /\n454-::error.*\n454 \]\(/s, "open"],
    ["banner-injection", [], /##\[error\]x.*\r::set-output/s, "open"],
  ])("%s", async (behaviour, lines, heard, ended) => {
    const outcome = await talk(await started(behaviour), lines);
    expect(outcome.heard).toMatch(heard);
    expect(outcome.ended).toBe(ended);
  });

  test("greets-421-once, then good", async () => {
    const server = await started("greets-421-once");
    expect((await talk(server, [])).heard).toMatch(/^421 /);
    expect((await talk(server, ["QUIT"])).heard).toMatch(/^220 .*221 /s);
    expect(server.sessions).toEqual([[], ["QUIT"]]);
  });

  test("drip: one octet at once, the next a second later", async () => {
    expect(await talk(await started("drip"), [])).toMatchObject({ heard: "2", ended: "open" });
  });

  test("talk out of turn is remembered", async () => {
    const server = await started("good");
    await talk(server, ["EHLO probe.example\r\nNOOP"]);
    expect(server.earlyTalk).toEqual(["NOOP\r\n"]);
    const orderly = await started("good");
    await talk(orderly, ["EHLO probe.example", "NOOP"]);
    expect(orderly.earlyTalk).toEqual([]);
  });
});

describe.concurrent("the handshake", () => {
  const old = { minVersion: "TLSv1", ciphers: "DEFAULT:@SECLEVEL=0" };
  test.each<[MxBehaviour, object, RegExp]>([
    ["good", {}, /^TLSv1.3 true$/],
    ["tls-1.2-only", {}, /^TLSv1.2 true$/],
    ["tls-1.1-only", old, /^TLSv1.1 true$/],
    ["tls-1.1-only", {}, /PROTOCOL|VERSION/],
    ["handshake-alert", {}, /HANDSHAKE_FAILURE/],
    ["handshake-reset", {}, /ECONNRESET/],
    ["handshake-stall", {}, /^stalled$/],
    ["handshake-plaintext", {}, /WRONG_VERSION|PACKET/],
  ])("%s %j", async (behaviour, tls, expected) => {
    const server = await started(behaviour);
    expect(await secured(server, tls)).toMatch(expected);
    expect(server.sessions[0]).toEqual(HELLO);
    expect(server.earlyTalk).toEqual([]);
  });

  test("SNI is remembered", async () => {
    const server = await started("good");
    await secured(server);
    await expect.poll(() => server.serverNames).toEqual(["mx.example.com"]);
  });
});
