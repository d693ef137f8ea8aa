// A world in a few lines, and the course of events in which a sender newly refuses a host.
import type { Question } from "./judged.ts";
import type { Refusal } from "./ledger.ts";
import { deliver, type Held, refusedBy } from "./senders.ts";
import { type Body, type Delays, type Published, served, type Timeline, timelineOf, visible } from "./world.ts";

const bodyText = (body: Body | null): string => (body ? `${body.mode}{${body.mx}} ${body.maxAge}h` : "nothing");
const text = ({ body, id, mx }: Published): string => `${bodyText(body)}, id ${id ?? "none"}, MX ${mx}`;
const delayText = ({ body, id, mx }: Delays): string => `body +${body}, id +${id}, MX +${mx}`;

export function story({ past, live, change }: Question, { sender, delays, first, last }: Refusal): string {
  const commits = [...past, { ...change, at: 0 }];
  const merged = timelineOf(commits, delays);
  return [
    ...past.map(
      (commit, index) => `${commit.at}h says ${text(commit)}${index ? ` (${delayText(delays[index] as Delays)})` : ""}`,
    ),
    `0h serves ${text(live)}`,
    `0h changes to ${text(change)} (${delayText(delays.at(-1) as Delays)})`,
    `${sender} newly refuses from hour ${first} to ${last}:`,
    ...(courseTo(sender, merged, first, refusedUnmerged(sender, past, delays, first)) ?? ["no course found"]),
  ].join("\n");
}

/** What is refused in this hour or later without the change, as bits. */
function refusedUnmerged(sender: Refusal["sender"], past: Question["past"], delays: readonly Delays[], first: number) {
  const line = timelineOf(past, delays);
  return line.hours
    .map((_, index) => line.from + index)
    .filter((hour) => hour >= first)
    .reduce((bits, hour) => bits | refusedAt(sender, line, hour), 0);
}

/** Each entry that may be held, with one way to come by it. */
type Courses = ReadonlyMap<Held, readonly string[]>;

function coursesBefore(sender: Refusal["sender"], line: Timeline, end: number): Courses {
  const courses = new Map<Held, readonly string[]>([[null, []]]);
  for (let hour = line.from; hour < end; hour += 1)
    for (const { from, next, seen } of deliveries(sender, [...courses.keys()], line, hour))
      if (!courses.has(next)) courses.set(next, [...(courses.get(from) ?? []), seen]);
  return courses;
}

function* deliveries(sender: Refusal["sender"], held: Iterable<Held>, line: Timeline, hour: number) {
  const { body } = served(line, hour);
  for (const from of held)
    for (const id of visible(line, hour, (published) => published.id))
      for (const { held: next, applied } of deliver(sender, from, { hour, id, body }))
        for (const mx of visible(line, hour, (published) => published.mx))
          yield {
            from,
            next,
            refused: refusedBy(applied, mx),
            seen: `${hour}h sees id ${id ?? "none"}, served ${bodyText(body)}, MX ${mx}: goes by ${bodyText(applied)}, holds ${next ? `${bodyText(next.body)} as ${next.id} until ${next.until}h` : "nothing"}`,
          };
}

function refusedAt(sender: Refusal["sender"], line: Timeline, hour: number): number {
  return [...deliveries(sender, coursesBefore(sender, line, hour).keys(), line, hour)].reduce(
    (bits, { refused }) => bits | refused,
    0,
  );
}

function courseTo(
  sender: Refusal["sender"],
  line: Timeline,
  hour: number,
  known: number,
): readonly string[] | undefined {
  const courses = coursesBefore(sender, line, hour);
  for (const { from, seen, refused } of deliveries(sender, courses.keys(), line, hour))
    if (refused & ~known) return [...(courses.get(from) ?? []), `${seen}: REFUSED`];
  return undefined;
}
