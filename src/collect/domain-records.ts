import type { Config, ConfiguredDomain } from "../config.ts";
import { CollectError } from "../errors.ts";
import type { Options } from "../options.ts";
import { type ProposedRecord, type Revision, type Said, UNSAID } from "../proposal.ts";
import type { DomainName } from "../protocol/domain-name.ts";
import { TOP } from "../protocol/span.ts";
import { type RecordSet, textRecords, wildcardAnswersMx } from "./record-set.ts";

/** The part of a revision that DNS as code, an input or the config says. */
export type SaidRecords = Omit<Revision, "policyFile">;

export interface RecordSides {
  readonly options: Options;
  readonly proposed: { readonly set: RecordSet; readonly config: Config };
  readonly base: { readonly set: RecordSet; readonly config: Config };
}

type Records = readonly ProposedRecord[];
interface Pair {
  readonly proposed: Said<Records>;
  readonly base: Said<Records>;
}

/** The records of one domain before and after the change. @throws CollectError for two answers. */
export function recordsOf(
  domain: DomainName,
  sides: RecordSides,
): { readonly proposed: SaidRecords; readonly base: SaidRecords } {
  for (const owner of [domain, `_mta-sts.${domain}`]) refuseTwoZones(sides.proposed.set, owner);
  const sts = stsRecords(domain, sides);
  const tlsrpt = inFiles(`_smtp._tls.${domain}`, sides, TEXT);
  const mx = inFiles(domain, sides, MX);
  const host = inFiles(`mta-sts.${domain}`, sides, ALIAS);
  const of = (side: "proposed" | "base"): SaidRecords => ({
    stsRecords: sts[side],
    tlsrptRecords: tlsrpt[side],
    mxRecords: mx[side],
    // Where no alias is said the host may have addresses, which are no matter of ours.
    ...(host.proposed.kind === "said" || host.base.kind === "said" ? { policyHostRecords: host[side] } : {}),
  });
  return { proposed: of("proposed"), base: of("base") };
}

/** What is said outright beats the files, and may not contradict them. */
function stsRecords(domain: DomainName, sides: RecordSides): Pair {
  const owner = `_mta-sts.${domain}`;
  const { recordId } = sides.options;
  const files = inFiles(owner, sides, TEXT);
  // An input is no part of the base: what it said then is not known.
  if (recordId !== undefined)
    return { proposed: said([stsRecord(owner, recordId, { kind: "input", name: "record-id" })]), base: UNSAID };
  const after = outright(entryOf(sides.proposed.config, domain), owner);
  const before = outright(entryOf(sides.base.config, domain), owner);
  if (after?.kind === "said") refuseContradiction(after.value, files.proposed);
  return { proposed: after ?? files.proposed, base: before ?? files.base };
}

const entries = new WeakMap<Config, ReadonlyMap<DomainName, ConfiguredDomain>>();

/** The config's entry for a domain; its list is indexed once, as it may be long. */
export function entryOf(config: Config, domain: DomainName): ConfiguredDomain | undefined {
  const index = entries.get(config) ?? new Map(config.domains.map((entry) => [entry.domain, entry]));
  entries.set(config, index);
  return index.get(domain);
}

function outright(entry: ConfiguredDomain | undefined, owner: string): Said<Records> | undefined {
  if (entry?.record === undefined) return undefined;
  return entry.record.kind === "external" ? UNSAID : said([stsRecord(owner, entry.record.id, entry.record.location)]);
}

function stsRecord(owner: string, id: string, location: ProposedRecord["location"]): ProposedRecord {
  return { owner, type: "TXT", data: `v=STSv1; id=${id}`, ttl: null, location };
}

/**
 * A record that is there is said. That there is none is said by a whole zone; and by one side when the other side's files had
 * one, so that taking a line or a zone file away is a removal even where the zone is not whole.
 */
function inFiles(owner: string, sides: RecordSides, { find, open }: Lookup): Pair {
  const [after, before] = [find(sides.proposed.set, owner), find(sides.base.set, owner)];
  const absent = (set: RecordSet) => set.zoneOf(owner)?.whole === true && !open(set, owner);
  return {
    proposed: after.length > 0 || before.length > 0 || absent(sides.proposed.set) ? said(after) : UNSAID,
    base:
      before.length > 0 || absent(sides.base.set) || (after.length > 0 && holdsPart(sides.base.set, owner))
        ? said(before)
        : UNSAID,
  };
}

interface Lookup {
  readonly find: (set: RecordSet, owner: string) => Records;
  /** Whether something else in the files may answer where nothing is found. */
  readonly open: (set: RecordSet, owner: string) => boolean;
}

const TEXT: Lookup = { find: textRecords, open: () => false };
const ALIAS: Lookup = { find: (set, owner) => set.find(owner, ["CNAME"]), open: () => true };
const MX: Lookup = { find: (set, owner) => set.find(owner, ["MX"]), open: wildcardAnswersMx };

const holdsPart = (set: RecordSet, owner: string): boolean => set.zoneOf(owner) !== undefined;

const said = (value: Records): Said<Records> => ({ kind: "said", value });

function refuseTwoZones(set: RecordSet, owner: string): void {
  const zone = set.zoneOf(owner);
  const [first, second] = zone?.paths ?? [];
  if (zone && first !== undefined && second !== undefined)
    throw new CollectError(
      `${first} and ${second} both hold the zone ${zone.name}; say in \`records\` which one senders see`,
      {
        location: { kind: "file", path: second, span: TOP },
        remedy: `# .github/mta-sts-gate.yml\nrecords: ${JSON.stringify(first)}`,
      },
    );
}

function refuseContradiction(outrightRecords: Records, files: Said<Records>): void {
  const [mine] = outrightRecords;
  const other =
    files.kind === "said"
      ? files.value.find(({ type, data }) => type === "TXT" && data?.startsWith("v=STSv1"))
      : undefined;
  if (!mine || !other || idOf(mine) === idOf(other)) return;
  throw new CollectError("the config names one record id and a record file another; keep one of the two", {
    location: mine.location,
    remedy: "Take `record` out of the config, so that the record file counts.",
  });
}

const idOf = ({ data }: ProposedRecord): string | undefined => /;\s*id\s*=\s*([A-Za-z0-9]+)/.exec(data ?? "")?.[1];

/** Domains that an `_mta-sts` record names. */
export function domainsWithRecord({ owners }: RecordSet): readonly string[] {
  return [...owners]
    .filter(([owner, records]) => owner.startsWith("_mta-sts.") && records.some(({ type }) => type !== "MX"))
    .map(([owner]) => owner.slice("_mta-sts.".length));
}
