// §3 of the catalogue: what an MX host can do.
import { presented } from "../../../src/demo/internet.ts";
import type { Conversation } from "../../../src/demo/smtp-conversation.ts";
import type { MxBehaviour, Script } from "../../../src/demo/smtp-scripts.ts";
import { PROXIED } from "./dns.ts";
import { behind, CERTIFICATES, type Fault, MX1, mx1, mxCertificate, pause, type Row } from "./entry.ts";
import { ROOT_OF_NOBODY } from "./nobody.ts";

const say = (text: string) => (talk: Conversation) => talk.send(text);
const fault = (id: string, what: string, more: Omit<Fault, "id" | "what">): Row => ({ id, what, ...more });
const script = (behaviour: MxBehaviour | Script) => ({ change: mx1({ behaviour }) });
const greets = (text: string) => script({ greeting: say(text) });
const BLOCKED = { row: "blocked", within: 60 } as const;
const UNKNOWN = { row: "unknown", within: 60 } as const;
const READY = { row: "ready", within: 60 } as const;
const inconclusive = {
  ...BLOCKED,
  instead: ["unknown", "smtp-probe-vectors smtp-code-99 and -greet-554: what fails before STARTTLS is inconclusive."],
} as const;
const refusedBy = (vector: string) =>
  ({
    ...UNKNOWN,
    instead: ["blocked", `smtp-probe-vectors ${vector}: a sender that enforces goes no further.`],
  }) as const;
const STARTTLS_READY = "220 2.0.0 go\r\n";
const later = (milliseconds: number, text: string) => async (talk: Conversation) => {
  await pause(milliseconds);
  await talk.send(text);
};
const alert = (code: number) => async (talk: Conversation) => {
  await talk.spoken();
  talk.raw(Uint8Array.of(0x15, 3, 3, 0, 2, 2, code));
  talk.end();
};
const injected = (octets: string, wait = 0): Script => ({
  starttls: async (talk) => {
    if (wait === 0) return talk.send(STARTTLS_READY + octets);
    await talk.send(STARTTLS_READY);
    await pause(wait);
    await talk.send(octets);
  },
});
type Leave = "reset" | "end";
const CUTS: readonly (readonly [string, (leave: Leave) => Script])[] = [
  ["greeting", (leave) => ({ greeting: async (talk) => talk[leave]() })],
  ["half a greeting", (leave) => ({ greeting: async (talk) => (await talk.send("220-mx"), talk[leave]()) })],
  ["EHLO", (leave) => ({ ehlo: async (talk) => talk[leave]() })],
  ["ClientHello", (leave) => ({ handshake: async (talk) => (await talk.spoken(), talk[leave]()) })],
];
const certificate = (days: number) => ({
  notBefore: new Date(Date.now() - 80 * 86_400_000),
  notAfter: new Date(Date.now() + days * 86_400_000),
});

export const SMTP: readonly Row[] = [
  fault("S01", "refused on all addresses", {
    ...BLOCKED,
    instead: ["unknown", PROXIED],
    within: 10,
    arrange: behind(25, "refused"),
  }),
  fault("S02", "port 25 is dropped", {
    ...UNKNOWN,
    within: 25,
    arrange: (internet) => void (internet.port25 = "blocked"),
  }),
  fault("S03", "one MX host is dropped", { ...UNKNOWN, within: 10, arrange: behind(25, "silent", MX1) }),
  fault("S04", "silence", { ...UNKNOWN, within: 30, ...script("silent") }),
  fault("S04", "one octet a second", { ...UNKNOWN, within: 30, ...script("drip") }),
  fault("S05", "a greeting just in time", {
    ...READY,
    ...script({ greeting: later(1_800, "220 mx.example ESMTP\r\n") }),
  }),
  fault("S05", "a greeting too late", {
    ...UNKNOWN,
    ...script({ greeting: later(5_500, "220 mx.example ESMTP\r\n") }),
  }),
  fault("S06", "a greeting of three lines", { ...READY, ...greets("220-mx.example\r\n220-hello\r\n220 ESMTP\r\n") }),
  fault("S06", "a greeting of 2 KB", { ...inconclusive, ...greets(`220 ${"a".repeat(2_048)}\r\n`) }),
  fault("S06", "bare LF", { ...inconclusive, ...script("bare-lf") }),
  fault("S07", "421", { ...UNKNOWN, within: 30, ...script("greets-421") }),
  fault("S07", "421 once", { ...READY, within: 30, ...script("greets-421-once") }),
  fault("S07", "450", { ...UNKNOWN, within: 30, ...greets("450 4.2.0 later\r\n") }),
  fault("S07", "554", { ...inconclusive, within: 30, ...script("greets-554") }),
  fault("S08", "500 to EHLO", { ...BLOCKED, ...script("ehlo-500") }),
  fault("S08", "502 to EHLO", { ...BLOCKED, ...script({ ehlo: say("502 5.5.1 no\r\n") }) }),
  fault("S09", "no STARTTLS", { ...BLOCKED, ...script("no-starttls") }),
  fault("S10", "a middlebox that overwrites", {
    ...UNKNOWN,
    ...script({ greeting: say(`220 ${"*".repeat(40)}\r\n`), ehlo: say("250-mx.example\r\n250 XXXXXXXA\r\n") }),
  }),
  fault("S11", "454 to STARTTLS", { ...refusedBy("smtp-starttls-502"), ...script("starttls-454") }),
  fault("S11", "501 to STARTTLS", { ...BLOCKED, ...script("starttls-501") }),
  fault("S11", "503 to STARTTLS", { ...BLOCKED, ...script({ starttls: say("503 5.5.1 no\r\n") }) }),
  fault("S11", "220 to STARTTLS too late", { ...UNKNOWN, ...script({ starttls: later(4_000, STARTTLS_READY) }) }),
  fault("S12", "whole lines after 220", { ...BLOCKED, ...script("starttls-then-plaintext") }),
  fault("S12", "a partial line after 220", { ...BLOCKED, ...script(injected("250-evil")) }),
  fault("S12", "one octet after 220", { ...BLOCKED, ...script(injected("2")) }),
  fault("S12", "a line a moment after 220", { ...BLOCKED, ...script(injected("250 evil\r\n", 200)) }),
  fault("S13", "a reply before its command", {
    ...inconclusive,
    ...greets("220 mx.example\r\n250-mx.example\r\n250 STARTTLS\r\n"),
  }),
  fault("S14", "a reply without end", { ...inconclusive, within: 15, ...script("endless-reply") }),
  fault("S14", "a line of 100 KB", { ...inconclusive, within: 15, ...script("long-line") }),
  fault("S14", "101 lines", {
    ...inconclusive,
    within: 15,
    ...script({ ehlo: say(`${"250-X\r\n".repeat(100)}250 STARTTLS\r\n`) }),
  }),
  fault("S15", "25O", { ...inconclusive, ...script({ ehlo: say("25O mx.example\r\n") }) }),
  fault("S15", "99", { ...inconclusive, ...greets("99 hello\r\n") }),
  fault("S15", "mixed codes", { ...inconclusive, ...script("mixed-codes") }),
  ...(["reset", "end"] as const).flatMap((leave) => [
    fault(leave === "reset" ? "S16" : "S17", `${leave} at connect`, {
      ...UNKNOWN,
      arrange: behind(25, () => (socket) => void (leave === "end" ? socket.end() : socket.destroy()), MX1),
    }),
    ...CUTS.map(([step, cut]) =>
      fault(leave === "reset" ? "S16" : "S17", `${leave} at ${step}`, { ...UNKNOWN, ...script(cut(leave)) }),
    ),
    fault(leave === "reset" ? "S16" : "S17", `${leave} at STARTTLS`, {
      ...refusedBy("smtp-starttls-close"),
      ...script({ starttls: async (talk) => talk[leave]() }),
    }),
    fault(leave === "reset" ? "S16" : "S17", `${leave} at QUIT`, {
      ...READY,
      ...script({ quit: async (talk) => talk[leave]() }),
    }),
  ]),
  fault("S18", "a handshake that stalls", { ...UNKNOWN, within: 15, ...script("handshake-stall") }),
  fault("S18", "a handshake that drips", {
    ...UNKNOWN,
    within: 15,
    ...script({
      handshake: async (talk) => (await talk.spoken(), talk.drip("\u0016\u0003\u0003\u0000\u007a\u0002\u0000\u0000")),
    }),
  }),
  fault("S19", "alert 40", { ...BLOCKED, ...script({ handshake: alert(40) }) }),
  fault("S19", "alert 70", { ...BLOCKED, ...script({ handshake: alert(70) }) }),
  fault("S19", "alert 80", { ...UNKNOWN, ...script({ handshake: alert(80) }) }),
  fault("S19", "alert 112", { ...BLOCKED, ...script({ handshake: alert(112) }) }),
  fault("S20", "TLS 1.1 only", { ...BLOCKED, ...script("tls-1.1-only") }),
  fault("S20", "no encryption only", {
    ...BLOCKED,
    ...script({
      handshake: (talk, identity) =>
        talk.secure(identity, { minVersion: "TLSv1.2", maxVersion: "TLSv1.2", ciphers: "eNULL:@SECLEVEL=0" }),
    }),
  }),
  ...CERTIFICATES("mx1.example.com").map(([what, request, tells]) =>
    fault("S21", `certificate ${what}`, { ...BLOCKED, tells, arrange: mxCertificate(request) }),
  ),
  fault("S21", "certificate of an unknown root", {
    ...BLOCKED,
    arrange: (internet) =>
      internet.placeMx(MX1, { tls: presented(ROOT_OF_NOBODY.issue({ names: ["mx1.example.com"] })) }),
  }),
  fault("S22", "certificate for ten days more", { ...READY, arrange: mxCertificate(certificate(10)) }),
  fault("S22", "certificate for half a day more", {
    ...BLOCKED,
    instead: ["ready", "SPEC.md §5: mx-certificate-expiring is a warning."],
    arrange: mxCertificate(certificate(0.5)),
  }),
  { id: "S23", notHere: "One certificate a host here; that SNI is the MX name is in test/world/handshake.test.ts." },
  { id: "S24", notHere: "SPEC.md §4 probes each address once; a second handshake is not asked for." },
  fault("S25", "three addresses, one bad", {
    ...BLOCKED,
    arrange: async (internet) => {
      const [second, bad] = ["198.51.100.97", "198.51.100.98"] as const;
      internet.zone["mx1.example.com"] = { A: [MX1, second, bad] };
      await internet.placeMx(second, { tls: presented(internet.authority.issue({ names: ["mx1.example.com"] })) });
      await internet.placeMx(bad, { tls: presented(internet.authority.issue({ names: ["elsewhere.example.net"] })) });
    },
  }),
  { id: "S26", notHere: "SPEC.md §1: a probe ends with the certificate and QUIT; nothing is said under TLS." },
  { id: "S27", notHere: "SPEC.md has no revocation." },
  fault("S28", "a certificate of 2,000 names", {
    ...BLOCKED,
    within: 15,
    arrange: mxCertificate({ names: Array.from({ length: 2_000 }, (_, at) => `a${at}.example.net`) }),
  }),
  { id: "S29", notHere: "SPEC.md has no watchdog thread; the time limit of the job ends what blocks the event loop." },
  fault("S30", "plain text for a handshake", { ...BLOCKED, ...script("handshake-plaintext") }),
  { id: "S31", notHere: "There is no second handshake (S24)." },
  fault("S32", "QUIT is not answered", { ...READY, ...script({ quit: (talk) => talk.gone }) }),
];
