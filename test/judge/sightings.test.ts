import { describe, expect, test } from "vitest";
import type { ObservationLine } from "../../src/evidence-line.ts";
import { sightingsOf } from "../../src/judge/sightings.ts";
import type { DomainName } from "../../src/protocol/domain-name.ts";
import { bytesOf } from "../../src/protocol/octets.ts";
import { caseOf, DOMAIN, policyText, response, type SceneSight } from "./scene.ts";

const linesOf = (...memory: readonly SceneSight[]): readonly ObservationLine[] => caseOf({ memory }).memory ?? [];
const seen = (...memory: readonly SceneSight[]) => sightingsOf(linesOf(...memory), DOMAIN);
const at = (text: string): number => Date.parse(text);
const [FIRST, LATER] = ["2026-11-01T00:00:00Z", "2026-11-02T00:00:00Z"];

describe("what earlier runs saw", () => {
  test("the oldest first, in whatever order the lines are", () => {
    expect(seen({ at: LATER, id: "B" }, { at: FIRST, id: "A" }).ids).toEqual([
      { at: at(FIRST), seen: "A" },
      { at: at(LATER), seen: "B" },
    ]);
  });

  test.each<[string, SceneSight]>([
    ["no record", { at: FIRST, records: "none" }],
    ["two records", { at: FIRST, records: ["v=STSv1; id=A", "v=STSv1; id=B"] }],
    ["a record that is none", { at: FIRST, records: ["v=STSv1; id=a-b"] }],
  ])("%s is a sighting without an id", (_, sight) => {
    expect(seen(sight).ids).toEqual([{ at: at(FIRST), seen: undefined }]);
  });

  test("a body for each address that served one", () => {
    const { bodies } = seen({ at: FIRST, policy: "enforce 86400 mx1", second: "enforce 86400 mx2" });
    expect(bodies.map(({ address, seen: body }) => [address, new TextDecoder().decode(bytesOf(body))])).toEqual([
      ["198.51.100.10", policyText("enforce 86400 mx1")],
      ["198.51.100.11", policyText("enforce 86400 mx2")],
    ]);
  });

  test.each(["none", "redirect", "refused", "untrusted", "wrong-name"])("no body: %s", (policy) => {
    expect(seen({ at: FIRST, policy }).bodies).toEqual([]);
  });

  test("MX hosts; a null MX has none, and without records it is the domain itself", () => {
    const hosts = (mx: NonNullable<SceneSight["mx"]>) => seen({ at: FIRST, mx }).mx.map((one) => one.seen);
    expect(hosts(["mx1", "mx2"])).toEqual([{ hosts: ["mx1.example.com", "mx2.example.com"], ttl: 3600 }]);
    expect(hosts("null")).toEqual([{ hosts: [], ttl: 3600 }]);
    expect(hosts("none")).toEqual([{ hosts: ["example.com"], ttl: 0 }]);
  });

  test("nothing of another domain, of another record, and of what could not be looked at", () => {
    const date = { version: 1, at: FIRST } as const;
    const blind = { kind: "unobserved", because: "timed-out" } as const;
    const txt = {
      kind: "observed",
      value: { kind: "records", records: ["v=STSv1; id=A"], cnames: [], ttl: 60 },
    } as const;
    const others: readonly ObservationLine[] = [
      { ...date, kind: "txt", owner: "_mta-sts.example.net", seen: txt },
      { ...date, kind: "txt", owner: "_smtp._tls.example.com", seen: txt },
      { ...date, kind: "txt", owner: "_mta-sts.example.com", seen: blind },
      { ...date, kind: "mx", owner: DOMAIN, seen: blind },
      {
        ...date,
        kind: "mx",
        owner: "mail.example.com" as DomainName,
        seen: { kind: "observed", value: { kind: "null-mx", ttl: 1 } },
      },
      {
        ...date,
        kind: "policy",
        host: "mta-sts.example.net" as DomainName,
        address: "198.51.100.10",
        seen: response(200, policyText("enforce 86400 mx1")),
      },
    ];
    expect(sightingsOf(others, DOMAIN)).toEqual({ ids: [], bodies: [], mx: [] });
  });
});
