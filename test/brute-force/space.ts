// Which little worlds there are. By symmetry the base world's first MX set is `a` or `ab`: `b` is `a` by another name.
import { type Chance, chanceOf } from "../full/chance.ts";
import type { Body, Commit, Mx, Past, Published } from "./world.ts";

export interface Little {
  readonly past: Past;
  readonly change: Published;
}

/** The base is a commit of this very hour, so that it may still be on its way when the gate looks. */
export const isInFlight = ({ past }: Pick<Little, "past">): boolean => past.at(-1)?.at === 0;

const MX: readonly Mx[] = ["a", "b", "ab"];
const FIRST_MX: readonly Mx[] = ["a", "ab"];
const HOURS = [2, 4] as const;
const enforce = (mx: Mx, maxAge: number): Body => ({ mode: "enforce", mx, maxAge });
const weak = (mode: "testing" | "none", maxAge: number): Body => ({ mode, mx: "a", maxAge });

/** Policies that enforce: what senders may refuse by. */
const ENFORCING: readonly Body[] = HOURS.flatMap((hours) => MX.map((mx) => enforce(mx, hours)));
const BODIES: readonly (Body | null)[] = [
  null,
  ...HOURS.flatMap((hours) => [weak("testing", hours), weak("none", hours)]),
  ...ENFORCING,
];
/** Enough for what two commits can do to each other. */
const FEW = BODIES.filter((body) => {
  if (body?.mode === "enforce") return body.maxAge === 4 || body.mx === "a";
  return body === null || (body.mode === "testing" && body.maxAge === 2);
});

/** How long after a commit the next one, or the change, comes: from at once to when all that it replaced has run out. */
const GAPS = [0, 1, 2, 3, 4, 5, 6, 7] as const;
/** The same, thinned: on its way, inside each clock, past all of them. */
const FEW_GAPS = [0, 1, 3, 6] as const;
/** Between two commits: inside every clock, and past those of records. */
const BETWEEN = [1, 4] as const;

/** Hours by which the unpublished domain is older than its first commit: nobody holds anything, so it does not matter. */
const BEFORE = 2;

/** Ids are 1, 2 …: a commit keeps the last one, goes back to an older one, or takes the next. */
function idsAfter(past: readonly Published[]): readonly number[] {
  const newest = Math.max(0, ...past.map(({ id }) => id ?? 0));
  return Array.from({ length: newest + 1 }, (_, index) => index + 1);
}

function publishedAfter(past: readonly Published[], bodies: readonly (Body | null)[], mxs: readonly Mx[]): Published[] {
  return bodies.flatMap((body) =>
    (body === null ? [null] : idsAfter(past)).flatMap((id) => mxs.map((mx) => ({ body, id, mx }))),
  );
}

const differs = (one: Published, other: Published | undefined): boolean =>
  JSON.stringify(one) !== JSON.stringify(other);

/** A domain that has never published a policy, up to the first commit. */
const unpublished = (mx: Mx, at: number): Commit => ({ at, body: null, id: null, mx });

/** Hours of commits, oldest first, from the gaps between them; the change is at hour 0. */
const hoursOf = (gaps: readonly number[]): readonly number[] =>
  gaps.map((_, index) => 0 - gaps.slice(index).reduce((sum, gap) => sum + gap, 0));

function dated(said: readonly Published[], gaps: readonly number[]): Past {
  const hours = hoursOf(gaps);
  const commits = said.map((one, index) => ({ ...one, at: hours[index] ?? 0 }));
  return [unpublished((said[0] as Published).mx, (hours[0] ?? 0) - BEFORE), ...commits];
}

/** First publications: no commit before the change. */
export function* unpublishedWorlds(): Generator<Little> {
  for (const mx of FIRST_MX) {
    const past = [unpublished(mx, -BEFORE)];
    for (const change of publishedAfter([], BODIES, MX))
      if (differs(change, { body: null, id: null, mx })) yield { past, change };
  }
}

/** Every world of one commit. */
export const oneCommitWorlds = (): Generator<Little> => worldsOfOne(BODIES, GAPS);

/** One commit of few bodies, few gaps. */
export const fewOfOneCommit = (): Generator<Little> => worldsOfOne(FEW, FEW_GAPS);

function* worldsOfOne(bodies: readonly (Body | null)[], gaps: readonly number[]): Generator<Little> {
  for (const first of publishedAfter([], bodies, FIRST_MX))
    for (const gap of gaps)
      for (const change of publishedAfter([first], bodies, MX))
        if (differs(change, first)) yield { past: dated([first], [gap]), change };
}

/** Two commits of few bodies, few gaps. */
export function* twoCommitWorlds(): Generator<Little> {
  for (const first of publishedAfter([], FEW, FIRST_MX))
    for (const second of publishedAfter([first], FEW, MX).filter((one) => differs(one, first)))
      for (const gap of BETWEEN)
        for (const last of FEW_GAPS)
          for (const change of publishedAfter([first, second], FEW, MX))
            if (differs(change, second)) yield { past: dated([first, second], [gap, last]), change };
}

/** `histories` pasts of `commits` commits by chance that repeats, and `changes` changes of each, out of all there are. */
export function* sampledWorlds(commits: number, histories: number, changes: number, seed: number): Generator<Little> {
  const chance = chanceOf(seed);
  for (let done = 0; done < histories; done += 1) {
    const said: Published[] = [];
    while (said.length < commits) {
      const next = chance.of(publishedAfter(said, BODIES, said.length === 0 ? FIRST_MX : MX));
      if (differs(next, said.at(-1))) said.push(next);
    }
    const gaps = said.map((_, index) => (index === commits - 1 ? chance.of(GAPS) : 1 + chance.below(7)));
    const past = dated(said, gaps);
    const proposed = publishedAfter(said, BODIES, MX).filter((change) => differs(change, said.at(-1)));
    for (const change of chosen(proposed, changes, chance)) yield { past, change };
  }
}

/** `count` of them, each once. */
function chosen<T>(from: readonly T[], count: number, chance: Chance): readonly T[] {
  const left = [...from];
  return Array.from({ length: Math.min(count, left.length) }, () => left.splice(chance.below(left.length), 1)[0] as T);
}
