import { once } from "node:events";
import { createSecureServer, type Http2ServerRequest, type Http2ServerResponse } from "node:http2";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { decode } from "dns-packet";
import { afterEach, describe, expect, test } from "vitest";
import { createAuthority } from "../../src/demo/authority.ts";
import type { Contact } from "../../src/evidence.ts";
import { parseOptions } from "../../src/options.ts";
import type { DomainName } from "../../src/protocol/domain-name.ts";
import { createDeadline } from "../../src/world/deadline.ts";
import { createDohServer } from "../../src/world/doh-client.ts";
import { createNetwork } from "../../src/world/internet.ts";
import { createResolver } from "../../src/world/resolver.ts";
import { createTrustAnchors } from "../../src/world/trust-anchors.ts";
import { answer, soa } from "./scripted-resolver.ts";

const OWNER = "_mta-sts.example.com";
const STEP = 400; // milliseconds
const authority = createAuthority("DoH");
const issued = authority.issue({ names: ["localhost"], extraSans: [{ type: "ip", value: "127.0.0.1" }] });
const anchors = createTrustAnchors(authority.rootPem);
const closing: (() => unknown)[] = [];
afterEach(() => Promise.all(closing.splice(0).map((close) => close())));

type Request = IncomingMessage | Http2ServerRequest;
type Response = ServerResponse | Http2ServerResponse;
/** Answers one question; `asked` is the DNS message of the request. */
type Script = (
  asked: { readonly id: number; readonly name: string; readonly type: string },
  response: Response,
) => void;

const txt = (name: string) => ({ type: "TXT", name, ttl: 60, data: "v=STSv1; id=1;" });
const good: Script = (asked, response) => {
  response.setHeader("content-type", "application/dns-message");
  (response as ServerResponse).end(answer(asked, { answers: [txt(asked.name)] }));
};

interface Host {
  readonly url: string;
  readonly requests: { readonly head: string; readonly id: number; readonly version: string }[];
}

async function dohHost(script: Script, { http2 = false, identity = issued } = {}): Promise<Host> {
  const requests: Host["requests"] = [];
  const serve = async (request: Request, response: Response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const { id, questions } = decode(Buffer.concat(pieces));
    const { name = "", type = "" } = questions[0] ?? {};
    const head = `${request.method} ${request.url} ${request.headers["content-type"]} ${request.headers.accept}`;
    requests.push({ head, id, version: request.httpVersion });
    script({ id, name, type }, response);
  };
  const terms = { cert: identity.chainPem, key: identity.keyPem };
  const server = http2
    ? createSecureServer({ ...terms, allowHTTP1: false }, (...one) => void serve(...one))
    : createServer(terms, (...one) => void serve(...one));
  const open = new Set<Socket>();
  server.on("connection", (socket: Socket) => open.add(socket.on("error", () => undefined)));
  await once(server.listen(0, "127.0.0.1"), "listening");
  closing.push(() => {
    for (const socket of open) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return { url: `https://localhost:${(server.address() as AddressInfo).port}/dns-query`, requests };
}

function resolverAt(url: string, more: Partial<Parameters<typeof createDohServer>[0]> = {}) {
  const deadline = createDeadline(5_000);
  const server = createDohServer({ url, anchors, signal: deadline.signal, ...more });
  const resolver = createResolver({ servers: [server], deadline, stepMilliseconds: STEP, onContact: () => {} });
  closing.push(resolver.close, deadline.close);
  return resolver;
}

const unobserved = (because: string, detail: string) => ({
  kind: "unobserved",
  because,
  detail: expect.stringContaining(detail),
});

test.each([
  ["1.1", false],
  ["2.0", true],
])("over HTTP/%s: POST with an id of 0, and the answer", async (version, http2) => {
  const host = await dohHost(good, { http2 });
  expect(await resolverAt(host.url).txt(OWNER)).toEqual({
    kind: "observed",
    value: { kind: "records", records: ["v=STSv1; id=1;"], cnames: [], ttl: 60, ttlFrom: "recursive" },
  });
  const head = "POST /dns-query application/dns-message application/dns-message";
  expect(host.requests).toEqual([{ head, id: 0, version }]);
});

test("many questions share connections, and none of them an answer", async () => {
  const host = await dohHost((asked, response) => {
    response.setHeader("content-type", "application/dns-message");
    const data = `about ${asked.name}`;
    (response as ServerResponse).end(answer(asked, { answers: [{ type: "TXT", name: asked.name, ttl: 60, data }] }));
  });
  const met: Contact[] = [];
  const { txt: ask } = resolverAt(host.url, { onConnected: (contact) => met.push(contact) });
  const names = Array.from({ length: 80 }, (_, at) => `d${at}.test`);
  const seen = await Promise.all(names.map((name) => ask(name)));
  expect(seen).toMatchObject(names.map((name) => ({ value: { records: [`about ${name}`] } })));
  expect(met.length).toBeLessThanOrEqual(16);
  const port = Number(new URL(host.url).port);
  for (const contact of met) expect(contact).toMatchObject({ purpose: "dns", name: "localhost", port });
});

test("NXDOMAIN is an answer", async () => {
  const host = await dohHost((asked, response) => {
    response.setHeader("content-type", "application/dns-message");
    (response as ServerResponse).end(answer(asked, { rcode: 3, authorities: [soa] }));
  });
  expect(await resolverAt(host.url).txt(OWNER)).toEqual({
    kind: "observed",
    value: { kind: "no-such-name", cnames: [] },
  });
});

describe("no answer, and said why", () => {
  const page =
    (status: number, type: string, body: string | Buffer, headers = {}): Script =>
    (_, response) => {
      (response as ServerResponse).writeHead(status, { "content-type": type, ...headers });
      (response as ServerResponse).end(body);
    };
  test.each<[string, Script, string, string]>([
    ["HTTP 503", page(503, "text/html", "busy"), "server-failure", "HTTP status 503"],
    [
      "a redirect, not followed",
      page(302, "text/plain", "", { location: "https://localhost:1/" }),
      "server-failure",
      "302",
    ],
    ["a web page", page(200, "text/html", "<h1>login</h1>"), "malformed", "not of the type"],
    ["no DNS", page(200, "application/dns-message", "x"), "malformed", "another question"],
    ["too much", page(200, "application/dns-message", Buffer.alloc(70_000)), "malformed", "longer than"],
    [
      "SERVFAIL",
      (asked, response) => page(200, "application/dns-message", answer(asked, { rcode: 2 }))(asked, response),
      "server-failure",
      "SERVFAIL",
    ],
    ["silence", () => {}, "timed-out", "did not answer"],
    [
      "a drip",
      (_, response) => {
        (response as ServerResponse).writeHead(200, { "content-type": "application/dns-message" });
        const timer = setInterval(() => (response as ServerResponse).write("x"), 20);
        response.once("close", () => clearInterval(timer));
      },
      "timed-out",
      "did not answer",
    ],
    [
      "a reset",
      (_, response) => void (response as ServerResponse).socket?.destroy(),
      "unreachable",
      "cannot be reached",
    ],
  ])("%s", async (_, script, because, detail) => {
    const host = await dohHost(script);
    const begun = performance.now();
    expect(await resolverAt(host.url).txt(OWNER)).toEqual(unobserved(because, detail));
    expect(performance.now() - begun).toBeLessThan(STEP + 300);
  });

  test.each([
    ["nobody we trust", { identity: createAuthority("Other").issue({ names: ["localhost"] }) }],
    ["another name", { identity: authority.issue({ names: ["dns.example"] }) }],
    ["expired", { identity: authority.issue({ names: ["localhost"], notAfter: new Date(Date.now() - 60_000) }) }],
  ])("a certificate of %s", async (_, more) => {
    const host = await dohHost(good, more);
    expect(await resolverAt(host.url).txt(OWNER)).toEqual(unobserved("unreachable", "cannot be reached"));
    expect(host.requests).toEqual([]);
  });

  test("a closed port", async () => {
    expect(await resolverAt("https://127.0.0.1:1/dns-query").txt(OWNER)).toEqual(
      unobserved("unreachable", "ECONNREFUSED"),
    );
  });
});

test("as an option: by IP address too, private as it is, said in the report with its octets", async () => {
  const host = await dohHost(good);
  const url = host.url.replace("localhost", "127.0.0.1");
  const deadline = createDeadline(5_000);
  closing.push(deadline.close);
  const net = createNetwork({
    options: parseOptions({ resolver: `${url}{?dns}` }),
    caText: authority.rootPem,
    deadline,
  });
  expect(await net.mx("example.com" as DomainName)).toMatchObject({ kind: "unobserved" });
  expect(await net.txt(OWNER)).toMatchObject({ kind: "observed" });
  expect(net.vantage().resolver).toBe(url);
  const [contact, ...others] = net.contacts();
  expect(contact).toMatchObject({
    purpose: "dns",
    name: "127.0.0.1",
    address: "127.0.0.1",
    port: Number(new URL(url).port),
  });
  expect(contact?.bytes).toBeGreaterThan(1_000);
  expect(others).toEqual([]);
});
