/** What a text says about an instant. `form` tells apart RFC 3339 and what is read in its place. */
export interface DateTimeReading {
  /** ISO 8601, in UTC, without fractions of a second. */
  readonly at: string;
  readonly form: "rfc-3339" | "no-offset" | "date-only" | "space-for-t";
}

const DATE = "([0-9]{4})-([0-9]{2})-([0-9]{2})";
const TIME = "([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.[0-9]{1,18})?";
const DATE_TIME = new RegExp(`^${DATE}(?:([Tt ])${TIME}([Zz]|[+-][0-9]{2}:[0-9]{2})?)?$`);

/**
 * Reads an RFC 3339 date-time; a missing offset and a missing time mean UTC and midnight. `undefined` for everything else: hour
 * 24 too, which RFC 3339 does not have, and 30 February, of which `new Date` would make another day.
 */
export function readDateTime(text: string): DateTimeReading | undefined {
  const [whole, year = "", month = "", day = "", t, hour = "00", minute = "00", second = "00", offset] =
    DATE_TIME.exec(text) ?? [];
  if (whole === undefined || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 60) return undefined;
  const midnight = new Date(`${year}-${month}-${day}T00:00:00Z`);
  if (Number.isNaN(midnight.getTime()) || midnight.getUTCDate() !== Number(day)) return undefined;
  const east = offsetMinutes(offset);
  if (east === undefined) return undefined;
  const seconds = (Number(hour) * 60 + Number(minute) - east) * 60 + Number(second);
  const at = new Date(midnight.getTime() + seconds * 1000).toISOString().replace(/\.[0-9]+Z$/, "Z");
  const form =
    t === undefined ? "date-only" : offset === undefined ? "no-offset" : t === " " ? "space-for-t" : "rfc-3339";
  return { at, form };
}

function offsetMinutes(offset: string | undefined): number | undefined {
  if (offset === undefined || offset.toUpperCase() === "Z") return 0;
  const [hours, minutes] = [Number(offset.slice(1, 3)), Number(offset.slice(4))];
  if (hours > 23 || minutes > 59) return undefined;
  return (offset.startsWith("-") ? -1 : 1) * (hours * 60 + minutes);
}
