import { describe, expect, test } from "vitest";
import { EVIDENCE_VERSION, type ObservationLine } from "../../src/evidence-line.ts";
import { inspect } from "../../src/judge/inspection.ts";
import { publication } from "../../src/judge/publication.ts";
import { wrongOrder } from "../../src/judge/wrong-order.ts";
import { type DomainName } from "../../src/protocol/domain-name.ts";
import { caseOf, policyText, response, type Scene } from "./scene.ts";

const OLD = "testing 604800 mx1";
const NEW = "enforce 604800 mx1";

const dated = (minute: number) =>
  ({ version: EVIDENCE_VERSION, at: `2026-11-24T11:${String(minute).padStart(2, "0")}:00.500Z` }) as const;
const record = (minute: number, id: string): ObservationLine => ({
  ...dated(minute),
  kind: "txt",
  owner: "_mta-sts.example.com",
  seen: { kind: "observed", value: { kind: "records", records: [`v=STSv1; id=${id}`], cnames: [], ttl: 60 } },
});
const served = (minute: number, policy: string, address = "198.51.100.10", status = 200): ObservationLine => ({
  ...dated(minute),
  kind: "policy",
  host: "mta-sts.example.com" as DomainName,
  address,
  seen: { ...response(status, policyText(policy)), address },
});

const arrived: Scene = { verify: { policy: NEW, id: "B" }, live: { policy: NEW, id: "B" } };
const found = (memory: readonly ObservationLine[], scene = arrived) =>
  wrongOrder(inspect({ ...caseOf(scene), memory }));

describe("the id was live before the policy", () => {
  test("by address and time, with a fresh id to publish", () => {
    const memory = [record(1, "A"), served(2, OLD), record(3, "B"), served(4, OLD), served(5, OLD), served(6, NEW)];
    expect(found(memory)).toMatchObject([
      {
        level: "error",
        message:
          "The id B of example.com was live at 2026-11-24T11:04:00Z while 198.51.100.10 still served another policy; senders that looked then hold that one under this id until a fresh id is published.",
        location: { kind: "file", path: "zones/example.com.zone" },
        facts: {
          id: "B",
          address: "198.51.100.10",
          from: "2026-11-24T11:04:00.500Z",
          lastSeen: "2026-11-24T11:05:00.500Z",
        },
      },
    ]);
    const { suggestedId } = publication(inspect({ ...caseOf(arrived), memory }));
    expect(suggestedId).toBe("20261124T120000Z");
  });

  test("the addresses that served it, each once", () => {
    const memory = [
      record(3, "B"),
      served(4, NEW),
      served(4, OLD, "198.51.100.11"),
      served(5, OLD, "198.51.100.12"),
      served(6, OLD, "198.51.100.11"),
    ];
    expect(found(memory).map(({ facts }) => facts["address"])).toEqual(["198.51.100.11", "198.51.100.12"]);
    expect(found(memory).map(({ facts }) => [facts["from"], facts["lastSeen"]])).toEqual([
      ["2026-11-24T11:04:00.500Z", "2026-11-24T11:06:00.500Z"],
      ["2026-11-24T11:05:00.500Z", "2026-11-24T11:05:00.500Z"],
    ]);
    expect(publication(inspect({ ...caseOf(arrived), memory })).suggestedId).not.toBeNull();
  });
});

test("the fix is a fresh id in the place of this one", () => {
  const given = caseOf(arrived);
  const { stsRecords } = given.proposal.proposed;
  if (stsRecords.kind !== "said") throw new Error("the scene says the record");
  const span = { startLine: 5, startColumn: 20, endLine: 5, endColumn: 21 };
  const value = stsRecords.value.map((one) => ({ ...one, idSource: { span, lines: "_mta-sts TXT id=B" } }));
  const proposed = { ...given.proposal.proposed, stsRecords: { kind: "said", value } as const };
  const memory = [record(3, "B"), served(4, OLD)];
  const [finding] = wrongOrder(inspect({ ...given, proposal: { ...given.proposal, proposed }, memory }));
  expect(finding?.fix).toMatchObject({ span, text: "20261124T120000Z" });
});

describe("nothing wrong is proven", () => {
  test.each<[string, readonly ObservationLine[], Scene?]>([
    ["nothing is remembered", []],
    ["the policy came first", [record(1, "A"), served(2, OLD), served(3, NEW), record(4, "B"), served(5, NEW)]],
    ["the policy was seen before the id", [served(2, OLD), record(3, "B")]],
    ["the same meaning in other octets", [record(3, "B"), served(4, `${policyText(NEW)}x-note: 1\n`)]],
    ["no policy was served", [record(3, "B"), served(4, OLD, "198.51.100.10", 404), served(5, "nothing\n")]],
    ["another id was live again", [record(3, "B"), record(4, "A"), served(5, OLD)]],
    [
      "healed by another id",
      [record(3, "B"), served(4, OLD)],
      { verify: { policy: NEW, id: "C" }, live: { policy: NEW, id: "C" } },
    ],
    [
      "the repository does not say the id",
      [record(3, "B"), served(4, OLD)],
      { verify: { policy: NEW }, live: { policy: NEW, id: "B" } },
    ],
    [
      "a change, which rollout-order judges otherwise",
      [record(3, "B"), served(4, OLD)],
      { base: { policy: OLD, id: "A" }, proposed: { policy: NEW, id: "B" } },
    ],
  ])("%s", (_, memory, scene) => {
    expect(found(memory, scene)).toEqual([]);
  });
});

test("no id is suggested where all is well, nor while the deploy has not begun", () => {
  const suggested = (scene: Scene) => publication(inspect(caseOf(scene))).suggestedId;
  expect(suggested(arrived)).toBeNull();
  expect(suggested({ ...arrived, live: { policy: OLD, id: "A" } })).toBeNull();
  expect(suggested({ ...arrived, live: { policy: OLD, id: "B" } })).not.toBeNull();
});
