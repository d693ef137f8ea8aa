import { expect, test } from "vitest";
import type { SmtpSession } from "../../src/evidence.ts";
import { createPort25Breaker } from "../../src/world/port25-breaker.ts";

const SILENT: SmtpSession = { kind: "unreachable", step: "connect", reason: "timed out" };
const REFUSED: SmtpSession = { kind: "unreachable", step: "connect", reason: "ECONNREFUSED" };
const GREETED: SmtpSession = { kind: "unreachable", step: "ehlo", reason: "timed out" };
const BLOCKED: SmtpSession = { kind: "unobserved", because: "egress-blocked" };
const unobserved = (because: "timed-out" | "no-ipv6" | "not-global"): SmtpSession => ({ kind: "unobserved", because });

/** Probes one after the other; what each came to. */
async function inTurn(sessions: readonly SmtpSession[], silences = 3): Promise<readonly SmtpSession[]> {
  const breaker = createPort25Breaker({ silences, grace: 1 });
  const seen: SmtpSession[] = [];
  for (const session of sessions) seen.push(await breaker.guard(async () => session));
  return seen;
}

test("after so many connects without an answer nothing more is tried", async () => {
  expect(await inTurn([SILENT, SILENT, SILENT, SILENT])).toEqual([SILENT, SILENT, SILENT, BLOCKED]);
  const proxied = unobserved("timed-out");
  expect(await inTurn([proxied, proxied, proxied, SILENT])).toEqual([proxied, proxied, proxied, BLOCKED]);
});

test.each([
  ["one that spoke", GREETED],
  ["one that was turned away", { kind: "turned-away", reply: { code: 554, lines: [] } } satisfies SmtpSession],
])("never once there was %s", async (_, answer) => {
  const sessions = [SILENT, answer, SILENT, SILENT, SILENT, SILENT];
  expect(await inTurn(sessions)).toEqual(sessions);
});

test("what was not tried, and what was refused, is no silence", async () => {
  const sessions = [
    unobserved("no-ipv6"),
    unobserved("not-global"),
    REFUSED,
    SILENT,
    SILENT,
    unobserved("no-ipv6"),
    SILENT,
  ];
  expect(await inTurn(sessions)).toEqual(sessions);
  expect(await inTurn([...sessions, SILENT])).toEqual([...sessions, BLOCKED]);
});

/** A probe that ends as silent when it is told to give up. */
const waiting = (giveUp: AbortSignal): Promise<SmtpSession> =>
  new Promise((resolve) => giveUp.addEventListener("abort", () => resolve(SILENT)));

test("connects that are under way have a moment more, and then end", async () => {
  const breaker = createPort25Breaker({ silences: 1, grace: 30 });
  const late = breaker.guard(waiting);
  const begun = performance.now();
  await breaker.guard(async () => SILENT);
  expect(await late).toEqual(BLOCKED);
  expect(performance.now() - begun).toBeGreaterThan(25);
});

test("an answer in that moment, and all goes on", async () => {
  const breaker = createPort25Breaker({ silences: 1, grace: 30 });
  let ended = false;
  void breaker.guard(waiting).then(() => (ended = true));
  await breaker.guard(async () => SILENT);
  breaker.accepted();
  expect(await breaker.guard(async () => GREETED)).toEqual(GREETED);
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(ended).toBe(false);
});
