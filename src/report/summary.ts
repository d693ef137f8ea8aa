import type { Contact } from "../evidence.ts";
import type { DomainVerdict, RuleOutcome, RunFacts } from "../verdict.ts";
import { fitted, octetsIn } from "./budget.ts";
import { deliveryTable } from "./delivery-table.ts";
import { code, inertMarkdown, joined, type Markdown, markdown, sentence } from "./inert.ts";
import {
  dateSection,
  fixSection,
  notCheckedSection,
  noteSection,
  reasonSection,
  ruleLink,
  waiverSection,
} from "./markdown-sections.ts";
import { table } from "./markdown-table.ts";
import { domainRanking } from "./ranking.ts";
import type { ReportContext, Reporter } from "./reporter.ts";
import { domainHeading, domainTable, heading, vantageFooter } from "./run-sections.ts";
import { storySection } from "./story-section.ts";
import { timelineSection } from "./timeline.ts";

// The runner drops a summary above 1 MiB whole, and shows nothing of it.
const LIMIT = 900_000;
const DOMAINS = 200;

/** The job summary: everything the comment says, every rule's outcome, and everyone the run talked to. Under 1,000,000 octets. */
export const summary: Reporter = {
  id: "summary",
  destination: "job-summary",
  open: (context) => {
    const ranking = domainRanking(DOMAINS);
    return { add: ranking.add, finish: (run) => summaryText(run, ranking.worst(), context) };
  },
};

function summaryText(run: RunFacts, worst: readonly DomainVerdict[], context: ReportContext): string {
  const head = heading(run, worst[0]);
  const tail = filled([noteSection(run.notes, 20_000), contactTable(run.contacts), vantageFooter(run)]);
  const overview = domainTable(worst, run, 100_000);
  const octets = LIMIT - octetsIn(head) - octetsIn(tail) - octetsIn(overview) - 6;
  const pieces = worst.map((domain) => () => domainPart(domain, run, context));
  const unseen = Math.max(0, run.counts.domains - worst.length);
  const rest = (left: number): Markdown => markdown`${left} more domains are in the report file.`;
  const body = fitted(pieces, { octets, separator: "\n\n", rest, unseen });
  return `${filled([head, overview, body, tail])}\n`;
}

function domainPart(domain: DomainVerdict, run: RunFacts, context: ReportContext): Markdown {
  return filled([
    domainHeading(domain, run.counts.domains > 1),
    reasonSection(domain, context, 60_000),
    storySection(domain),
    timelineSection(domain),
    deliveryTable(domain, 60_000),
    fixSection(domain, 20_000),
    dateSection(domain),
    notCheckedSection(domain, 20_000),
    waiverSection(domain, context, 20_000),
    noteSection(domain.notes, 20_000),
    ruleTable(domain, run, context),
  ]);
}

function ruleTable({ rules }: DomainVerdict, run: RunFacts, context: ReportContext): Markdown {
  if (rules.length === 0) return markdown``;
  const titles = new Map(run.rules.map(({ id, title }) => [id, title]));
  const head = [markdown`Rule`, markdown`What it says`, markdown`Outcome`, markdown`Why`];
  const rows = rules.map((outcome) => () => [
    ruleLink(outcome.rule, context),
    inertMarkdown(titles.get(outcome.rule) ?? ""),
    outcomeCell(outcome),
    whyCell(outcome),
  ]);
  const body = table(head, rows, { octets: 60_000, rest: "more rules" });
  return folded(markdown`Every rule and its outcome (${rules.length})`, body);
}

function outcomeCell(outcome: RuleOutcome): Markdown {
  switch (outcome.kind) {
    case "failed":
      return markdown`**failed**`;
    case "unknown":
      return outcome.needed ? markdown`**unknown**` : markdown`unknown, not needed`;
    default:
      return inertMarkdown(outcome.kind);
  }
}

function whyCell(outcome: RuleOutcome): Markdown {
  if (outcome.kind === "failed") return markdown`findings: ${outcome.findings.length}`;
  if (outcome.kind !== "unknown") return markdown``;
  return joined(
    outcome.missing.slice(0, 3).map(({ message }) => sentence(message)),
    "<br>",
  );
}

function contactTable(contacts: readonly Contact[]): Markdown {
  if (contacts.length === 0) return markdown``;
  const head = [markdown`For`, markdown`Name`, markdown`Address`, markdown`Port`, markdown`Octets`];
  const rows = contacts.map(({ purpose, name, address, port, bytes }) => () => [
    inertMarkdown(purpose),
    code(name),
    code(address),
    markdown`${port}`,
    bytes === undefined ? markdown`` : markdown`${bytes}`,
  ]);
  const body = table(head, rows, { octets: 100_000, rest: "more contacts" });
  return folded(markdown`Everyone this run talked to (${contacts.length})`, body);
}

const folded = (title: Markdown, body: Markdown): Markdown =>
  markdown`<details>\n<summary>${title}</summary>\n\n${body}\n\n</details>`;

const filled = (pieces: readonly Markdown[]): Markdown =>
  joined(
    pieces.filter((piece) => piece !== ""),
    "\n\n",
  );
