// §2 of the catalogue: what the policy host can do.

import { presented } from "../../../src/demo/internet.ts";
import { PROXIED } from "./dns.ts";
import {
  alsoAt,
  answering,
  behind,
  CERTIFICATES,
  LENGTH,
  OK,
  POLICY_HOST,
  pause,
  policyCertificate,
  type Row,
  raw,
  securely,
  served,
  TESTING,
} from "./entry.ts";
import { ROOT_OF_NOBODY } from "./nobody.ts";

const body = `${OK}${LENGTH}\r\n${TESTING}`;
const head = (...lines: readonly string[]): string =>
  `${OK}${lines.map((line) => `${line}\r\n`).join("")}${LENGTH}\r\n${TESTING}`;
const status = (code: number) =>
  raw(`HTTP/1.1 ${code} Demo\r\nContent-Type: text/plain\r\nConnection: close\r\n${LENGTH}\r\n${TESTING}`);
const redirect = (code: number, to: string) =>
  raw(`HTTP/1.1 ${code} Demo\r\nLocation: ${to}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
const policyOf = (text: string) => served({ kind: "policy", body: text });
const chunked = (text: string) => `${OK}Transfer-Encoding: chunked\r\n\r\n${text}`;
const CHUNK = `${TESTING.length.toString(16)}\r\n${TESTING}\r\n`;
const rows = <T>(
  id: string,
  list: readonly T[],
  row: (one: T) => Omit<Extract<Row, { what: string }>, "id">,
): readonly Row[] => list.map((one) => ({ id, ...row(one) }));
const HELLO = Buffer.from("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
const ALERT = Buffer.of(0x15, 3, 3, 0, 2, 2, 40);
const slow = (milliseconds: number) =>
  behind(
    443,
    securely({}, (socket) => void socket.once("data", () => void pause(milliseconds).then(() => socket.end(body)))),
  );

const ENVIRONMENT = "SPEC.md §4: trust anchors are the Mozilla roots and ca-file; the environment changes nothing.";
const STATUS_VECTOR =
  "fetch-vectors fetch-status-429 and -500: no policy, sts-policy-fetch-error; SPEC.md §5 fetch-failed is an error.";
const MEDIA_TYPE = "SPEC.md §5: fetch-media-type is a warning.";

export const HTTPS: readonly Row[] = [
  {
    id: "H01",
    what: "refused",
    row: "blocked",
    instead: ["unknown", PROXIED],
    within: 5,
    arrange: behind(443, "refused"),
  },
  {
    id: "H01",
    what: "reset after accept",
    row: "blocked",
    instead: ["unknown", PROXIED],
    within: 5,
    arrange: behind(443, () => (socket) => void socket.destroy()),
  },
  { id: "H02", what: "dropped", row: "unknown", within: 20, arrange: behind(443, "silent") },
  {
    id: "H03",
    what: "no handshake",
    row: "unknown",
    within: 20,
    arrange: behind(443, () => (socket) => void socket.resume()),
  },
  ...rows(
    "H03",
    [
      ["a TLS alert", ALERT],
      ["plain HTTP", HELLO],
    ] as const,
    ([what, octets]) => ({
      what,
      row: "blocked",
      within: 20,
      arrange: behind(443, () => (socket) => void socket.once("data", () => socket.end(octets))),
    }),
  ),
  ...rows("H04", CERTIFICATES(POLICY_HOST), ([what, request, tells]) => ({
    what: `certificate ${what}`,
    row: "blocked",
    within: 10,
    tells,
    arrange: policyCertificate(request),
  })),
  {
    id: "H04",
    what: "certificate of an unknown root",
    row: "blocked",
    within: 10,
    arrange: (internet) =>
      void (internet.sites = {
        [POLICY_HOST]: {
          identity: presented(ROOT_OF_NOBODY.issue({ names: [POLICY_HOST] })),
          reply: { kind: "policy", body: TESTING },
        },
      }),
  },
  {
    id: "H05",
    what: "a root that only the environment has",
    row: "unknown",
    instead: ["blocked", ENVIRONMENT],
    within: 10,
    change: { inputs: { "ca-file": "" } },
  },
  {
    id: "H06",
    what: "NODE_TLS_REJECT_UNAUTHORIZED=0 and a certificate for another name",
    row: "configuration",
    instead: ["blocked", ENVIRONMENT],
    within: 10,
    change: { env: { NODE_TLS_REJECT_UNAUTHORIZED: "0", NODE_OPTIONS: "--insecure-http-parser" } },
    arrange: policyCertificate({ names: ["elsewhere.example.net"] }),
  },
  {
    id: "H07",
    what: "TLS 1.1 only",
    row: "blocked",
    within: 10,
    arrange: behind(
      443,
      securely({ minVersion: "TLSv1.1", maxVersion: "TLSv1.1", ciphers: "DEFAULT:@SECLEVEL=0" }, answering(body)),
    ),
  },
  ...rows("H07", ["TLSv1.2", "TLSv1.3"] as const, (version) => ({
    what: `${version} only`,
    row: "ready",
    within: 10,
    arrange: behind(443, securely({ minVersion: version, maxVersion: version }, answering(body))),
  })),
  ...rows("H08", [404, 410, 403, 401, 451], (code) => ({
    what: String(code),
    row: "blocked",
    within: 20,
    change: status(code),
  })),
  ...rows("H09", [301, 302, 303, 307, 308], (code) => ({
    what: `${code} elsewhere`,
    row: "blocked",
    within: 20,
    change: redirect(code, "https://evil.example/"),
  })),
  {
    id: "H09",
    what: "301 to itself",
    row: "blocked",
    within: 20,
    change: redirect(301, `https://${POLICY_HOST}/.well-known/mta-sts.txt`),
  },
  ...rows("H10", [201, 203, 204, 206, 226], (code) => ({
    what: String(code),
    row: "blocked",
    within: 20,
    change: status(code),
  })),
  ...rows("H11", [429, 503], (code) => ({
    what: String(code),
    row: "unknown",
    instead: ["blocked", STATUS_VECTOR],
    within: 20,
    change: status(code),
  })),
  ...rows("H12", [500, 502, 504, 520], (code) => ({
    what: String(code),
    row: "unknown",
    instead: ["blocked", STATUS_VECTOR],
    within: 20,
    change: status(code),
  })),
  {
    id: "H13",
    what: "informational responses without end",
    row: "blocked",
    within: 20,
    change: served({ kind: "named", name: "1xx-flood" }),
  },
  {
    id: "H13",
    what: "three informational responses",
    row: "ready",
    within: 20,
    change: raw("HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n".repeat(3) + body),
  },
  ...rows(
    "H14",
    [
      ["a header of 16 KiB and more", head(`X-Filler: ${"a".repeat(16_385)}`)],
      ["2,000 headers", head(...Array.from({ length: 2_000 }, (_, at) => `X-${at}: 1`))],
      ["NUL in a header", head("X-A: a\0b")],
      ["bare CR in a header", head("X-A: a\rb")],
      ["bare LF as an end", body.replace("text/plain\r\n", "text/plain\n")],
      ["a folded header", head("X-A: a\r\n b")],
    ] as const,
    ([what, text]) => ({ what, row: "blocked", within: 20, change: raw(text) }),
  ),
  ...rows(
    "H15",
    [
      ["length and chunks", `${OK}${LENGTH}Transfer-Encoding: chunked\r\n\r\n${CHUNK}0\r\n\r\n`],
      ["two lengths", head("Content-Length: 5")],
      ["a negative length", `${OK}Content-Length: -1\r\n\r\n${TESTING}`],
      ["a length too long", `${OK}Content-Length: 1000\r\n\r\n${TESTING}`],
      ["a length too short", `${OK}Content-Length: ${TESTING.length - 9}\r\n\r\n${TESTING}`],
      ["a chunk of size x", chunked(`x\r\n${TESTING}\r\n0\r\n\r\n`)],
    ] as const,
    ([what, text]) => ({ what, row: "blocked", within: 20, change: raw(text) }),
  ),
  {
    id: "H15",
    what: "trailers",
    row: "blocked",
    instead: ["ready", "SPEC.md §4: HTTP/1.1, where a recipient may discard trailers (RFC 9112 §7.1.2)."],
    within: 20,
    change: raw(chunked(`${CHUNK}0\r\nX-A: b\r\n\r\n`)),
  },
  ...rows("H16", ["drip", "drip-head", "stall-body"] as const, (name) => ({
    what: name,
    row: "unknown",
    within: 20,
    change: served({ kind: "named", name }),
  })),
  {
    id: "H17",
    what: "complete after 3.5 s",
    row: "ready",
    within: 150,
    change: { inputs: { timeout: "90s" } },
    arrange: slow(3_500),
  },
  {
    id: "H17",
    what: "complete after 5 s",
    row: "blocked",
    instead: ["ready", "SPEC.md §5: fetch-slow is a warning."],
    within: 150,
    change: { inputs: { timeout: "90s" } },
    arrange: slow(5_000),
  },
  {
    id: "H17",
    what: "complete after all the time there is",
    row: "blocked",
    instead: [
      "unknown",
      "SPEC.md §4: senders may wait 60 s (RFC 8461 §3.3); what took longer than we wait was not seen.",
    ],
    within: 20,
    arrange: slow(2_500),
  },
  {
    id: "H18",
    what: "65,536 octets",
    row: "ready",
    within: 20,
    change: policyOf(`${TESTING}x: ${"y".repeat(65_532 - TESTING.length)}\n`),
  },
  {
    id: "H18",
    what: "65,537 octets",
    row: "blocked",
    within: 20,
    change: policyOf(`${TESTING}x: ${"y".repeat(65_533 - TESTING.length)}\n`),
  },
  { id: "H18", what: "no end", row: "blocked", within: 20, change: served({ kind: "named", name: "endless" }) },
  ...rows("H19", ["br", "gzip", "deflate", "zstd", "x-gzip", "gzip,gzip"], (coding) => ({
    what: `Content-Encoding: ${coding}`,
    row: "blocked",
    within: 20,
    change: raw(head(`Content-Encoding: ${coding}`)),
  })),
  ...rows("H19", ["identity", ""], (coding) => ({
    what: `Content-Encoding: ${coding || "(empty)"}`,
    row: "ready",
    within: 20,
    change: raw(head(`Content-Encoding: ${coding}`)),
  })),
  {
    id: "H20",
    what: "no media type",
    row: "blocked",
    instead: ["ready", MEDIA_TYPE],
    within: 20,
    change: raw(body.replace("Content-Type: text/plain\r\n", "")),
  },
  ...rows("H20", ["text/html", "application/octet-stream", "text/plain; charset=utf-7"], (type) => ({
    what: type,
    row: "blocked",
    instead: ["ready", MEDIA_TYPE],
    within: 20,
    change: raw(body.replace("text/plain", type)),
  })),
  ...rows(
    "H21",
    [
      ["a BOM", `\u00ef\u00bb\u00bf${TESTING}`],
      ["CR as line end", TESTING.replaceAll("\n", "\r")],
      ["NEL as line end", TESTING.replaceAll("\n", "\u0085")],
      ["a NUL", TESTING.replace("testing", "tes\0ting")],
      ["no version", TESTING.replace(/^.*\n/, "")],
      ["mode: Enforce", TESTING.replace("testing", "Enforce")],
      ["an empty max_age", TESTING.replace(/max_age: \d+/, "max_age: ")],
      ["an empty mx", `${TESTING}mx: \n`],
      ["a line that is no field", `${TESTING}trailing junk\n`],
    ] as const,
    ([what, text]) => ({
      what,
      row: "blocked",
      within: 20,
      change: served({ kind: "policy", body: Buffer.from(text, "latin1") }),
    }),
  ),
  {
    id: "H21",
    what: "a mode twice",
    row: "blocked",
    instead: ["ready", "RFC 8461 §3.2: all but the first are ignored; SPEC.md §5 policy-fragile is a warning."],
    within: 20,
    change: policyOf(TESTING.replace("mode: testing\n", "mode: testing\nmode: none\n")),
  },
  {
    id: "H22",
    what: "two addresses, two policies",
    row: "blocked",
    instead: ["ready", "SPEC.md §5: fetch-addresses-differ is a warning in a gate."],
    within: 40,
    arrange: alsoAt("198.51.100.81", { kind: "policy", body: TESTING.replace("86400", "86401") }),
  },
  {
    id: "H22",
    what: "two addresses, one without",
    row: "blocked",
    within: 40,
    arrange: alsoAt("198.51.100.81", { kind: "status", status: 404 }),
  },
  {
    id: "H23",
    what: "the connection ends without a length and without close_notify",
    row: "unknown",
    instead: [
      "ready",
      "SPEC.md §4: fetched as the RFC tells a sender, and HTTP/1.1 may leave the length out. Node does not say whether close_notify came.",
    ],
    within: 20,
    arrange: behind(443, (internet) => (stream) => {
      const accept = securely({}, (socket) => {
        socket.once("data", () => socket.write(`${OK}\r\n${TESTING}`, () => stream.end()));
      })(internet);
      if (typeof accept === "function") accept(stream);
    }),
  },
  {
    id: "H24",
    notHere:
      "A race on loopback. One request a connection: an early answer can answer nothing else, and none is waited for.",
  },
  { id: "H25", notHere: "No session is kept, so that each connection is a full handshake; src/world/handshake.ts." },
  {
    id: "H26",
    what: "HTTP/2 only",
    row: "blocked",
    within: 20,
    arrange: behind(443, securely({ ALPNProtocols: ["h2"] }, answering(body))),
  },
  {
    id: "H27",
    what: "not what the repository says",
    row: "blocked",
    instead: ["ready", "SPEC.md §5: deployed-drift is a warning in a gate, an error in verify."],
    within: 20,
    change: policyOf(TESTING.replace("86400", "86401")),
  },
  { id: "H28", what: "HTTP/0.9", row: "blocked", within: 20, change: raw(TESTING) },
  { id: "H28", what: "HTTP/1.0", row: "ready", within: 20, change: raw(body.replace("1.1", "1.0")) },
  { id: "H28", what: "ICY 200", row: "blocked", within: 20, change: raw(body.replace("HTTP/1.1", "ICY")) },
];
