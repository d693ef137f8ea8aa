import { createSocket } from "node:dgram";
import { connect } from "node:net";
import { decode, encode, type Packet } from "dns-packet";
import { afterEach, expect, test } from "vitest";
import { type DnsReply, type DnsServer, startDnsServer } from "../../src/demo/dns-server.ts";
import { quiet } from "./quiet.ts";

const servers: DnsServer[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.close())));

const RECORDS = { kind: "records", records: [{ name: "example.com", type: "A", data: "198.51.100.1" }] } as const;
const QUERY = encode({ type: "query", id: 7, flags: 0x100, questions: [{ type: "A", name: "Example.com" }] });

async function started(reply: DnsReply): Promise<DnsServer> {
  const server = await startDnsServer(() => reply);
  servers.push(server);
  return server;
}

/** The datagrams that come back within a moment. */
async function overUdp(server: DnsServer): Promise<Buffer[]> {
  const socket = createSocket("udp4");
  const heard: Buffer[] = [];
  const { arrived, over } = quiet(250);
  socket.on("message", (message) => {
    heard.push(message);
    arrived();
  });
  socket.send(QUERY, server.port, server.address);
  await over;
  await new Promise<void>((resolve) => socket.close(() => resolve()));
  return heard;
}

async function overTcp(server: DnsServer): Promise<Buffer> {
  const socket = connect(server.port, server.address);
  let heard = Buffer.alloc(0);
  const { arrived, over } = quiet(250);
  socket.on("data", (octets: Buffer) => {
    heard = Buffer.concat([heard, octets]);
    arrived();
  });
  socket.write(Buffer.concat([Buffer.of(0, QUERY.length), QUERY]));
  await over;
  socket.destroy();
  return heard;
}

const read = (message: Buffer | undefined): Packet => decode(message ?? Buffer.alloc(0));
const rcodeOf = (message: Buffer | undefined): number => (read(message).flags ?? 0) & 15;

test("records, over both transports, and the questions are remembered", async () => {
  const server = await started(RECORDS);
  const [udp] = await overUdp(server);
  const tcp = await overTcp(server);
  for (const message of [udp, tcp.subarray(2)])
    expect(read(message)).toMatchObject({ id: 7, answers: [{ name: "example.com", data: "198.51.100.1" }] });
  expect(server.questions).toMatchObject([
    { name: "example.com", type: "A", transport: "udp" },
    { name: "example.com", type: "A", transport: "tcp" },
  ]);
});

test.each<["no-data" | "no-such-name", number]>([
  ["no-data", 0],
  ["no-such-name", 3],
])("%s comes with an SOA", async (kind, rcode) => {
  const [message] = await overUdp(await started({ kind, records: [] }));
  expect(rcodeOf(message)).toBe(rcode);
  expect(read(message)).toMatchObject({ answers: [], authorities: [{ type: "SOA" }] });
});

test("a response code", async () => {
  expect(rcodeOf((await overUdp(await started({ kind: "rcode", rcode: 2 })))[0])).toBe(2);
});

test("drop: nothing at all", async () => {
  expect(await overUdp(await started({ kind: "drop" }))).toEqual([]);
});

test("garbage: no DNS message", async () => {
  expect((await overUdp(await started({ kind: "garbage" })))[0]?.toString()).toBe("no DNS message");
});

test("truncated: TC over UDP, the answer over TCP", async () => {
  const server = await started({ kind: "truncated", answer: RECORDS });
  expect(read((await overUdp(server))[0])).toMatchObject({ flag_tc: true, answers: [] });
  expect(read((await overTcp(server)).subarray(2)).answers).toHaveLength(1);
});

const FORGED = { kind: "records", records: [{ name: "example.com", type: "A", data: "203.0.113.66" }] } as const;

test("wrong-id, wrong-question, spoofed-then-real", async () => {
  const [wrongId] = await overUdp(await started({ kind: "wrong-id", answer: RECORDS }));
  expect(read(wrongId).id).toBe(6);
  const [wrongQuestion] = await overUdp(await started({ kind: "wrong-question", answer: RECORDS }));
  expect(read(wrongQuestion)).toMatchObject({ id: 7, questions: [{ name: "other.invalid" }] });
  const both = await overUdp(await started({ kind: "spoofed-then-real", forged: FORGED, answer: RECORDS }));
  expect(both.map((message) => read(message).id)).toEqual([6, 7]);
  expect(read(both[0]).answers).toMatchObject([{ data: "203.0.113.66" }]);
});

test("tcp-drip: TC over UDP, then nothing for a second", async () => {
  const server = await started({ kind: "tcp-drip", answer: RECORDS });
  expect(read((await overUdp(server))[0])).toMatchObject({ flag_tc: true });
  expect(await overTcp(server)).toHaveLength(0);
});

test("attempts are counted for each transport", async () => {
  const server = await startDnsServer(({ attempt }) => (attempt === 1 ? { kind: "drop" } : RECORDS));
  servers.push(server);
  expect(await overUdp(server)).toHaveLength(0);
  expect(await overUdp(server)).toHaveLength(1);
  expect(await overTcp(server)).toHaveLength(0);
  expect(server.questions.map(({ attempt }) => attempt)).toEqual([1, 2, 1]);
});
