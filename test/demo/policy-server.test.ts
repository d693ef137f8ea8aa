import { type AddressInfo, connect as connectTcp, createServer, type Server } from "node:net";
import { connect } from "node:tls";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createAuthority } from "../../src/demo/authority.ts";
import { POLICY_FAULTS, type PolicyFault } from "../../src/demo/policy-faults.ts";
import { createPolicyServer, type PolicyReply, type PolicyServer } from "../../src/demo/policy-server.ts";

const authority = createAuthority("Test");
const { chainPem: cert, keyPem: key } = authority.issue({ names: ["mta-sts.example.com"] });
const BODY = "version: STSv1\r\nmode: none\r\nmax_age: 86400\r\n";
const GET = "GET /.well-known/mta-sts.txt HTTP/1.1\r\nHost: mta-sts.example.com\r\n\r\n";

let reply: PolicyReply;
let policies: PolicyServer;
let server: Server;
beforeEach(async () => {
  policies = createPolicyServer((host) =>
    host === "mta-sts.example.com" ? { identity: { cert, key }, reply } : undefined,
  );
  server = createServer(policies.accept);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => server.close());

/** All that comes in answer to one request, and how it ended. */
async function get(servername = "mta-sts.example.com", patience = 250): Promise<{ heard: string; ended: string }> {
  const socket = connectTcp((server.address() as AddressInfo).port, "127.0.0.1");
  const secured = connect({ socket, servername, ca: authority.rootPem });
  let heard = "";
  const ended = await new Promise<string>((resolve) => {
    const timer = setTimeout(() => resolve("open"), patience);
    const finish = (how: string): void => {
      clearTimeout(timer);
      resolve(how);
    };
    secured.once("secureConnect", () => secured.write(GET));
    secured.on("data", (octets: Buffer) => {
      heard += octets.toString("latin1");
      if (heard.length > 200_000) finish("flooded");
    });
    secured.once("end", () => finish("closed"));
    secured.once("error", (error: NodeJS.ErrnoException) => finish(error.code ?? error.message));
    secured.once("close", () => finish("reset"));
  });
  secured.destroy();
  socket.destroy();
  return { heard, ended };
}

test("a policy, to a client that trusts only the root", async () => {
  reply = { kind: "policy", body: BODY };
  const { heard, ended } = await get();
  expect(heard).toMatch(/^HTTP\/1\.1 200 OK\r\nContent-Type: text\/plain\r\nContent-Length: 44\r\n/);
  expect(heard.endsWith(`\r\n\r\n${BODY}`)).toBe(true);
  expect(ended).toBe("closed");
  expect(policies.requests).toEqual(["mta-sts.example.com"]);
});

test.each<[PolicyReply, RegExp, string]>([
  [{ kind: "policy", body: BODY, contentType: "text/html" }, /Content-Type: text\/html\r\n/, "closed"],
  [{ kind: "status", status: 404 }, /^HTTP\/1\.1 404 /, "closed"],
  [
    { kind: "redirect", location: "https://example.com/" },
    /^HTTP\/1\.1 301 .*Location: https:\/\/example.com\/\r\n/s,
    "closed",
  ],
  [{ kind: "raw", text: "220 mx ESMTP\r\n" }, /^220 mx ESMTP\r\n$/, "closed"],
  [{ kind: "stall" }, /^$/, "open"],
  [{ kind: "reset" }, /^$/, "reset|closed|ECONNRESET"],
])("%j", async (said, heard, ended) => {
  reply = said;
  const outcome = await get();
  expect(outcome.heard).toMatch(heard);
  expect(outcome.ended).toMatch(new RegExp(ended));
});

const MEASURED = /^HTTP\/1\.1 200 OK\r\n/;
test.each<[PolicyFault, RegExp, string]>([
  ["drip", /\r\n\r\n$/, "open"],
  ["drip-head", /^$/, "open"],
  ["stall-body", /\r\n\r\nversion: STSv1\r\nmode$/, "open"],
  ["too-long", /Content-Length: 65537\r\n\r\n[^]{65537}$/, "closed"],
  ["endless", MEASURED, "flooded"],
  ["no-http", /^220 /, "closed"],
  ["gzip", /Content-Encoding: gzip\r\n/, "closed"],
  ["1xx-flood", /^(HTTP\/1\.1 103 [^]*){5}/, "open|flooded"],
  ["two-lengths", /(Content-Length: [^]*){2}/, "closed"],
  ["short-body", /Content-Length: 100\r\n\r\n[^]{44}$/, "closed"],
  ["long-head", /a{100000}/, "closed"],
])("%s", async (name, heard, ended) => {
  reply = { kind: "named", name };
  const outcome = await get();
  expect(outcome.heard).toMatch(heard);
  expect(outcome.ended).toMatch(new RegExp(ended));
});

test("every fault is tried above", () => {
  expect(POLICY_FAULTS).toHaveLength(11);
});

test("a name that nobody has gets no certificate", async () => {
  reply = { kind: "policy", body: BODY };
  expect(await get("mta-sts.example.org")).toMatchObject({
    heard: "",
    ended: expect.stringMatching(/^(ERR_SSL|ECONN|reset)/),
  });
  expect(policies.requests).toEqual([]);
});
