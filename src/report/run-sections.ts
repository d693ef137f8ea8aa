import type { DomainVerdict, RunFacts, VerdictKind } from "../verdict.ts";
import { code, inertMarkdown, joined, type Markdown, markdown, sentence } from "./inert.ts";
import { table } from "./markdown-table.ts";
import { countOf } from "./ranking.ts";

// The parts of a whole run that the comment and the job summary share.

const VERDICT_WORDS: Readonly<Record<VerdictKind, Markdown>> = {
  ready: markdown`✅ Ready`,
  blocked: markdown`⛔ Blocked`,
  unknown: markdown`❔ Unknown`,
};
const WITHOUT_DOMAIN: Readonly<Record<RunFacts["mode"], Readonly<Record<VerdictKind, Markdown>>>> = {
  gate: {
    ready: markdown`nothing in this change touches mail.`,
    blocked: markdown`this change would stop mail.`,
    unknown: markdown`the run could not find out what this change does to mail.`,
  },
  verify: {
    ready: markdown`there is no domain to verify.`,
    blocked: markdown`what is deployed would stop mail, or is not what the repository says.`,
    unknown: markdown`the run could not find out what is deployed.`,
  },
};

/** The verdict and what happens to mail, in the words of the worst domain. Nothing from outside stands before the verdict. */
export function heading(run: RunFacts, worst: DomainVerdict | undefined): Markdown {
  const told = worst?.verdict === run.verdict ? sentence(worst.consequence) : WITHOUT_DOMAIN[run.mode][run.verdict];
  return markdown`## ${VERDICT_WORDS[run.verdict]}: ${told}`;
}

/** Names the domain; and where there are several, its own verdict and consequence. */
export function domainHeading({ policyDomain, verdict, consequence }: DomainVerdict, several: boolean): Markdown {
  if (!several) return markdown`### ${code(policyDomain)}`;
  return markdown`### ${VERDICT_WORDS[verdict]}: ${code(policyDomain)}\n\n${sentence(consequence)}`;
}

/** One row a domain, worst first; only where there are several. */
export function domainTable(worst: readonly DomainVerdict[], run: RunFacts, octets: number): Markdown {
  if (run.counts.domains < 2) return markdown``;
  const { domains, errors, warnings, unknowns } = run.counts;
  const counts = markdown`Domains ${domains}, errors ${errors}, warnings ${warnings}, unknowns ${unknowns}.`;
  const head = [
    markdown`Domain`,
    markdown`Verdict`,
    markdown`Errors`,
    markdown`Warnings`,
    markdown`What happens to mail`,
  ];
  const rows = worst.map((domain) => () => [
    code(domain.policyDomain),
    VERDICT_WORDS[domain.verdict],
    markdown`${countOf(domain, "error")}`,
    markdown`${countOf(domain, "warning")}`,
    sentence(domain.consequence),
  ]);
  const unseen = Math.max(0, domains - worst.length);
  return markdown`${counts}\n\n${table(head, rows, { octets, rest: "more domains", unseen })}`;
}

/** From where, by what means and at which commit the run looked. */
export function vantageFooter({ vantage, commit, base, asOf, validUntil, mode, contacts }: RunFacts): Markdown {
  const { port25, ipv6, resolver, proxy, trustAnchors, privateNetworks } = vantage;
  const facts = [
    markdown`mode ${inertMarkdown(mode)}`,
    markdown`commit ${code(commit.slice(0, 12))} against ${code(base.slice(0, 12))}`,
    markdown`as of ${code(asOf)}`,
    ...(validUntil === null ? [] : [markdown`valid until ${code(validUntil)}`]),
    markdown`resolver ${code(resolver)}`,
    markdown`trust anchors: ${inertMarkdown(trustAnchors)}`,
    markdown`port 25 ${inertMarkdown(port25)}`,
    markdown`IPv6 ${inertMarkdown(ipv6)}`,
    ...(proxy === null ? [] : [markdown`proxy ${code(proxy)}`]),
    markdown`private networks ${inertMarkdown(privateNetworks)}`,
    markdown`${contacts.length} contacts`,
  ];
  const shown = markdown`Names and texts from DNS, servers and files are shown as they were found; none of them speaks for this gate.`;
  return markdown`---\n\n<sub>${joined(facts, " · ")}. ${shown}</sub>`;
}
