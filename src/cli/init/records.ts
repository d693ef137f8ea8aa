import { covers, parsePolicy } from "../../protocol/policy.ts";
import { contentId, type Start } from "./files.ts";
import { mailProviderOf } from "./mail-providers.ts";

/** A record that somebody has to publish, in the order in which it is safe. */
export interface RecordToPublish {
  readonly owner: string;
  readonly type: "CNAME" | "TXT";
  readonly data: string;
  /** When, or what to put in: one phrase. */
  readonly why: string;
}

/** What DNS lacks before senders see the policy. What is there already is left out. */
export function recordsToPublish({ domain, live, layout, octets }: Start): readonly RecordToPublish[] {
  const id = contentId(octets);
  const liveId = idOf(live);
  // Senders that know the id hold these octets already; another id would only make them fetch the same again.
  const isPublished = liveId === id || (liveId !== undefined && isServed(live, octets));
  const where = layout.records.length > 0 ? `, in ${layout.records[0]}` : "";
  return [
    ...(live.policyHost.length > 0
      ? []
      : [
          {
            owner: `mta-sts.${domain}`,
            type: "CNAME",
            data: "OWNER.github.io.",
            why: `first${where}: GitHub Pages of OWNER, or the name or address of whoever serves the policy`,
          } as const,
        ]),
    ...(isPublished
      ? []
      : [
          {
            owner: `_mta-sts.${domain}`,
            type: "TXT",
            data: `"v=STSv1; id=${id}"`,
            why: `once https://mta-sts.${domain}/.well-known/mta-sts.txt is served${where}`,
          } as const,
        ]),
    ...(live.hasReports
      ? []
      : [
          {
            owner: `_smtp._tls.${domain}`,
            type: "TXT",
            data: '"v=TLSRPTv1; rua=mailto:ADDRESS"',
            why: `at any time${where}: ADDRESS reads the reports of senders, and is not under ${domain}`,
          } as const,
        ]),
  ];
}

function idOf({ record }: Start["live"]): string | undefined {
  return record.kind === "one" && record.parse.kind === "valid" ? record.parse.record.id : undefined;
}

function isServed({ policy }: Start["live"], octets: Uint8Array): boolean {
  return policy !== undefined && Buffer.from(policy.octets).equals(octets);
}

/** What to know before the files are committed: one sentence each, without its full stop. */
export function notesOf(start: Start): readonly string[] {
  return [...providerNotes(start), ...policyNotes(start), ...recordNotes(start)];
}

function providerNotes({ domain, live }: Start): readonly string[] {
  const providers = [...new Set(live.hosts.flatMap((host) => mailProviderOf(host) ?? []))];
  return providers.flatMap(({ title, note, delegation, source, read }) => [
    ...(note === undefined ? [] : [`${title}: ${note} (${source}, read ${read})`]),
    ...(delegation === undefined
      ? []
      : [`${title}: its two records are CNAMEs of _mta-sts.${domain} and mta-sts.${domain}, both to ${delegation}`]),
  ]);
}

function policyNotes({ domain, live, layout, octets }: Start): readonly string[] {
  const parse = parsePolicy(octets);
  if (parse.kind === "invalid")
    return [`${layout.policy} is no policy by RFC 8461 section 3.2: see what lint says of it`];
  const uncovered = live.hosts.filter((host) => !covers(parse.policy, host));
  const { mode } = parse.policy;
  return [
    ...(isServed(live, octets)
      ? [`the policy is the one that is served now (mode ${mode}), so the first merge changes nothing`]
      : []),
    ...(live.policy?.mode === "none" && mode !== "none"
      ? [`a policy of mode none is served now; this is a new start in mode ${mode}`]
      : []),
    ...uncovered.map((host) => `the policy does not cover the MX host ${host}`),
    ...(layout.isSite || layout.policyExists
      ? []
      : [
          `serve ${layout.policy} as https://mta-sts.${domain}/.well-known/mta-sts.txt; many publishers leave out dot folders unless told`,
        ]),
  ];
}

function recordNotes({ domain, live }: Start): readonly string[] {
  const owner = `_mta-sts.${domain}`;
  const { record, policy, alias } = live;
  if (alias !== undefined)
    return [`${owner} is an alias of ${alias}: whoever keeps that name says the id, and perhaps serves the policy too`];
  if (record.kind === "multiple") return [`${owner} has more than one record, so senders see none: leave one`];
  if (record.kind === "one" && record.parse.kind === "invalid")
    return [`the record at ${owner} is none by RFC 8461 section 3.1: replace it`];
  if (record.kind === "one" && !policy) return [`${owner} announces a policy that nobody can fetch now`];
  return [];
}
