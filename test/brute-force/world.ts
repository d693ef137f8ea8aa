// The little world of the brute force: whole hours, two MX hosts with good certificates, one domain.

/** MX hosts, one letter each: `ab` is the set of both. */
export type Mx = "a" | "b" | "ab";

/** A policy file; `maxAge` in hours. */
export interface Body {
  readonly mode: "enforce" | "testing" | "none";
  readonly mx: Mx;
  readonly maxAge: number;
}

/** Everything that a commit says. No policy and no record stand together: `body` and `id` are both null. */
export interface Published {
  readonly body: Body | null;
  readonly id: number | null;
  readonly mx: Mx;
}

/** `at`: the hour of the commit. The change is judged, and merged, at hour 0; what came before has hours below 0, or 0. */
export interface Commit extends Published {
  readonly at: number;
}

/** Oldest first; the first one publishes no policy, the last one is the base of the change. */
export type Past = readonly Commit[];

/** Hours between a commit and the moment from which each part is what the world serves. */
export interface Delays {
  readonly body: number;
  readonly id: number;
  readonly mx: number;
}

/** The deploy lag is one hour: each part arrives at once or an hour later. */
const ANY: readonly Delays[] = [0, 1].flatMap((body) => [0, 1].flatMap((id) => [0, 1].map((mx) => ({ body, id, mx }))));
/** A pipeline that makes the body live first, then the id, then the MX; within one hour, or not. */
const FENCED = ANY.filter(({ body, id, mx }) => body <= id && id <= mx);

export const delaysOf = (fenced: boolean): readonly Delays[] => (fenced ? FENCED : ANY);

/** Nothing that any commit did can still be on its way, or be held without being renewed, in the last hours before this. */
export const LAST_HOUR = 8;

/** What the world serves hour by hour, from `from` on. */
export interface Timeline {
  readonly from: number;
  readonly hours: readonly Published[];
}

export const served = ({ from, hours }: Timeline, hour: number): Published =>
  hours[Math.max(hour, from) - from] as Published;

/** Each part is that of the newest commit whose part has arrived. What stands before the first commit is as that commit says. */
export function timelineOf(commits: Past, delays: readonly Delays[]): Timeline {
  const from = (commits[0] as Commit).at;
  const hours = Array.from({ length: LAST_HOUR - from + 1 }, (_, index) => {
    const arrived = (part: keyof Delays): Commit =>
      commits.findLast(({ at }, which) => which === 0 || at + (delays[which]?.[part] ?? 0) <= from + index) as Commit;
    return { body: arrived("body").body, id: arrived("id").id, mx: arrived("mx").mx };
  });
  return { from, hours };
}

/** TTLs are one hour: in any hour a resolver may answer what is served now or what was served in the hour before. */
export function visible<T>(line: Timeline, hour: number, part: (published: Published) => T): readonly T[] {
  const [now, before] = [part(served(line, hour)), part(served(line, hour - 1))];
  return now === before ? [now] : [now, before];
}

/** Every way in which commits may arrive: one delay for each but the first, which stands since long ago. */
export function arrivals(commits: number, fenced: boolean): readonly (readonly Delays[])[] {
  const none: readonly Delays[] = [{ body: 0, id: 0, mx: 0 }];
  const more = Array.from({ length: commits - 1 }, () => delaysOf(fenced));
  return more.reduce<readonly (readonly Delays[])[]>(
    (ways, choices) => ways.flatMap((way) => choices.map((choice) => [...way, choice])),
    [none],
  );
}
