import type {
  Evidence,
  MxAnswer,
  MxHostEvidence,
  Observation,
  PolicyFetch,
  PolicyResponse,
  SmtpSession,
  TlsaAnswer,
  TlsaRecord,
  Unobserved,
} from "../../src/evidence.ts";
import { type Asked, EVIDENCE_VERSION, type ObservationLine } from "../../src/evidence-line.ts";
import { type Case, type Inspection, inspect, type JudgeSettings } from "../../src/judge/inspection.ts";
import { judge } from "../../src/judge/judge.ts";
import type { History, Proposal, ProposedRecord, Revision, Said, SourceFile, Subject } from "../../src/proposal.ts";
import { UNSAID } from "../../src/proposal.ts";
import type { Certificate } from "../../src/protocol/certificate.ts";
import { type DomainName, domainName } from "../../src/protocol/domain-name.ts";
import { octetsFrom } from "../../src/protocol/octets.ts";
import type { DomainVerdict, Finding, RuleOutcome } from "../../src/verdict.ts";

/**
 * A world in a few words, for rule tests and for the examples of docs/rules, which are run. A policy is `enforce 86400 mx1 mx2`
 * (short host names are below example.com) or the text of a file; what is left out is not said by the repository, and live is then
 * a domain that is well: testing policy, id `A`, `mx1`, a good certificate, a TLS-RPT record.
 */
export interface Scene {
  readonly at?: string;
  readonly base?: SceneSide;
  readonly proposed?: SceneSide;
  readonly live?: SceneLive;
  readonly touched?: readonly Subject[];
  /** ISO 8601, or why it is not known. */
  readonly baseSince?: string;
  /** Earlier states of the base branch, newest first; complete unless a reason is given. */
  readonly history?: readonly ScenePast[];
  readonly historyLacks?: string;
  /** What earlier runs saw. */
  readonly memory?: readonly SceneSight[];
  readonly publishing?: Partial<Proposal["publishing"]>;
  /** Mode verify: what the repository says, in the place of `base` and `proposed`. */
  readonly verify?: SceneSide;
  /** The config says `record: external`. */
  readonly external?: true;
  readonly settings?: Partial<JudgeSettings>;
}

export interface ScenePast {
  readonly at: string;
  readonly policy?: string | null;
  readonly id?: string | null;
  /** Seconds: of the record, and of the MX records. */
  readonly ttl?: number;
  readonly mx?: readonly string[];
  readonly mxTtl?: number;
}

/** What one run saw at one moment; what is left out it did not look at. As in {@link SceneLive}. */
export interface SceneSight {
  readonly at: string;
  readonly id?: string;
  readonly records?: readonly string[] | "none";
  readonly policy?: string;
  readonly second?: string;
  readonly mx?: readonly string[] | "none" | "null";
}

export interface SceneSide {
  /** `null`: the file is gone. */
  readonly policy?: string | null;
  readonly id?: string;
  readonly records?: readonly (string | null)[];
  /** Names that _mta-sts, and that mta-sts, is made an alias of. */
  readonly alias?: string;
  readonly policyHostAlias?: string;
  /** Seconds: of the records at _mta-sts. */
  readonly ttl?: number;
  /** `.` is a null MX, `?` one that the file does not determine. */
  readonly mx?: readonly string[];
  readonly tlsrpt?: readonly string[];
}

export interface SceneLive {
  readonly id?: string;
  /** TXT texts at _mta-sts; `none`, or `unseen`. */
  readonly records?: readonly string[] | "none" | "unseen";
  /** As in {@link Scene}; or `none` (404), `unseen`, `refused`, `redirect`, `untrusted`, `wrong-name`. */
  readonly policy?: string;
  readonly mx?: readonly string[] | "none" | "null" | "unseen";
  readonly tlsrpt?: boolean | "unseen";
  /** Every server of the zone was asked for the record, and what each said where they do not agree. */
  readonly serversDiffer?: readonly string[];
  /** Facts of the policy host's response that differ from the usual ones. */
  readonly fetch?: Partial<PolicyResponse>;
  /** What a second address of the policy host serves, as `policy`. */
  readonly second?: string;
  /** Short name of an MX host → the name it is an alias of. */
  readonly aliases?: Readonly<Record<string, string>>;
  /**
   * Short name of an MX host → TLSA records as in a zone file, `3 1 1 <hex>`. The digest may be a word: `leaf` and `issuer` for the
   * certificates that it serves, `other`. `signed`: the resolver claims that it validated them.
   */
  readonly tlsa?: Readonly<Record<string, readonly string[]>>;
  readonly signed?: true;
  /** Seconds: of the records at _mta-sts. */
  readonly ttl?: number;
  /** Names that mta-sts is an alias of, and that _mta-sts is, in order. */
  readonly policyHostCnames?: readonly string[];
  readonly recordCnames?: readonly string[];
  /** By short name: see {@link SESSIONS}; `good` where nothing is said; `no-address`, `blocked`. `blocked` for all: `*`. */
  readonly hosts?: Readonly<Record<string, string>>;
}

export const AT = "2026-11-24T12:00:00.000Z";
export const DOMAIN = domainName("example.com") as DomainName;

const full = (name: string): DomainName => domainName(name.includes(".") ? name : `${name}.example.com`) as DomainName;

/** `enforce 86400 mx1 *.example.net` as the text of a policy file. */
export function policyText(short: string): string {
  const [, mode, maxAge, hosts] = /^(enforce|testing|none) ([0-9]+) ?(.*)$/.exec(short) ?? [];
  if (!mode) return short;
  const mx = (hosts ?? "").split(" ").filter(Boolean);
  return `version: STSv1\nmode: ${mode}\n${mx.map((host) => `mx: ${host.includes(".") ? host : full(host)}\n`).join("")}max_age: ${maxAge}\n`;
}

export function certificate(names: readonly string[], more: Partial<Certificate> = {}): Certificate {
  return {
    dnsIds: names,
    subject: `CN=${names[0] ?? ""}`,
    issuer: "CN=Issuer",
    serialNumber: "01",
    notBefore: "2026-10-01T00:00:00.000Z",
    notAfter: "2027-02-01T00:00:00.000Z",
    sha256: "00".repeat(32),
    sha512: "00".repeat(64),
    spkiSha256: "11".repeat(32),
    spkiSha512: "11".repeat(64),
    ...more,
  };
}

/** What a probe of a host comes to, by name. */
export const SESSIONS: Readonly<Record<string, (host: string) => SmtpSession>> = {
  good: (host) => tls([host]),
  expired: (host) => tls([host], "CERT_HAS_EXPIRED"),
  "self-signed": (host) => tls([host], "DEPTH_ZERO_SELF_SIGNED_CERT"),
  "wrong-name": () => tls(["other.example.net"]),
  "old-tls": (host) => ({ ...tls([host]), protocol: "TLSv1.1" }) as SmtpSession,
  expiring: (host) => ({
    kind: "tls",
    protocol: "TLSv1.3",
    chain: [certificate([host], { notAfter: "2026-11-30T00:00:00.000Z" })],
    trust: { kind: "trusted" },
  }),
  "with-issuer": (host) => {
    const digests = { sha256: "22".repeat(32), sha512: "22".repeat(64) };
    const keys = { spkiSha256: "33".repeat(32), spkiSha512: "33".repeat(64) };
    const chain = [certificate([host]), certificate([], { ...digests, ...keys })];
    return { kind: "tls", protocol: "TLSv1.3", chain, trust: { kind: "trusted" } };
  },
  "no-starttls": () => ({ kind: "no-starttls", capabilities: ["SIZE"] }),
  "starttls-454": () => ({ kind: "starttls-refused", reply: { code: 454, lines: ["TLS not available"] } }),
  injected: () => ({ kind: "protocol-violation", step: "starttls", detail: "octets after the STARTTLS reply" }),
  alert: () => ({ kind: "handshake-failed", detail: "SSL alert number 40" }),
  "greets-554": () => ({ kind: "turned-away", reply: { code: 554, lines: ["no"] } }),
  silent: () => ({ kind: "unreachable", step: "connect", reason: "timed out" }),
  stalls: () => ({ kind: "unreachable", step: "handshake", reason: "timed out" }),
  "ipv6-only": () => ({ kind: "unobserved", because: "no-ipv6" }),
};

function tls(names: readonly string[], x509Error?: string): SmtpSession {
  const trust = x509Error ? ({ kind: "untrusted", x509Error } as const) : ({ kind: "trusted" } as const);
  return { kind: "tls", protocol: "TLSv1.3", chain: [certificate(names)], trust };
}

const unseen = (because: Unobserved = "timed-out") => ({ kind: "unobserved", because }) as const;

export function proposalOf(scene: Scene): Proposal {
  const { base = {}, proposed = {}, baseSince = "2025-01-01T00:00:00.000Z" } = scene;
  return {
    policyDomain: DOMAIN,
    proposed: revision(proposed),
    base: revision(base),
    touched: scene.touched ?? touchedIn(base, proposed),
    baseSince: /^[0-9]/.test(baseSince) ? { kind: "since", at: baseSince } : { kind: "unknown", why: baseSince },
    history: historyOf(scene),
    publishing: { proposed: [], base: [], ...scene.publishing },
    ...(scene.external && { external: true }),
    notes: [],
  };
}

function historyOf({ history = [], historyLacks }: Scene): History {
  const states = history.map(({ at, policy, id, ttl, mx, mxTtl }, index) => ({
    commit: String(index).padStart(40, "0"),
    at,
    ...(policy !== undefined && { policy: policy === null ? null : file(policyText(policy)).octets }),
    ...(id !== undefined && { id }),
    ...(ttl !== undefined && { recordTtl: ttl }),
    ...(mx && { mx: { hosts: mx.map(full), ...(mxTtl !== undefined && { ttl: mxTtl }) } }),
  }));
  return { states, complete: historyLacks === undefined, ...(historyLacks !== undefined && { why: historyLacks }) };
}

function touchedIn(base: SceneSide, proposed: SceneSide): Subject[] {
  const differs = (...keys: (keyof SceneSide)[]): boolean =>
    keys.some((key) => JSON.stringify(base[key]) !== JSON.stringify(proposed[key]));
  return [
    ...(differs("policy") ? ["policy" as const] : []),
    ...(differs("id", "records", "alias", "ttl") ? ["record" as const] : []),
    ...(differs("mx") ? ["mx" as const] : []),
    ...(differs("policyHostAlias") ? ["publishing" as const] : []),
    ...(differs("tlsrpt") ? ["tlsrpt" as const] : []),
  ];
}

function revision(side: SceneSide): Revision {
  const { policy, id, records, mx, tlsrpt, alias, policyHostAlias, ttl } = side;
  const texts = records ?? (id === undefined ? undefined : [`v=STSv1; id=${id}`]);
  const owner = "_mta-sts.example.com";
  const sts = alias === undefined ? said(texts, owner, "TXT") : said([alias], owner, "CNAME");
  const host = policyHostAlias === undefined ? undefined : said([policyHostAlias], "mta-sts.example.com", "CNAME");
  return {
    policyFile:
      policy === undefined ? UNSAID : { kind: "said", value: policy === null ? null : file(policyText(policy)) },
    stsRecords: ttl === undefined ? sts : withTtl(sts, ttl),
    ...(host && { policyHostRecords: host }),
    tlsrptRecords: said(tlsrpt, "_smtp._tls.example.com", "TXT"),
    mxRecords: said(
      mx?.map((host) => (host === "?" ? null : host === "." ? "0 ." : `10 ${full(host)}`)),
      "example.com",
      "MX",
    ),
  };
}

function withTtl(records: Said<readonly ProposedRecord[]>, ttl: number): Said<readonly ProposedRecord[]> {
  return records.kind === "unsaid" ? records : { kind: "said", value: records.value.map((one) => ({ ...one, ttl })) };
}

const file = (text: string): SourceFile => ({
  path: ".well-known/mta-sts.txt",
  octets: octetsFrom(new TextEncoder().encode(text)),
});

function said(
  texts: readonly (string | null)[] | undefined,
  owner: string,
  type: ProposedRecord["type"],
): Said<readonly ProposedRecord[]> {
  if (!texts) return UNSAID;
  const record = (data: string | null, index: number): ProposedRecord => ({
    owner,
    type,
    data,
    ttl: 3600,
    location: {
      kind: "file",
      path: "zones/example.com.zone",
      span: { startLine: index + 5, startColumn: 1, endLine: index + 5, endColumn: 40 },
    },
    ...(data === null && { why: "the file has a template here" }),
  });
  return { kind: "said", value: texts.map(record) };
}

export function evidenceOf({ live = {}, proposed = {} }: Scene): Evidence {
  const { mx = ["mx1"], hosts = {} } = live;
  const names = [...(Array.isArray(mx) ? mx : []), ...(mx === "none" ? ["example.com"] : []), ...(proposed.mx ?? [])];
  const texts = live.records ?? [`v=STSv1; id=${live.id ?? "A"}`];
  const all = [...new Set(names.filter((name) => ![".", "?", "null"].includes(name)).map(full))];
  return {
    at: AT,
    stsRecord: byServers(answer(texts, live.recordCnames, live.ttl), live.serversDiffer),
    tlsrptRecord:
      live.tlsrpt === "unseen"
        ? unseen()
        : answer(live.tlsrpt === false ? "none" : ["v=TLSRPTv1; rua=mailto:r@example.net"]),
    mx: mxAnswer(mx),
    policyHost: { addresses: { kind: "observed", value: [ADDRESS] }, cnames: live.policyHostCnames ?? [] },
    policyFetch: fetchedFrom(live),
    mxHosts: all.map((host) => {
      const short = host.replace(/\.example\.com$/, "");
      const alias = live.aliases?.[short];
      const tlsa = live.tlsa?.[short];
      const seen = {
        ...hostEvidence(host, hosts["*"] ?? hosts[short] ?? "good"),
        ...(tlsa && { tlsa: tlsaAnswer(tlsa, live.signed === true) }),
      };
      return alias === undefined ? seen : { ...seen, cnames: [alias] };
    }),
  };
}

function tlsaAnswer(texts: readonly string[], authenticated: boolean): Observation<TlsaAnswer> {
  return { kind: "observed", value: { records: texts.map(tlsaRecord), authenticated } };
}

/** Octet of the digests of a certificate and of its key, by the words of {@link SceneLive.tlsa}. */
const DIGESTS: Readonly<Record<string, readonly [string, string]>> = {
  leaf: ["00", "11"],
  issuer: ["22", "33"],
  other: ["ff", "ff"],
};

function tlsaRecord(text: string): TlsaRecord {
  const [usage = 0, selector = 0, matching = 0] = text.split(" ").slice(0, 3).map(Number);
  const word = text.split(" ")[3] ?? "";
  const octet = DIGESTS[word]?.[selector === 1 ? 1 : 0];
  return { usage, selector, matching, data: octet?.repeat(matching === 2 ? 64 : 32) ?? word };
}

function answer(
  texts: readonly string[] | "none" | "unseen",
  cnames: readonly string[] = [],
  ttl = 3600,
): Evidence["stsRecord"] {
  if (texts === "unseen") return unseen();
  if (texts === "none") return { kind: "observed", value: { kind: "no-such-name", cnames: [] } };
  return { kind: "observed", value: { kind: "records", records: texts, cnames, ttl } };
}

function byServers(seen: Evidence["stsRecord"], differs: readonly string[] | undefined): Evidence["stsRecord"] {
  if (differs === undefined || seen.kind === "unobserved" || seen.value.kind !== "records") return seen;
  const value = { ...seen.value, ttlFrom: "authoritative" as const, ...(differs.length > 0 && { differs }) };
  return { kind: "observed", value };
}

function mxAnswer(mx: NonNullable<SceneLive["mx"]>): Observation<MxAnswer> {
  if (mx === "unseen") return unseen();
  if (mx === "none") return { kind: "observed", value: { kind: "no-data", cnames: [] } };
  if (mx === "null") return { kind: "observed", value: { kind: "null-mx", ttl: 3600 } };
  const records = (mx as readonly string[]).map((host) => ({ host: full(host), preference: 10 }));
  return { kind: "observed", value: { kind: "records", records, cnames: [], ttl: 3600 } };
}

const ADDRESS = "198.51.100.10";
const MTA_STS = certificate(["mta-sts.example.com"]);

function fetchedFrom({ policy = "testing 604800 mx1", fetch = {}, second }: SceneLive): Evidence["policyFetch"] {
  const first = fetched(policy);
  if (first.kind === "unobserved") return first;
  const other =
    second === undefined ? [] : fetchedAttempts(second).map((one) => ({ ...one, address: "198.51.100.11" }));
  const adjusted = first.value.map((one) =>
    one.kind === "response" ? { ...one, response: { ...one.response, ...fetch } } : one,
  );
  return { kind: "observed", value: [...adjusted, ...other] };
}

function fetchedAttempts(policy: string): readonly PolicyFetch[] {
  const seen = fetched(policy);
  return seen.kind === "observed" ? seen.value : [];
}

function fetched(policy: string): Evidence["policyFetch"] {
  const observed = (...value: PolicyFetch[]): Evidence["policyFetch"] => ({ kind: "observed", value });
  if (policy === "unseen") return unseen();
  if (policy === "refused") return observed({ kind: "failed", address: ADDRESS, reason: "the connection was refused" });
  if (policy === "wrong-name")
    return observed({
      kind: "untrusted",
      address: ADDRESS,
      trust: { kind: "trusted" },
      names: false,
      chain: [MTA_STS],
    });
  if (policy === "untrusted")
    return observed({
      kind: "untrusted",
      address: ADDRESS,
      trust: { kind: "untrusted", x509Error: "CERT_HAS_EXPIRED" },
      names: true,
      chain: [MTA_STS],
    });
  if (policy === "redirect") return observed(response(301, "", "https://example.com/.well-known/mta-sts.txt"));
  return observed(policy === "none" ? response(404, "not found\n") : response(200, policyText(policy)));
}

export function response(status: number, body: string, location: string | null = null): PolicyFetch {
  const octets = octetsFrom(new TextEncoder().encode(body));
  const facts = {
    status,
    contentType: "text/plain",
    contentEncoding: null,
    location,
    body: octets,
    truncated: false,
    elapsed: 20,
    chain: [MTA_STS],
  };
  return { kind: "response", address: ADDRESS, response: facts };
}

function hostEvidence(host: DomainName, name: string): MxHostEvidence {
  const addresses = { kind: "observed", value: [ADDRESS] } as const;
  if (name === "blocked") return { host, addresses, cnames: [], probes: unseen("egress-blocked") };
  if (name === "no-address")
    return { host, addresses: { kind: "observed", value: [] }, cnames: [], probes: { kind: "observed", value: [] } };
  const session = (SESSIONS[name] ?? SESSIONS["good"])?.(host) as SmtpSession;
  return { host, addresses, cnames: [], probes: { kind: "observed", value: [{ address: ADDRESS, at: AT, session }] } };
}

export function judgeScene(scene: Scene): DomainVerdict {
  return judge(caseOf(scene));
}

export function inspectionOf(scene: Scene): Inspection {
  return inspect(caseOf(scene));
}

export function caseOf(given: Scene): Case {
  const { verify } = given;
  const scene = verify ? { ...given, base: verify, proposed: verify } : given;
  const settings: JudgeSettings = { certificateExpiryDays: 14, off: [], waivers: [], ...scene.settings };
  const mode = verify ? "verify" : "gate";
  const memory = (scene.memory ?? []).flatMap(linesOf);
  return { mode, proposal: proposalOf(scene), evidence: evidenceOf(scene), memory, asOf: scene.at ?? AT, settings };
}

function linesOf({ at, id, records, policy, second, mx }: SceneSight): readonly ObservationLine[] {
  const texts = records ?? (id === undefined ? undefined : [`v=STSv1; id=${id}`]);
  const served = policy === undefined ? undefined : fetchedFrom({ policy, ...(second !== undefined && { second }) });
  const fetches = served?.kind === "observed" ? served.value : [];
  const host = full("mta-sts");
  const asked: readonly Asked[] = [
    ...(texts ? [{ kind: "txt" as const, owner: `_mta-sts.${DOMAIN}`, seen: answer(texts) }] : []),
    ...fetches.map((seen) => ({ kind: "policy" as const, host, address: seen.address, seen })),
    ...(mx ? [{ kind: "mx" as const, owner: DOMAIN, seen: mxAnswer(mx) }] : []),
  ];
  return asked.map((one) => ({ version: EVIDENCE_VERSION, at, ...one }));
}

export function outcomeOf(verdict: DomainVerdict, rule: string): RuleOutcome {
  const found = verdict.rules.find((outcome) => outcome.rule === rule);
  if (!found) throw new Error(`no rule ${rule}`);
  return found;
}

export function findingsOf(verdict: DomainVerdict, rule: string): readonly Finding[] {
  const outcome = outcomeOf(verdict, rule);
  return "findings" in outcome ? (outcome.findings ?? []) : [];
}

/** `failed:error`, `failed:warning`, `unknown:needed`, `passed` …: a rule's outcome in a word. */
export function wordOf(outcome: RuleOutcome): string {
  if (outcome.kind === "unknown") return outcome.needed ? "unknown:needed" : "unknown";
  if (outcome.kind !== "failed") return outcome.kind;
  const levels = outcome.findings.map(({ level }) => level);
  return `failed:${(["error", "warning", "notice"] as const).find((level) => levels.includes(level))}`;
}
