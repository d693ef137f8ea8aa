import { expect, test } from "vitest";
import type { ObservationLine } from "../../src/evidence-line.ts";
import { type DomainName, domainName } from "../../src/protocol/domain-name.ts";
import { nowhere } from "../../src/world/nowhere.ts";
import { recordingNetwork } from "../../src/world/recording.ts";
import { replayedNetwork } from "../../src/world/replay.ts";

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
const ask = (lines: readonly ObservationLine[], maxAge = 24 * HOUR) =>
  replayedNetwork({ lines, now: NOW, maxAge, live: nowhere(() => NOW) });

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
  const { network, stale } = ask(lines);
  expect(await network.txt("_mta-sts.example.com")).toEqual(records("new"));
  expect(stale).toBe(2);
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
  const { network } = replayedNetwork({ lines: [unobserved], now: NOW, maxAge: HOUR, live });
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
