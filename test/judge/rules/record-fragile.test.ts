import { describe, expect, test } from "vitest";
import { senders } from "../../../src/judge/senders.ts";
import { vectors } from "../../protocol/vectors.ts";
import { peersOf, type RecordVector } from "../peers.ts";
import { findingsOf, judgeScene, outcomeOf, type Scene, wordOf } from "../scene.ts";

const RULE = "record-fragile";
const nameOf = (id: string): string => senders.find((sender) => sender.id === id)?.name ?? id;
const valid = vectors<RecordVector>("record").filter(({ expect: expected }) => expected === "valid");

describe("the senders that the vector names", () => {
  test.each(valid.map((vector) => [vector.id, vector] as const))("%s", (_, vector) => {
    const records = vector.input.map((strings) => strings.join(""));
    const named = findingsOf(judgeScene({ proposed: { records } }), RULE).flatMap(({ facts }) =>
      String(facts["senders"]).split(", "),
    );
    expect(named.sort()).toEqual([...peersOf(vector).keys()].map(nameOf).sort());
  });
});

test.each<[string, Scene, string]>([
  ["as everybody reads it", { proposed: { id: "B" } }, "passed"],
  ["a space before the semicolon", { proposed: { records: ["v=STSv1 ; id=B"] } }, "failed:warning"],
  ["an invalid one", { proposed: { records: ["v=STSv1; id=b-b"] } }, "not-applicable"],
  ["two", { proposed: { records: ["v=STSv1; id=A", "v=STSv1; id=B"] } }, "not-applicable"],
  ["none", { proposed: { records: [] } }, "not-applicable"],
])("%s", (_, scene, word) => expect(wordOf(outcomeOf(judgeScene(scene), RULE))).toBe(word));

test.each<[string, readonly string[], string]>([
  [
    "other records",
    ["x", "v=STSv1; id=B"],
    "KumoMTA and maddy find no policy, because other TXT records stand beside it.",
  ],
  [
    "white space",
    ["v=STSv1 ; id=B"],
    "chasquid finds no policy, because white space stands before its first semicolon.",
  ],
  ["a second id", ["v=STSv1; id=B; id=C"], "read the id `C`, because it has a second id."],
  [
    "a colon",
    ["v=STSv1; id=B; x=a:b"],
    "ZoneMTA (mailauth) finds no policy, because one of its fields has a colon in it.",
  ],
])("says why: %s", (_, records, why) =>
  expect(findingsOf(judgeScene({ proposed: { records } }), RULE)[0]?.message).toContain(why),
);

test.each<[string, Scene, boolean]>([
  ["the same in base", { base: { records: ["v=STSv1 ; id=B"] }, proposed: { records: ["v=STSv1 ; id=B"] } }, true],
  ["new", { base: { records: ["v=STSv1; id=A"] }, proposed: { records: ["v=STSv1 ; id=B"] } }, false],
  [
    "deployed, not spoken of",
    { proposed: { policy: "testing 86400 mx1" }, live: { records: ["v=STSv1 ; id=B"] } },
    true,
  ],
])("already so: %s", (_, scene, already) =>
  expect(findingsOf(judgeScene(scene), RULE)[0]?.alreadySo ?? false).toBe(already),
);
