import type { MxHostEvidence, Probe } from "../evidence.ts";
import type { Vantage } from "../verdict.ts";

/**
 * SPEC §4: where not one address was accepted on port 25, by any host of the run, the silence is this machine's and not the
 * hosts': the probes become unobserved. Hosted runners drop port 25, and calling that an MX failure would be worse than silence.
 */
export function settleEgress(mxHosts: readonly MxHostEvidence[], { port25 }: Vantage): readonly MxHostEvidence[] {
  if (port25 === "open" || mxHosts.some(hasAnswer)) return mxHosts;
  return mxHosts.map((seen) =>
    wasTried(seen) ? { ...seen, probes: { kind: "unobserved", because: "egress-blocked" } } : seen,
  );
}

function hasAnswer({ probes }: MxHostEvidence): boolean {
  return probes.kind === "observed" && probes.value.some((probe) => !isSilent(probe));
}

function wasTried({ probes }: MxHostEvidence): boolean {
  return (
    probes.kind === "observed" && probes.value.some(({ session }) => session.kind === "unreachable" || isCut(session))
  );
}

const CUT: readonly string[] = ["timed-out", "unreachable", "egress-blocked"];

/**
 * Through a proxy, an address that nobody reaches looks like a proxy that says nothing (`ssh -D`); and once the run knows that
 * nobody is reached, it does not try any more.
 */
function isCut(session: Probe["session"]): boolean {
  return session.kind === "unobserved" && CUT.includes(session.because);
}

function isSilent({ session }: Probe): boolean {
  return session.kind === "unobserved" || (session.kind === "unreachable" && session.step === "connect");
}
