import { expect, test } from "vitest";
import { type Asked, type ObservationLine, questionOf, wasSeen } from "../../src/evidence-line.ts";
import { type DomainName, domainName } from "../../src/protocol/domain-name.ts";
import { nowhere } from "../../src/world/nowhere.ts";
import { recordingNetwork } from "../../src/world/recording.ts";
import { createMemory, replayedNetwork } from "../../src/world/replay.ts";
import type { Network } from "../../src/world.ts";

const NOW = "2026-11-24T12:00:00.000Z";
const HOUR = 3_600_000; // milliseconds
const host = domainName("mx1.example.com") as DomainName;
const records = (...texts: string[]) =>
  ({ kind: "observed", value: { kind: "records", records: texts, cnames: [], ttl: 60 } }) as const;
const txt = (at: string, text: string): ObservationLine => ({
  version: 1,
  at,
  kind: "txt",
  owner: "_mta-sts.example.com",
  seen: records(text),
});
const ask = (lines: readonly ObservationLine[], maxAge = 24 * HOUR, live: Network = nowhere(() => NOW)) => {
  const memory = createMemory<Asked>({ now: NOW, maxAge });
  for (const line of lines) memory.add({ question: questionOf(line), at: line.at, seen: wasSeen(line) }, line);
  return { ...replayedNetwork({ find: memory.find, live }), stale: memory.stale(), future: memory.future() };
};

test("what was written down is answered again", async () => {
  const lines: ObservationLine[] = [];
  const live = { ...nowhere(() => NOW), txt: async () => records("v=STSv1; id=A") };
  const recording = recordingNetwork(
    live,
    (line) => lines.push(JSON.parse(JSON.stringify(line)) as ObservationLine),
    () => NOW,
  );
  const seen = await recording.txt("_mta-sts.example.com");
  await recording.txt("_mta-sts.example.com");
  expect(lines).toHaveLength(1);
  const { network, answered } = ask(lines);
  expect(await network.txt("_mta-sts.example.com")).toEqual(seen);
  expect(answered()).toBe(1);
});

test("the newest counts, and neither the stale nor the future one", async () => {
  const lines = [
    txt("2026-11-24T10:00:00.000Z", "new"),
    txt("2026-11-24T09:00:00.000Z", "old"),
    txt("2026-11-25T09:00:00.000Z", "future"),
    txt("2026-11-20T09:00:00.000Z", "stale"),
  ];
  const { network, stale, future } = ask(lines);
  expect(await network.txt("_mta-sts.example.com")).toEqual(records("new"));
  expect([stale, future]).toEqual([1, 1]);
  expect(await ask(lines, HOUR).network.txt("_mta-sts.example.com")).toEqual({
    kind: "unobserved",
    because: "not-asked",
  });
});

test("what could not be seen then is asked again", async () => {
  const unobserved: ObservationLine = {
    version: 1,
    at: NOW,
    kind: "probe",
    host,
    address: "198.51.100.1",
    seen: { address: "198.51.100.1", at: NOW, session: { kind: "unobserved", because: "egress-blocked" } },
  };
  const live = {
    ...nowhere(() => NOW),
    probe: async () =>
      ({ address: "198.51.100.1", at: NOW, session: { kind: "no-starttls", capabilities: [] } }) as const,
  };
  const { network } = ask([unobserved], HOUR, live);
  expect((await network.probe(host, "198.51.100.1")).session.kind).toBe("no-starttls");
});

test("another host, or another address of it, is another question", async () => {
  const line: ObservationLine = {
    version: 1,
    at: NOW,
    kind: "probe",
    host,
    address: "198.51.100.1",
    seen: { address: "198.51.100.1", at: NOW, session: { kind: "no-starttls", capabilities: [] } },
  };
  const { network } = ask([line]);
  expect((await network.probe(host, "198.51.100.2")).session.kind).toBe("unobserved");
  expect((await network.probe(domainName("mx2.example.com") as DomainName, "198.51.100.1")).session.kind).toBe(
    "unobserved",
  );
});

test("the vantage of those who looked, for a run that did not", async () => {
  const elsewhere = { ...nowhere(() => NOW).vantage(), port25: "open", resolver: "192.0.2.53" } as const;
  const probe: ObservationLine = {
    version: 1,
    at: NOW,
    kind: "probe",
    host,
    address: "198.51.100.1",
    seen: { address: "198.51.100.1", at: NOW, session: { kind: "no-starttls", capabilities: [] } },
  };
  const over = (live: Network) => replayedNetwork({ find: () => probe, vantage: elsewhere, live }).network;
  expect(over(nowhere(() => NOW)).vantage()).toEqual(elsewhere);
  const here = { ...elsewhere, port25: "not-asked", resolver: "192.0.2.54" } as const;
  const run = over({ ...nowhere(() => NOW), vantage: () => here });
  expect(run.vantage()).toEqual(here);
  await run.probe(host, "198.51.100.1");
  expect(run.vantage()).toEqual({ ...here, port25: "open" });
  // What this run tried itself, it knows.
  const blocked = over({ ...nowhere(() => NOW), vantage: () => ({ ...here, port25: "blocked" }) });
  await blocked.probe(host, "198.51.100.1");
  expect(blocked.vantage().port25).toBe("blocked");
});

test("TLSA is written down and answered too", async () => {
  const lines: ObservationLine[] = [];
  const seen = { kind: "observed", value: { records: [], authenticated: true } } as const;
  const recording = recordingNetwork(
    { ...nowhere(() => NOW), tlsa: async () => seen },
    (line) => void lines.push(line),
    () => NOW,
  );
  await recording.tlsa(host);
  expect(await ask(lines).network.tlsa(host)).toEqual(seen);
});
