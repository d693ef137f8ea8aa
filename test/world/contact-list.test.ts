import { once } from "node:events";
import { type AddressInfo, connect, createServer } from "node:net";
import { expect, test } from "vitest";
import type { Contact } from "../../src/evidence.ts";
import { createContactList } from "../../src/world/contact-list.ts";

const MX: Contact = { purpose: "mx", name: "mx.example.com", address: "127.0.0.1", port: 25 };

test("each once by purpose, name, address and port, in the order met", () => {
  const { add, list } = createContactList();
  const others: Contact[] = [
    { ...MX, purpose: "policy" },
    { ...MX, name: "mx2.example.com" },
    { ...MX, address: "127.0.0.2" },
    { ...MX, port: 26 },
  ];
  for (const contact of [MX, ...others, MX, ...others]) add(contact);
  expect(list()).toEqual([MX, ...others].map((contact) => ({ ...contact, bytes: 0 })));
});

test("octets add up, also for someone who was not met before", () => {
  const { add, count, list } = createContactList();
  add(MX);
  count(MX, 40);
  count(MX, 2);
  count({ ...MX, port: 26 }, 7);
  expect(list().map(({ bytes }) => bytes)).toEqual([42, 7]);
});

test("a socket counts from when it is handed over, while it is open and after", async () => {
  const server = createServer((socket) => socket.once("data", () => socket.write("12345")));
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { meter, list } = createContactList();
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  socket.write("before");
  await once(socket, "data");
  meter(MX, socket);
  socket.write("abc");
  expect(list()).toEqual([{ ...MX, bytes: 3 }]);
  socket.destroy();
  await once(socket, "close");
  expect(list()).toEqual([{ ...MX, bytes: 3 }]);
  server.close();
});
