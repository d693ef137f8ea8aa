import { describe, expect, test } from "vitest";
import { isExpiring } from "../../src/judge/expiry.ts";
import { certificate, inspectionOf } from "./scene.ts";

// It is 2026-11-24T12:00:00Z.
describe("isExpiring: under a third of its lifetime left, and no more than the configured days", () => {
  test.each<[string, notBefore: string, notAfter: string, days: number, boolean]>([
    ["90 days, 14 days left to the second", "2026-09-09T12:00:00.000Z", "2026-12-08T12:00:00.000Z", 14, true],
    ["90 days, a second more", "2026-09-09T12:00:01.000Z", "2026-12-08T12:00:01.000Z", 14, false],
    ["90 days, 20 left, asked from 30", "2026-09-15T12:00:00.000Z", "2026-12-14T12:00:00.000Z", 30, true],
    [
      "90 days, 31 left, asked from 60: more than a third",
      "2026-09-26T12:00:00.000Z",
      "2026-12-25T12:00:00.000Z",
      60,
      false,
    ],
    ["6 days, 3 left: more than a third", "2026-11-21T12:00:00.000Z", "2026-11-27T12:00:00.000Z", 14, false],
    ["6 days, 2 left: a third is not under a third", "2026-11-20T12:00:00.000Z", "2026-11-26T12:00:00.000Z", 14, false],
    ["6 days, 1 left", "2026-11-19T12:00:00.000Z", "2026-11-25T12:00:00.000Z", 14, true],
    ["a year, 14 days left", "2025-12-08T12:00:00.000Z", "2026-12-08T12:00:00.000Z", 14, true],
    ["over", "2026-01-01T00:00:00.000Z", "2026-11-24T11:59:59.000Z", 14, true],
    ["never asked for", "2026-09-09T12:00:00.000Z", "2026-11-25T12:00:00.000Z", 0, false],
  ])("%s", (_, notBefore, notAfter, certificateExpiryDays, expected) => {
    const inspection = inspectionOf({ settings: { certificateExpiryDays } });
    expect(isExpiring(certificate(["mx1.example.com"], { notBefore, notAfter }), inspection)).toBe(expected);
  });
});
