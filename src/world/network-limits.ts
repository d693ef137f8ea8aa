import { FETCH_MILLISECONDS } from "./policy-client.ts";
import { SMTP_BOUNDS, type SmtpBounds } from "./smtp-client.ts";

/** What one run may take. Times in milliseconds. */
export interface NetworkLimits {
  /** Connections at once to MX hosts, and as many to policy hosts. */
  readonly connections: number;
  /** Connections at once to MX hosts under one provider's domain. */
  readonly perProvider: number;
  readonly smtp: SmtpBounds;
  /** A whole policy fetch. */
  readonly fetchMilliseconds: number;
  /** A whole DNS question; the resolver's own bound if left out. */
  readonly dnsMilliseconds?: number;
  /** DNS questions a second; the resolver's own bound if left out. */
  readonly dnsPerSecond?: number;
  /** `dns` is that of the zones' own servers, 53 if left out. */
  readonly ports: { readonly smtp: number; readonly https: number; readonly dns?: number };
}

const LIMITS: NetworkLimits = {
  connections: 64,
  perProvider: 8,
  smtp: SMTP_BOUNDS,
  fetchMilliseconds: FETCH_MILLISECONDS,
  ports: { smtp: 25, https: 443 },
};

/** Milliseconds of a run for which the bounds above were chosen (SPEC §6, `timeout`). */
const WHOLE_RUN = 180_000;
const DNS_MILLISECONDS = 10_000;

/** A shorter run waits less for each step, down to a tenth: below that a slow answer would look like none. */
export function limitsWithin(timeout = WHOLE_RUN): NetworkLimits {
  const part = Math.min(1, Math.max(0.1, timeout / WHOLE_RUN));
  const { smtp } = LIMITS;
  return {
    ...LIMITS,
    smtp: {
      connect: smtp.connect * part,
      greeting: smtp.greeting * part,
      reply: smtp.reply * part,
      handshake: smtp.handshake * part,
      session: smtp.session * part,
      pause: smtp.pause * part,
    },
    fetchMilliseconds: LIMITS.fetchMilliseconds * part,
    dnsMilliseconds: DNS_MILLISECONDS * part,
  };
}
