import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { timelineSection } from "../../src/report/timeline.ts";
import { hostileText } from "./hostile.ts";
import { BLOCKED, hostileVerdict, READY } from "./verdicts.ts";

describe("the timeline", () => {
  test("has the story, the clocks and the end of the verdict in order", () => {
    expect(timelineSection(BLOCKED).split("\n")).toEqual([
      "**Timeline**",
      "",
      "```mermaid",
      "timeline",
      "    2026-11-01 09.00 UTC : policy served under the id 20261101",
      "    2026-11-23 11.59 UTC : mox fetches it",
      "    2026-11-23 12.00 UTC : this change",
      "    2026-11-23 12.01 UTC : mox refuses mx2.example.com",
      "    2026-12-01 13.00 UTC : senders that compare ids have the new policy",
      "    2026-12-04 12.00 UTC : no sender holds the old policy",
      "    2026-12-04 12.00 UTC : safe from here on",
      "    2027-01-31 00.00 UTC : this verdict must be made again",
      "```",
    ]);
  });

  test("is left out where there is one date, or none", () => expect(timelineSection(READY)).toBe(""));

  test("holds nothing that Mermaid could read", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        const lines = timelineSection({
          ...hostileVerdict(text),
          validUntil: "2027-01-31T00:00:00Z",
          safeAfter: "2026-12-01T00:00:00Z",
        })
          .split("\n")
          .slice(4, -1);
        expect(lines.length).toBeGreaterThan(0);
        for (const line of lines)
          expect(line).toMatch(/^ {4}[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}[.][0-9]{2} UTC : [A-Za-z0-9 .*_-]*$/);
      }),
    );
  });
});
