import type { Missing } from "../verdict.ts";

const WHY: Readonly<Record<string, string>> = {
  "not-asked": "it was not asked for",
  "timed-out": "nothing came back in time",
  deadline: "the time for the whole run was up",
  "server-failure": "the resolver could not say",
  malformed: "the answer could not be read",
  unreachable: "the resolver or proxy could not be reached",
  "egress-blocked": "this machine does not get out to port 25",
  "no-ipv6": "it has IPv6 addresses only, and this machine has no IPv6",
  // One text for every refusal, so that nobody learns which range was hit; no setting opens cloud metadata.
  "not-global": "its address is not globally reachable, and no setting of this run lets it be contacted",
  "no-address": "it has no address",
  "turned-away": "it turned the session away before TLS could be asked for",
  "no-smtp-greeting": "what it said first is no SMTP",
  "no-smtp-ehlo": "what it said to EHLO is no SMTP",
  "unreachable-connect": "it gave no answer on port 25",
  "unreachable-greeting": "it broke off before its greeting",
  "unreachable-ehlo": "it broke off after EHLO",
  "unreachable-starttls": "it broke off after STARTTLS",
  "unreachable-handshake": "it broke off during the TLS handshake",
};

/** The reason of an observation that was not made, as the end of a sentence. */
export function whyUnseen(because: string): string {
  return WHY[because] ?? because;
}

/** A piece of evidence that a rule would have needed. */
export function missing(what: Missing["what"], subject: string, message: string): Missing {
  return { what, subject, message };
}
