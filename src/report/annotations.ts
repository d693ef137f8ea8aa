import type { DomainVerdict, Level } from "../verdict.ts";
import { inertLog, log } from "./inert.ts";
import { findingsOf, neededUnknowns } from "./ranking.ts";
import type { Reporter } from "./reporter.ts";
import { type Annotation, workflowCommand } from "./workflow-command.ts";

/** The runner keeps 10 errors, 10 warnings and 10 notices of a step and drops the rest without a word. */
const PER_LEVEL = 10;
const LEVELS: readonly Level[] = ["error", "warning", "notice"];

/** GitHub workflow commands: one annotation a finding, on its exact line, worst first. Needs no token. */
export const annotations: Reporter = {
  id: "annotations",
  destination: "stdout",
  open: () => {
    const queues = new Map(LEVELS.map((level) => [level, annotationQueue()]));
    return {
      add: (domain) => {
        for (const ranked of annotationsOf(domain)) queues.get(ranked.annotation.level)?.add(ranked);
      },
      finish: () =>
        [...queues.values()]
          .flatMap((queue) => queue.shown())
          .map((annotation) => `${workflowCommand(annotation)}\n`)
          .join(""),
    };
  },
};

/** `weight`: within one level, the lighter first. */
interface Ranked {
  readonly weight: 0 | 1 | 2;
  readonly annotation: Annotation;
}

/** The first ten of one level. One file that serves many domains says the same once. */
function annotationQueue() {
  const kept: Ranked[] = [];
  let count = 0;
  return {
    add: (ranked: Ranked): void => {
      if (kept.some(({ annotation }) => sameAnnotation(annotation, ranked.annotation))) return;
      count += 1;
      const at = kept.findIndex(({ weight }) => weight > ranked.weight);
      kept.splice(at < 0 ? kept.length : at, 0, ranked);
      kept.length = Math.min(kept.length, PER_LEVEL);
    },
    shown: () =>
      whole(
        kept.map(({ annotation }) => annotation),
        count,
      ),
  };
}

const sameAnnotation = (a: Annotation, b: Annotation): boolean =>
  a.title === b.title && a.message === b.message && JSON.stringify(a.location) === JSON.stringify(b.location);

function annotationsOf(domain: DomainVerdict): readonly Ranked[] {
  const found = findingsOf(domain).map(({ rule, finding: { level, message, location, alreadySo } }): Ranked => {
    const told = alreadySo ? log`${inertLog(message)} (Already so before this change.)` : inertLog(message);
    return { weight: alreadySo ? 2 : 1, annotation: { level, title: rule, message: told, location } };
  });
  // What keeps the verdict from ready comes before warnings that do not.
  const unknown = neededUnknowns(domain).map(({ rules, missing }): Ranked => {
    const annotation = { title: `${rules[0]}: unknown`, message: inertLog(missing.message), location: null };
    return { weight: 0, annotation: { level: "warning", ...annotation } };
  });
  return [...unknown, ...found];
}

function whole(kept: readonly Annotation[], count: number): readonly Annotation[] {
  if (count <= PER_LEVEL) return kept;
  const shown = kept.slice(0, PER_LEVEL - 1);
  const left = count - shown.length;
  const level = shown[0]?.level ?? "notice";
  const message = log`${left} more of this level are not shown here; the job summary has every one.`;
  return [...shown, { level, title: `${left} more`, message, location: null }];
}
