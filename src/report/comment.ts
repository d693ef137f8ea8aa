import type { DomainVerdict, RunFacts } from "../verdict.ts";
import { fitted, octetsIn, type Piece } from "./budget.ts";
import { deliveryTable } from "./delivery-table.ts";
import { joined, type Markdown, markdown } from "./inert.ts";
import {
  dateSection,
  fixSection,
  notCheckedSection,
  noteSection,
  reasonSection,
  waiverSection,
} from "./markdown-sections.ts";
import { domainRanking } from "./ranking.ts";
import type { ReportContext, Reporter } from "./reporter.ts";
import { domainHeading, domainTable, heading, vantageFooter } from "./run-sections.ts";
import { storySection } from "./story-section.ts";

// GitHub refuses a body above 65,536 characters with 422.
const LIMIT = 59_500;
const DOMAINS = 50;

/** The first line of the sticky comment. Whoever looks for it must compare the author too: anyone can write it. */
export const commentMarker = (label: string): string => `<!-- mta-sts-gate:${label} -->`;

/** The sticky comment of a pull request: the verdict, the reason, the fix, and what was not checked. Under 60,000 characters. */
export const comment: Reporter = {
  id: "comment",
  destination: "pull-request",
  open: (context) => {
    const ranking = domainRanking(DOMAINS);
    return { add: ranking.add, finish: (run) => commentText(run, ranking.worst(), context) };
  },
};

function commentText(run: RunFacts, worst: readonly DomainVerdict[], context: ReportContext): string {
  const head = markdown`${commentMarker(context.label) as Markdown}\n${heading(run, worst[0])}`;
  const notes = noteSection(run.notes, 6_000);
  const tail = filled([notes, ...fullReport(context), vantageFooter(run)]);
  const several = run.counts.domains > 1;
  // The notes and the footer say how the run looked; they are never what is left out.
  const octets = LIMIT - octetsIn(head) - octetsIn(tail) - 4;
  const pieces: readonly Piece[] = [
    () => domainTable(worst, run, 16_000),
    ...worst.flatMap((domain) => domainPieces(domain, several, context)),
  ];
  const rest = (): Markdown => markdown`This comment is full; the job summary has the rest.`;
  const body = fitted(pieces, { octets, separator: "\n\n", rest });
  return `${filled([head, body, tail])}\n`;
}

/** A ready domain among others has its row in the table, and alone its findings, waivers and what was not checked. */
function domainPieces(domain: DomainVerdict, several: boolean, context: ReportContext): readonly Piece[] {
  const ready = domain.verdict === "ready";
  if (several && ready) return [];
  return [
    ...(several ? [() => domainHeading(domain, several)] : []),
    () => reasonSection(domain, context, 14_000),
    ...(ready ? [] : [() => storySection(domain)]),
    ...(ready ? [] : [() => deliveryTable(domain, 9_000)]),
    () => fixSection(domain, 8_000),
    () => dateSection(domain),
    () => notCheckedSection(domain, 6_000),
    () => waiverSection(domain, context, 5_000),
  ];
}

const fullReport = ({ runUrl }: ReportContext): readonly Markdown[] =>
  runUrl === undefined ? [] : [markdown`[The whole report is in the job summary.](${runUrl as Markdown})`];

const filled = (pieces: readonly Markdown[]): Markdown =>
  joined(
    pieces.filter((piece) => piece !== ""),
    "\n\n",
  );
