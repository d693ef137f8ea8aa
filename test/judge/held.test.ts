import { describe, expect, test } from "vitest";
import { heldPolicies, lastHeld } from "../../src/judge/held.ts";
import { AT, proposalOf, type Scene } from "./scene.ts";

const held = (history: NonNullable<Scene["history"]>) =>
  heldPolicies(proposalOf({ history }), AT).map(
    ({ policy, until }) => `${policy.mode} ${policy.maxAge} until ${until}`,
  );

describe("what senders may hold of the past", () => {
  test("an enforce policy, until its max_age after it was replaced, and a day for the deploy", () => {
    const history = [
      { at: "2026-11-23T00:00:00.000Z", policy: "testing 86400 mx1" },
      { at: "2026-01-01T00:00:00.000Z", policy: "enforce 604800 mx1" },
    ];
    expect(held(history)).toEqual(["enforce 604800 until 2026-12-01T00:00:00.000Z"]);
    expect(lastHeld(heldPolicies(proposalOf({ history }), AT))).toBe("2026-12-01T00:00:00.000Z");
  });

  test("an older one with a longer max_age outlasts a newer one", () => {
    expect(
      held([
        { at: "2026-11-23T00:00:00.000Z", policy: "none 86400 mx1" },
        { at: "2026-11-20T00:00:00.000Z", policy: "enforce 86400 mx1" },
        { at: "2026-01-01T00:00:00.000Z", policy: "enforce 31557600 mx1" },
      ]),
    ).toEqual(["enforce 31557600 until 2027-11-21T06:00:00.000Z", "enforce 86400 until 2026-11-25T00:00:00.000Z"]);
  });

  test.each([
    [
      "it is over",
      [
        { at: "2026-11-01T00:00:00.000Z", policy: "testing 86400 mx1" },
        { at: "2026-01-01T00:00:00.000Z", policy: "enforce 604800 mx1" },
      ],
    ],
    [
      "it is what base says",
      [
        { at: "2026-11-23T00:00:00.000Z", policy: "enforce 604800 mx1", id: "B" },
        { at: "2026-01-01T00:00:00.000Z", policy: "enforce 604800 mx1", id: "A" },
      ],
    ],
    [
      "it was testing",
      [
        { at: "2026-11-23T00:00:00.000Z", policy: "none 86400 mx1" },
        { at: "2026-01-01T00:00:00.000Z", policy: "testing 604800 mx1" },
      ],
    ],
    [
      "it was no policy",
      [
        { at: "2026-11-23T00:00:00.000Z", policy: "testing 86400 mx1" },
        { at: "2026-01-01T00:00:00.000Z", policy: "mode: enforce" },
      ],
    ],
    ["there is no history", []],
  ] satisfies readonly [string, NonNullable<Scene["history"]>][])("nothing where %s", (_, history) => {
    expect(held(history)).toEqual([]);
  });
});
