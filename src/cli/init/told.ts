import { inertLog, type LogText, log } from "../../report/inert.ts";
import { inertJson } from "../inert-json.ts";
import { CONFIG, domainEntry, type Start } from "./files.ts";
import { mailProviderOf } from "./mail-providers.ts";
import { notesOf, recordsToPublish } from "./records.ts";
import type { Written } from "./write.ts";

/** What was done and what is left to do: for people, a line a fact. */
export function startText(start: Start, { written, kept }: Written): string {
  const { domain, live, layout } = start;
  const records = recordsToPublish(start);
  const lines = [
    ...written.map((path) => log`wrote ${inertLog(path)}`),
    ...kept.map((path) => log`kept  ${inertLog(path)}: it was there`),
    ...(kept.includes(CONFIG) ? configLines(start) : []),
    log`MX hosts of ${inertLog(domain)}:`,
    ...live.hosts.map((host) => log`  ${inertLog(host)}${inertLog(ownerWords(host))}`),
    ...(records.length > 0
      ? [log`DNS records to publish, in this order:`]
      : [log`DNS has every record that is needed`]),
    ...records.flatMap(({ owner, type, data, why }) => [
      log`  ${inertLog(`${owner}. IN ${type} ${data}`)}`,
      log`    ${inertLog(why)}`,
    ]),
    ...notesOf(start).map((note) => log`note: ${inertLog(note)}`),
    log`Next: put owner and commit of the action into the workflow and the config, look at ${inertLog(layout.policy)}, commit, and run: mta-sts-gate doctor ${inertLog(domain)}`,
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function configLines({ domain, layout }: Start): readonly LogText[] {
  const entry = domainEntry(domain, layout).trimEnd().split("\n");
  return [
    log`  where it does not name ${inertLog(domain)} yet, add under domains:`,
    ...entry.map((line) => log`  ${inertLog(line)}`),
  ];
}

const ownerWords = (host: string): string => {
  const title = mailProviderOf(host)?.title;
  return title === undefined ? "" : ` (${title})`;
};

/** The same for programs. */
export function startJson(start: Start, { written, kept }: Written): string {
  const { domain, live, layout } = start;
  const mx = live.hosts.map((host) => ({ host, provider: mailProviderOf(host)?.title ?? null }));
  const found = { version: 1, policyDomain: domain, policyFile: layout.policy, written, kept, mx };
  return inertJson(
    `${JSON.stringify({ ...found, records: recordsToPublish(start), notes: notesOf(start) }, null, 2)}\n`,
  );
}
