import { expect, test } from "vitest";
import { networkChecks } from "../../../src/cli/doctor/network-checks.ts";
import type { SmtpSession } from "../../../src/evidence.ts";
import type { DomainName } from "../../../src/protocol/domain-name.ts";
import type { Network } from "../../../src/world.ts";
import { networkOf } from "../../observe/network.ts";

const DOMAIN = "example.com" as DomainName;

/** A network whose one MX host has these addresses and ends every probe like this. */
function network(session: SmtpSession, addresses: readonly string[] = ["192.0.2.1"]): Network {
  return {
    ...networkOf({}).network,
    addresses: async () => ({ addresses: { kind: "observed", value: addresses }, cnames: [] }),
    probe: async (_, address) => ({ address, at: "2026-11-24T12:00:00Z", session }),
  };
}

async function port25(made: Network) {
  return (await networkChecks(DOMAIN, made)).find(({ check }) => check === "port-25");
}

test.each<[string, SmtpSession]>([
  ["unseen", { kind: "unreachable", step: "connect", reason: "timed out" }],
  ["unseen", { kind: "unreachable", step: "greeting", reason: "timed out" }],
  ["unseen", { kind: "unobserved", because: "egress-blocked" }],
  ["ok", { kind: "unreachable", step: "ehlo", reason: "reset" }],
  ["ok", { kind: "no-starttls", capabilities: [] }],
  ["ok", { kind: "turned-away", reply: { code: 554, lines: ["no"] } as never }],
])("%s: %j", async (outcome, session) => {
  expect((await port25(network(session)))?.outcome).toBe(outcome);
});

test("IPv4 before IPv6, and IPv6 where there is nothing else", async () => {
  const answers: SmtpSession = { kind: "no-starttls", capabilities: [] };
  expect((await port25(network(answers, ["2001:db8::1", "192.0.2.1"])))?.message).toContain("(192.0.2.1)");
  expect((await port25(network(answers, ["2001:db8::1"])))?.message).toContain("(2001:db8::1)");
});

test("a host without an address is not seen", async () => {
  expect((await port25(network({ kind: "no-starttls", capabilities: [] }, [])))?.outcome).toBe("unseen");
});

test("without a domain nobody is asked", async () => {
  const nobody = new Proxy({} as Network, {
    get: () => {
      throw new Error("asked");
    },
  });
  const checks = await networkChecks(undefined, nobody);
  expect(checks.map(({ outcome }) => outcome)).toEqual(["not-asked", "not-asked"]);
});
