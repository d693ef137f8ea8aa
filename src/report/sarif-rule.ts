import type { RuleInfo } from "../verdict.ts";
import { inertMarkdown, inertMessage, joined, type Markdown, markdown } from "./inert.ts";
import type { ReportContext } from "./reporter.ts";
import { type SarifLevel, undecided } from "./sarif-result.ts";

/** A rule that has results in the file. */
export interface UsedRule {
  readonly ruleId: string;
  /** The id of the rule whose page explains it. */
  readonly rule: string;
  /** The worst that is said of it here. */
  readonly level: SarifLevel;
}

/** SARIF 2.1.0 §3.49, with everything that GitHub asks of a rule. */
export function ruleDescriptor({ ruleId, rule, level }: UsedRule, info: RuleInfo | undefined, context: ReportContext) {
  const title = ruleId === undecided(rule) ? `Could not be decided: ${info?.title ?? rule}` : (info?.title ?? rule);
  const page = /^[a-z0-9-]{1,64}$/.test(rule) ? webPage(context.rulePage(rule)) : undefined;
  const cites = info?.cites ?? [];
  const sources = cites.map(({ text }) => inertMessage(text, 100)).join(", ");
  const sentence = `${inertMessage(title, 300)}${sources ? ` (${sources})` : ""}.`;
  return {
    id: ruleId,
    shortDescription: { text: inertMessage(title, 300) },
    fullDescription: { text: sentence },
    ...(page ? { helpUri: page } : {}),
    help: {
      text: page ? `${sentence} What it means for mail, and how to fix it: ${page}` : sentence,
      markdown: helpMarkdown(title, cites, page),
    },
    defaultConfiguration: { level },
  };
}

function helpMarkdown(title: string, cites: readonly RuleInfo["cites"][number][], page: string | undefined): string {
  const sources = joined(
    cites.map(({ text, url }) => linked(inertMarkdown(text, 100), webPage(url))),
    ", ",
  );
  const said = sources === "" ? markdown`${inertMarkdown(title)}.` : markdown`${inertMarkdown(title)} (${sources}).`;
  const more = linked(markdown`What it means for mail, and how to fix it`, page);
  return page === undefined ? said : markdown`${said}\n\n${more}.`;
}

const linked = (text: Markdown, page: string | undefined): Markdown =>
  page === undefined ? text : markdown`[${text}](${page as Markdown})`;

/** An address that can stand in Markdown and in JSON as it is; undefined for any other, and for a path. */
export const webPage = (url: string): string | undefined =>
  /^https?:\/\/[A-Za-z0-9.:-]+\/[A-Za-z0-9._~/#-]*$/.test(url) && URL.canParse(url) ? url : undefined;
