// Every question that the worlds put to the gate, and what the brute force finds in the worlds behind it.
import type { Question } from "./judged.ts";
import { appliedFrom, newRefusals, refusals, type States, statesBefore } from "./refusals.ts";
import { type Sender, SWEPT } from "./senders.ts";
import type { Little } from "./space.ts";
import { arrivals, type Delays, delaysOf, type Published, served, type Timeline, timelineOf } from "./world.ts";

/** One way in which the commits before the change arrived. */
interface Arrived {
  readonly delays: readonly Delays[];
  readonly unmerged: Timeline;
  readonly senders: ReadonlyMap<Sender, Prospect>;
}

/** One class of senders when the change is about to arrive. */
interface Prospect {
  readonly atMerge: States;
  /** The policies that are applied, and what is refused, if the change is not merged. */
  readonly course: ReturnType<typeof appliedFrom>;
  readonly unmerged: readonly number[];
  /** {@link appliedFrom} by what is published from then on: changes that differ only in MX share it. */
  readonly courses: Map<string, ReturnType<typeof appliedFrom>>;
}

/** What a merge newly refuses: the first course of events that shows it. */
export interface Refusal {
  readonly sender: Sender;
  readonly delays: readonly Delays[];
  readonly first: number;
  readonly last: number;
}

/** One question to the gate, and for each class of senders whether, in some world that looks like this one, mail is newly refused. */
export interface Entry {
  readonly question: Question;
  readonly refusals: readonly Refusal[];
}

/** A gate cannot tell two worlds apart that serve the same when it looks: one question each. */
export function* entriesOf(worlds: Iterable<Little>, fenced: boolean): Generator<Entry> {
  let known: { readonly past: Little["past"]; readonly looks: readonly Arrived[][] } | undefined;
  for (const { past, change } of worlds) {
    if (known?.past !== past && JSON.stringify(known?.past) !== JSON.stringify(past))
      known = { past, looks: looksOf(past, fenced) };
    for (const look of known?.looks ?? []) {
      const live = served((look[0] as Arrived).unmerged, 0);
      const question = { past, live, change };
      yield { question, refusals: refusalsOf(look, question, fenced) };
    }
  }
}

/** The ways in which the past may have arrived, without those that no sender can tell from another, by what the gate sees. */
function looksOf(past: Little["past"], fenced: boolean): readonly Arrived[][] {
  const different = new Map(
    arrivals(past.length, fenced).map((delays) => {
      const arrived = arrivedBy(past, delays);
      return [signatureOf(arrived), arrived];
    }),
  );
  return [...Map.groupBy(different.values(), ({ unmerged }) => JSON.stringify(served(unmerged, 0))).values()];
}

function arrivedBy(past: Little["past"], delays: readonly Delays[]): Arrived {
  const unmerged = timelineOf(past, delays);
  const senders = SWEPT.map((sender) => {
    const atMerge = statesBefore(sender, unmerged, 0);
    const courses: Prospect["courses"] = new Map();
    const course = appliedFrom(sender, atMerge, unmerged);
    return [sender, { atMerge, course, unmerged: refusals(course, unmerged), courses }] as const;
  });
  return { delays, unmerged, senders: new Map(senders) };
}

const signatureOf = ({ unmerged, senders }: Arrived): string =>
  JSON.stringify([
    [-1, 0, 1].map((hour) => served(unmerged, hour)),
    [...senders.values()].map(({ atMerge }) => [...atMerge].map((held) => held?.name ?? "").sort()),
  ]);

function refusalsOf(look: readonly Arrived[], { past, change }: Question, fenced: boolean): readonly Refusal[] {
  const found = new Map<Sender, Refusal>();
  for (const arrived of look)
    for (const line of mergedLines(arrived, past, change, fenced))
      for (const sender of SWEPT) {
        const prospect = arrived.senders.get(sender) as Prospect;
        const merged = refusals(courseOf(sender, prospect, line), line.timeline);
        const own = refusals(prospect.course, baseWith(arrived, past, { change, last: line.delays.at(-1) }));
        const bits = newRefusals(merged, prospect.unmerged).map((refused, hour) => refused & ~(own[hour] ?? 0));
        const [first, last] = [bits.findIndex(Boolean), bits.findLastIndex(Boolean)];
        const known = found.get(sender);
        if (first >= 0 && (!known || last > known.last))
          found.set(sender, { sender, delays: line.delays, first, last });
      }
  return [...found.values()];
}

interface Arriving {
  readonly change: Published;
  readonly last: Delays | undefined;
}

/**
 * The world without the change, in which the MX of base arrives no later than it does with it. A change that leaves the MX as base says
 * it brings that MX along; that it comes an hour sooner is base's doing (SPEC: a change answers for what it makes worse).
 */
function baseWith({ delays, unmerged }: Arrived, past: Little["past"], { change, last }: Arriving): Timeline {
  const [base, own] = [past.at(-1), delays.at(-1)];
  if (!base || !own || !last || change.mx !== base.mx || base.at + own.mx <= last.mx) return unmerged;
  return timelineOf(past, [...delays.slice(0, -1), { ...own, mx: last.mx - base.at }]);
}

function courseOf(sender: Sender, { atMerge, courses }: Prospect, { published, timeline }: MergedLine) {
  const known = courses.get(published);
  if (known) return known;
  const course = appliedFrom(sender, atMerge, timeline);
  courses.set(published, course);
  return course;
}

interface MergedLine {
  readonly delays: readonly Delays[];
  readonly timeline: Timeline;
  /** Bodies and ids from the hour before the merge on: all that senders can tell. Nothing changes after hour 1. */
  readonly published: string;
}

/** The ways in which the change may arrive, each once. */
function mergedLines(
  { delays }: Arrived,
  past: Little["past"],
  change: Published,
  fenced: boolean,
): Iterable<MergedLine> {
  const commits = [...past, { ...change, at: 0 }];
  const lines = delaysOf(fenced).map((last) => {
    const all = [...delays, last];
    const timeline = timelineOf(commits, all);
    const seen = [-1, 0, 1].map((hour) => served(timeline, hour));
    const published = JSON.stringify(seen.map(({ body, id }) => [body, id]));
    return [JSON.stringify(seen), { delays: all, timeline, published }] as const;
  });
  return new Map(lines).values();
}
