import type { SmtpSession } from "../evidence.ts";

/** Keeps a run from waiting for port 25 again and again where this machine does not get out to it (SPEC §4, Vantage). */
export interface Port25Breaker {
  /**
   * Runs one probe; when it is known by then that nothing would come of it, the session is `egress-blocked` at once. Aborting the
   * signal that the probe gets ends its connect.
   */
  readonly guard: (probe: (giveUp: AbortSignal) => Promise<SmtpSession>) => Promise<SmtpSession>;
  /** An address accepted a connection: there is a way, and from now on nothing trips. */
  readonly accepted: () => void;
}

export interface BreakerSettings {
  /** Connects that time out before it trips, while none was accepted. */
  readonly silences: number;
  /** Milliseconds that connects under way still have when it trips: a late answer is one. */
  readonly grace: number;
}

const BLOCKED: SmtpSession = { kind: "unobserved", because: "egress-blocked" };

export function createPort25Breaker({ silences, grace }: BreakerSettings): Port25Breaker {
  let [silent, open] = [0, false];
  const giveUp = new AbortController();
  const tripped = () => !open && silent >= silences;
  const heard = (session: SmtpSession) => {
    if (isSilence(session)) silent += 1;
    else if (isAnswer(session)) open = true;
    if (silent === silences && isSilence(session)) setTimeout(() => tripped() && giveUp.abort(), grace).unref();
  };
  return {
    accepted: () => {
      open = true;
    },
    guard: async (probe) => {
      if (tripped()) return BLOCKED;
      const session = await probe(giveUp.signal);
      if (giveUp.signal.aborted && isSilence(session)) return BLOCKED;
      heard(session);
      return session;
    },
  };
}

/** Through a proxy, an address that nobody reaches is one that never speaks. */
function isSilence(session: SmtpSession): boolean {
  if (session.kind === "unobserved") return session.because === "timed-out";
  return session.kind === "unreachable" && session.step === "connect" && session.reason === "timed out";
}

function isAnswer(session: SmtpSession): boolean {
  return session.kind !== "unobserved" && (session.kind !== "unreachable" || session.step !== "connect");
}
