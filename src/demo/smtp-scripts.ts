import type { Conversation, TlsIdentity } from "./smtp-conversation.ts";

/** How an MX host behaves, by name. */
export type MxBehaviour = keyof typeof SCRIPTS;

/** What differs from a good server; a part left out is as the good one has it. */
export interface Script {
  readonly greeting?: (talk: Conversation) => Promise<void>;
  readonly ehlo?: (talk: Conversation) => Promise<void>;
  readonly starttls?: (talk: Conversation) => Promise<void>;
  readonly handshake?: (talk: Conversation, identity: TlsIdentity) => Promise<void>;
  readonly quit?: (talk: Conversation) => Promise<void>;
}

const CAPABILITIES = ["mx.example ready", "SIZE 52428800", "STARTTLS", "8BITMIME"];
const READY = "220 2.0.0 ready to start TLS\r\n";

/** A multi-line reply (RFC 5321 §4.2.1). */
export function reply(code: number, lines: readonly string[], end = "\r\n"): string {
  return lines.map((text, at) => `${code}${at === lines.length - 1 ? " " : "-"}${text}${end}`).join("");
}

const say = (text: string) => (talk: Conversation) => talk.send(text);
const silence = (talk: Conversation): Promise<void> => talk.gone;
const hangUp = async (talk: Conversation): Promise<void> => talk.end();
const sayAndEnd = (text: string) => async (talk: Conversation) => {
  await talk.send(text);
  talk.end();
};

// TLS 1.2 record: alert, two octets, fatal, handshake_failure(40) (RFC 5246 §7.2).
const HANDSHAKE_FAILURE = Uint8Array.of(0x15, 0x03, 0x03, 0x00, 0x02, 0x02, 0x28);
const TLS_1_1 = { minVersion: "TLSv1.1", maxVersion: "TLSv1.1", ciphers: "DEFAULT:@SECLEVEL=0" } as const;
const TLS_1_2 = { minVersion: "TLSv1.2", maxVersion: "TLSv1.2" } as const;

/** What runners, terminals and Markdown renderers act upon, as the text of a reply. */
const HOSTILE = [
  "mx.example \u001b[31mred\u001b[0m",
  "::error file=README.md,line=1::x",
  "##[error]x ##[add-mask]e ::stop-commands::token",
  "](https://evil.example) <img src=x> <!-- mta-sts-gate:default --> | @octocat ```",
];
// The lone CR makes a line of its own for a runner that reads a log.
const HOSTILE_BANNER = `${reply(220, HOSTILE)}::set-output name=verdict::ready\r\n`.replace("```\r\n", "```\r");

export const SCRIPTS = {
  good: {},
  "no-starttls": { ehlo: say(reply(250, ["mx.example", "SIZE 52428800", "8BITMIME"])) },
  "starttls-454": { starttls: say("454 4.7.0 TLS not available due to temporary reason\r\n") },
  "starttls-501": { starttls: say("501 5.5.4 syntax error\r\n") },
  "starttls-502": { starttls: say("502 5.5.1 command not implemented\r\n") },
  // RFC 3207 §6: what arrives in the clear after the 220 is an injection.
  "starttls-then-plaintext": {
    starttls: async (talk) => {
      await talk.send(`${READY}250-evil.example\r\n250 AUTH PLAIN\r\n`);
      await talk.gone;
    },
  },
  "starttls-close": { starttls: hangUp },
  "starttls-stall": { starttls: silence },
  "tls-1.1-only": { handshake: (talk, identity) => talk.secure(identity, TLS_1_1) },
  "tls-1.2-only": { handshake: (talk, identity) => talk.secure(identity, TLS_1_2) },
  "handshake-alert": {
    handshake: async (talk) => {
      await talk.spoken();
      talk.raw(HANDSHAKE_FAILURE);
      talk.end();
    },
  },
  "handshake-reset": {
    handshake: async (talk) => {
      await talk.spoken();
      talk.reset();
    },
  },
  "handshake-stall": { handshake: silence },
  "handshake-plaintext": {
    handshake: async (talk) => {
      await talk.spoken();
      talk.raw(Buffer.from("500 5.5.1 what?\r\n"));
    },
  },
  silent: { greeting: silence },
  drip: {
    greeting: (talk) => talk.drip("220 mx.example ESMTP\r\n"),
    ehlo: (talk) => talk.drip(reply(250, CAPABILITIES)),
  },
  "greets-554": { greeting: say("554 5.7.1 no SMTP service here\r\n") },
  "greets-421": { greeting: sayAndEnd("421 4.3.2 too busy\r\n") },
  "greets-421-once": {
    greeting: async (talk) => {
      await talk.send(talk.number === 1 ? "421 4.3.2 too busy\r\n" : "220 mx.example ESMTP\r\n");
      if (talk.number === 1) talk.end();
    },
  },
  "greets-http": { greeting: sayAndEnd("HTTP/1.1 400 Bad Request\r\n\r\n") },
  "ehlo-500": { ehlo: say("500 5.5.1 command unrecognized\r\n") },
  "ehlo-421": { ehlo: sayAndEnd("421 4.3.2 try later\r\n") },
  "closes-at-greeting": { greeting: hangUp },
  "resets-at-greeting": { greeting: async (talk) => talk.reset() },
  "closes-at-ehlo": { ehlo: hangUp },
  "bare-lf": { greeting: say("220 mx.example ESMTP\n"), ehlo: say(reply(250, CAPABILITIES, "\n")) },
  "mixed-codes": { ehlo: say("250-mx.example\r\n220-SIZE\r\n250 STARTTLS\r\n") },
  "endless-reply": {
    ehlo: async (talk) => {
      let over = false;
      void talk.gone.then(() => (over = true));
      while (!over) {
        await talk.send("250-mx.example\r\n".repeat(1_000));
        await new Promise(setImmediate);
      }
    },
  },
  "long-line": { ehlo: say(reply(250, [`mx.example ${"A".repeat(100_000)}`, "STARTTLS"])) },
  "banner-injection": { greeting: say(HOSTILE_BANNER) },
  "refusal-injection": { greeting: say(reply(554, HOSTILE)) },
  "ehlo-injection": { ehlo: say(reply(250, ["mx.example", ...HOSTILE, "8BITMIME"])) },
  "starttls-injection": { starttls: say(reply(454, HOSTILE)) },
  "stalls-after-tls": {
    handshake: async (talk, identity) => {
      await talk.secure(identity);
      await talk.gone;
    },
  },
} as const satisfies Readonly<Record<string, Script>>;

/** Runs one connection to its end. */
export async function converse(
  talk: Conversation,
  behaviour: MxBehaviour | Script,
  { identity, banner }: { readonly identity: TlsIdentity | undefined; readonly banner: string },
): Promise<void> {
  const script: Script = typeof behaviour === "string" ? SCRIPTS[behaviour] : behaviour;
  await (script.greeting ?? say(banner))(talk);
  for (let line = await talk.line(); line !== undefined; line = await talk.line()) {
    const verb = line.split(" ", 1)[0]?.toUpperCase();
    if (verb === "EHLO") await ehlo(talk, script, identity !== undefined);
    else if (verb === "STARTTLS" && identity && !talk.secured()) {
      // What follows a handshake that did not finish is no SMTP.
      if (!(await starttls(talk, script, identity))) return talk.gone;
    } else if (verb === "QUIT") await (script.quit ?? sayAndEnd("221 2.0.0 bye\r\n"))(talk);
    else await talk.send(/^(HELO|NOOP|RSET)$/.test(verb ?? "") ? "250 2.0.0 ok\r\n" : "502 5.5.1 not here\r\n");
  }
}

async function ehlo(talk: Conversation, script: Script, offered: boolean): Promise<void> {
  const open = CAPABILITIES.filter((word) => word !== "STARTTLS" || (offered && !talk.secured()));
  await (talk.secured() ? say(reply(250, open)) : (script.ehlo ?? say(reply(250, open))))(talk);
}

async function starttls(talk: Conversation, script: Script, identity: TlsIdentity): Promise<boolean> {
  if (script.starttls) {
    await script.starttls(talk);
    return true;
  }
  await talk.send(READY);
  await (script.handshake ? script.handshake(talk, identity) : talk.secure(identity));
  return talk.secured();
}
