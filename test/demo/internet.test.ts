import { createSocket } from "node:dgram";
import { readFile, stat } from "node:fs/promises";
import { connect } from "node:net";
import { connect as connectTls } from "node:tls";
import { decode, encode } from "dns-packet";
import { afterEach, expect, test } from "vitest";
import { type Internet, POLICY_ADDRESS, presented, startInternet } from "../../src/demo/internet.ts";
import { quiet } from "./quiet.ts";

const opened: Internet[] = [];
afterEach(() => Promise.all(opened.splice(0).map((internet) => internet.close())));

async function started(): Promise<Internet> {
  const internet = await startInternet();
  opened.push(internet);
  internet.zone = { "example.com": { MX: [[10, "mx1.example.com"]] } };
  const { authority } = internet;
  internet.sites = {
    "mta-sts.example.com": {
      identity: presented(authority.issue({ names: ["mta-sts.example.com"] })),
      reply: { kind: "policy", body: "version: STSv1\n" },
    },
  };
  await internet.placeMx("198.51.100.1", { tls: presented(authority.issue({ names: ["mx1.example.com"] })) });
  return internet;
}

/** The first datagram that comes back from the `resolver` input. */
async function asked(internet: Internet, name: string): Promise<Buffer> {
  const [address, port] = internet.inputs.resolver.split(":");
  const socket = createSocket("udp4");
  socket.send(encode({ type: "query", id: 1, questions: [{ type: "MX", name }] }), Number(port), address);
  const message = await new Promise<Buffer>((resolve) => socket.once("message", resolve));
  socket.close();
  return message;
}

/** A tunnel through the `proxy` input; what the proxy said, and what came first through the tunnel. */
async function tunnelled(internet: Internet, address: string, port: number): Promise<string> {
  const socket = connect(Number(new URL(internet.inputs.proxy).port), "127.0.0.1");
  socket.write(
    Buffer.concat([
      Buffer.of(5, 1, 0, 5, 1, 0, 1),
      Buffer.from(address.split(".").map(Number)),
      Buffer.of(port >> 8, port & 255),
    ]),
  );
  let heard = "";
  const { arrived, over } = quiet();
  socket.on("data", (octets: Buffer) => {
    heard += octets.toString("latin1");
    arrived();
  });
  if (port === 443) {
    await expect.poll(() => heard.length).toBe(12);
    socket.removeAllListeners("data");
    const ca = await readFile(internet.inputs["ca-file"], "utf8");
    const secured = connectTls({ socket, servername: "mta-sts.example.com", ca });
    secured.end("GET / HTTP/1.1\r\nHost: mta-sts.example.com\r\n\r\n");
    for await (const chunk of secured) heard += String(chunk);
    return heard.slice(12);
  }
  await over;
  socket.destroy();
  return heard;
}

test("the documented inputs lead to all of it", async () => {
  const internet = await started();
  expect(decode(await asked(internet, "example.com")).answers).toMatchObject([
    { data: { exchange: "mx1.example.com" } },
  ]);
  expect(await tunnelled(internet, POLICY_ADDRESS, 443)).toMatch(/^HTTP\/1\.1 200 OK[^]*version: STSv1\n$/);
  expect((await tunnelled(internet, "198.51.100.1", 25)).slice(12)).toMatch(/^220 /);
  expect(internet.proxied).toEqual([`${POLICY_ADDRESS}:443`, "198.51.100.1:25"]);
});

test("it may change between two looks", async () => {
  const internet = await started();
  internet.zone = { "example.com": { MX: [[10, "mx9.example.com"]] } };
  expect(decode(await asked(internet, "example.com")).answers).toMatchObject([
    { data: { exchange: "mx9.example.com" } },
  ]);
  internet.dnsFault = () => ({ kind: "rcode", rcode: 2 });
  expect((decode(await asked(internet, "example.com")).flags ?? 0) & 15).toBe(2);
  await internet.placeMx("198.51.100.1", { behaviour: "greets-554" });
  expect((await tunnelled(internet, "198.51.100.1", 25)).slice(12)).toMatch(/^554 /);
});

test("port 25 is blocked as on a hosted runner: no answer at all", async () => {
  const internet = await started();
  internet.port25 = "blocked";
  expect(await tunnelled(internet, "198.51.100.1", 25)).toBe("\u0005\u0000");
  internet.port25 = "open";
  expect(await tunnelled(internet, "198.51.100.9", 25)).toMatch(/^\u0005\u0000\u0005\u0005/);
});

test("nothing is left behind", async () => {
  const internet = await started();
  await internet.close();
  opened.pop();
  await expect(stat(internet.inputs["ca-file"])).rejects.toThrow("ENOENT");
});
