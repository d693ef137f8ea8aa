import fc from "fast-check";
import { expect, test } from "vitest";
import { readDateTime } from "../../src/protocol/date-time.ts";

test.for([
  ["2026-11-01T00:00:00Z", "2026-11-01T00:00:00Z", "rfc-3339"],
  ["2026-11-01t23:59:59z", "2026-11-01T23:59:59Z", "rfc-3339"],
  ["2026-11-01T01:00:00+01:30", "2026-10-31T23:30:00Z", "rfc-3339"],
  ["2026-12-31T23:00:00-02:00", "2027-01-01T01:00:00Z", "rfc-3339"],
  ["2024-02-29T12:00:00.123456Z", "2024-02-29T12:00:00Z", "rfc-3339"],
  ["2016-12-31T23:59:60Z", "2017-01-01T00:00:00Z", "rfc-3339"], // a leap second
  ["2026-11-01T00:00:00", "2026-11-01T00:00:00Z", "no-offset"],
  ["2026-11-01 00:00:00Z", "2026-11-01T00:00:00Z", "space-for-t"],
  ["2026-11-01", "2026-11-01T00:00:00Z", "date-only"],
])("%s is %s", ([text = "", at, form]) => expect(readDateTime(text)).toEqual({ at, form }));

test.for([
  "",
  "2026-11-01T24:00:00Z",
  "2026-02-30T00:00:00Z",
  "2025-02-29",
  "2026-13-01",
  "2026-00-01",
  "2026-11-00",
  "2026-11-01T00:60:00Z",
  "2026-11-01T00:00:61Z",
  "2026-11-01T00:00Z",
  "2026-11-01T00:00:00+24:00",
  "2026-11-01T00:00:00+0100",
  "2026-11-01T00:00:00Z\n",
  "1793491200",
  "yesterday",
])("%j is no date-time", (text) => expect(readDateTime(text)).toBeUndefined());

test("reads what Date prints", () => {
  const dates = fc.date({
    min: new Date("0001-01-02T00:00:00Z"),
    max: new Date("9999-12-30T00:00:00Z"),
    noInvalidDate: true,
  });
  fc.assert(
    fc.property(dates, (date) => {
      const text = date.toISOString();
      expect(readDateTime(text)?.at).toBe(text.replace(/\.[0-9]+/, ""));
    }),
  );
});
