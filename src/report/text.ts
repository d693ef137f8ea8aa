import { fixDiff } from "../fix.ts";
import type { DomainVerdict, HostVerdict, Level, RuleOutcome, RunFacts, VerdictKind } from "../verdict.ts";
import { type DeliveryView, deliveryViews } from "./delivery-view.ts";
import { inertLog, type LogText, log } from "./inert.ts";
import { placeOf } from "./place.ts";
import { domainRanking, findingsOf, neededUnknowns } from "./ranking.ts";
import type { Reporter } from "./reporter.ts";
import { storyLines } from "./story-lines.ts";

// A terminal, and a log, hold only so much before the line that matters is gone.
const LINES = 2_000;
const DOMAINS = 200;

type Colour = "red" | "yellow" | "green" | "dim";
type Paint = (colour: Colour, text: LogText) => LogText;

const SGR: Readonly<Record<Colour, number>> = { red: 31, yellow: 33, green: 32, dim: 2 };
const VERDICT_COLOURS: Readonly<Record<VerdictKind, Colour>> = { blocked: "red", unknown: "yellow", ready: "green" };
const LEVEL_COLOURS: Readonly<Record<Level, Colour>> = { error: "red", warning: "yellow", notice: "dim" };

const coloured: Paint = (colour, text) => `\u001b[${SGR[colour]}m${text}\u001b[0m` as LogText;
const plain: Paint = (_, text) => text;

/** For a terminal or a log: domains worst first, the verdict last. */
export const text: Reporter = {
  id: "text",
  destination: "stdout",
  open: ({ colour = false }) => {
    const ranking = domainRanking(DOMAINS);
    const paint = colour ? coloured : plain;
    return { add: ranking.add, finish: (run) => reportText(run, ranking.worst(), paint) };
  },
};

function reportText(run: RunFacts, worst: readonly DomainVerdict[], paint: Paint): string {
  const lines = worst.flatMap((domain) => [...domainLines(domain, paint), log``]);
  const shown = lines.slice(0, LINES);
  const cut = lines.length - shown.length;
  const unseen = run.counts.domains - worst.length;
  const left = [
    ...(cut > 0 ? [log`${cut} more lines are not shown; the report file has everything.`] : []),
    ...(unseen > 0 ? [log`${unseen} more domains are not shown; the report file has everything.`] : []),
  ];
  return [...shown, ...left, ...runLines(run, paint)].map((line) => `${line}\n`).join("");
}

function domainLines(domain: DomainVerdict, paint: Paint): readonly LogText[] {
  const verdict = paint(VERDICT_COLOURS[domain.verdict], inertLog(domain.verdict));
  const unknown = neededUnknowns(domain).flatMap(({ rules, missing }) => [
    log`  ${paint("yellow", log`unknown`)} ${inertLog(rules.join(", "))}`,
    log`    ${inertLog(missing.message)}`,
  ]);
  return [
    log`${inertLog(domain.policyDomain)}: ${verdict}: ${inertLog(domain.consequence)}`,
    ...findingLines(domain, paint),
    ...unknown,
    ...deliveryViews(domain.deliveries).flatMap(deliveryLines),
    ...fixLines(domain),
    ...patchLines(domain),
    ...domain.notChecked.map((told) => log`  not checked: ${inertLog(told)}`),
    ...domain.rules.flatMap(waivedLines),
    ...domain.notes.map((note) => log`  note: ${inertLog(note)}`),
  ];
}

function findingLines(domain: DomainVerdict, paint: Paint): readonly LogText[] {
  return findingsOf(domain).flatMap(({ rule, finding }) => {
    const { level, location, message, alreadySo, story } = finding;
    const before = alreadySo ? log` (already so before this change)` : log``;
    return [
      log`  ${paint(LEVEL_COLOURS[level], inertLog(level))} ${inertLog(rule)} ${inertLog(placeOf(location))}`,
      log`    ${inertLog(message)}${before}`,
      ...(story ? storyLines(story).map(({ at, told }) => log`      ${inertLog(at)} ${inertLog(told)}`) : []),
    ];
  });
}

function deliveryLines({ holds, outcome, hosts }: DeliveryView): readonly LogText[] {
  return [
    log`  a sender that holds ${inertLog(holds)}: ${inertLog(outcome)}`,
    ...hosts.map((host) => log`    ${hostLine(host)}`),
  ];
}

function hostLine(host: HostVerdict): LogText {
  const said = log`${inertLog(host.host)} ${inertLog(host.verdict)}`;
  const addresses = host.addresses.length > 0 ? log` (${inertLog(host.addresses.join(", "))})` : log``;
  if (host.verdict === "accepted") return log`${said}${addresses}`;
  const why = host.verdict === "unknown" ? host.because : `${host.resultType} ${host.reasonCode}`.trimEnd();
  return log`${said}: ${inertLog(why)}${addresses}`;
}

function fixLines({
  suggestedId,
  recordToPublish,
  safeAfter,
  validUntil,
  nextStep,
}: DomainVerdict): readonly LogText[] {
  return [
    ...(recordToPublish === null ? [] : [log`  publish: ${inertLog(recordToPublish)}`]),
    ...(suggestedId === null ? [] : [log`  an id that is valid and new: ${inertLog(suggestedId)}`]),
    ...(nextStep ? [log`  plan: ${inertLog(nextStep.next)}`] : []),
    ...(safeAfter === null ? [] : [log`  next step safe after ${inertLog(safeAfter)}`]),
    ...(validUntil === null ? [] : [log`  valid until ${inertLog(validUntil)}`]),
  ];
}

/** The lines that findings offer, once each. */
function patchLines(domain: DomainVerdict): readonly LogText[] {
  const fixes = findingsOf(domain).flatMap(({ finding }) => finding.fix ?? []);
  const distinct = new Map(fixes.map((fix) => [JSON.stringify(fix), fix]));
  return [...distinct.values()].flatMap((fix) => {
    const diff = fixDiff(fix);
    if (diff === undefined) return [];
    const lines = diff.split("\n").map((line) => log`    ${inertLog(line)}`);
    return [log`  fix ${inertLog(fix.path)}:${fix.span.startLine}`, ...lines];
  });
}

function waivedLines(outcome: RuleOutcome): readonly LogText[] {
  if (outcome.kind !== "waived") return [];
  const { by, rule, findings } = outcome;
  const why = by.kind === "off" ? log`off in the config` : log`until ${inertLog(by.until)}: ${inertLog(by.reason)}`;
  return [
    log`  waived: ${inertLog(rule)}, ${why}`,
    ...findings.map(({ message }) => log`    would have said: ${inertLog(message)}`),
  ];
}

function runLines({ verdict, counts, vantage, notes }: RunFacts, paint: Paint): readonly LogText[] {
  const { domains, errors, warnings, unknowns } = counts;
  const { resolver, trustAnchors, port25, ipv6, proxy, privateNetworks } = vantage;
  const through = proxy === null ? log`` : log`, proxy ${inertLog(proxy)}`;
  const network = log`port 25 ${inertLog(port25)}, IPv6 ${inertLog(ipv6)}, private networks ${inertLog(privateNetworks)}`;
  return [
    ...notes.map((note) => log`note: ${inertLog(note)}`),
    log`looked from: resolver ${inertLog(resolver)}, ${inertLog(trustAnchors)}, ${network}${through}`,
    log`${paint(VERDICT_COLOURS[verdict], inertLog(verdict))}: domains ${domains}, errors ${errors}, warnings ${warnings}, unknowns ${unknowns}`,
  ];
}
