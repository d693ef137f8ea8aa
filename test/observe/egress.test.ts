import { describe, expect, test } from "vitest";
import type { MxHostEvidence, SmtpSession, Unobserved } from "../../src/evidence.ts";
import { settleEgress } from "../../src/observe/egress.ts";
import type { DomainName } from "../../src/protocol/domain-name.ts";
import type { Vantage } from "../../src/verdict.ts";
import { AT, SESSIONS } from "../judge/scene.ts";
import { VANTAGE } from "./network.ts";

const HOST = "mx1.example.com" as DomainName;
const cut = (because: Unobserved): SmtpSession => ({ kind: "unobserved", because });
const session = (one: string | SmtpSession): SmtpSession =>
  typeof one === "string" ? (SESSIONS[one]?.(HOST) as SmtpSession) : one;

function host(...sessions: readonly (string | SmtpSession)[]): MxHostEvidence {
  const value = sessions.map((one, index) => ({ address: `192.0.2.${index + 1}`, at: AT, session: session(one) }));
  const addresses = { kind: "observed", value: value.map(({ address }) => address) } as const;
  return { host: HOST, addresses, cnames: [], probes: { kind: "observed", value } };
}

/** `kept`, or why the probes of each host are now unobserved. */
function settled(hosts: readonly MxHostEvidence[], port25: Vantage["port25"]): readonly string[] {
  return settleEgress(hosts, { ...VANTAGE, port25 }).map((seen, index) => {
    const was = hosts[index];
    return seen.probes.kind === "unobserved" && was?.probes.kind === "observed" ? seen.probes.because : "kept";
  });
}

describe("whose silence it is", () => {
  test.each<[string, readonly MxHostEvidence[], readonly string[]]>([
    ["nobody answers", [host("silent"), host("silent", "silent")], ["egress-blocked", "egress-blocked"]],
    ["one address answers", [host("silent"), host("silent", "good")], ["kept", "kept"]],
    ["one is turned away: port 25 was open", [host("silent"), host("greets-554")], ["kept", "kept"]],
    ["one breaks off after the connect: open, too", [host("silent"), host("stalls")], ["kept", "kept"]],
    ["a bad host is an answer", [host("silent"), host("no-starttls")], ["kept", "kept"]],
    ["no IPv6 alone was never tried", [host("ipv6-only")], ["kept"]],
    ["no IPv6 beside silence", [host("ipv6-only", "silent")], ["egress-blocked"]],
    ["a proxy that says nothing", [host(cut("timed-out"))], ["egress-blocked"]],
    ["a proxy that cannot be reached", [host(cut("unreachable"))], ["egress-blocked"]],
    ["not tried any more", [host(cut("egress-blocked"))], ["egress-blocked"]],
    ["a private address was never contacted", [host(cut("not-global"))], ["kept"]],
    ["the time was up", [host(cut("deadline"))], ["kept"]],
    ["a host without addresses", [host()], ["kept"]],
    ["no host", [], []],
  ])("%s", (_, hosts, expected) => {
    for (const port25 of ["blocked", "proxied", "not-asked"] as const)
      expect(settled(hosts, port25), port25).toEqual(expected);
    // Some other domain of the run was answered, so the silence is the hosts'.
    expect(settled(hosts, "open")).toEqual(hosts.map(() => "kept"));
  });

  test("what was not observed stays as it is", () => {
    const unseen: MxHostEvidence = { ...host(), probes: { kind: "unobserved", because: "timed-out" } };
    expect(settleEgress([unseen, host("silent")], { ...VANTAGE, port25: "blocked" })[0]).toBe(unseen);
  });
});
