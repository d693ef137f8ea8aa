import { domainToASCII } from "node:url";
import { describe, expect, test } from "vitest";
import type { Evidence, PolicyFetch, SmtpSession } from "../../src/evidence.ts";
import { inspect, type JudgeSettings, policyChanges } from "../../src/judge/inspection.ts";
import { judge } from "../../src/judge/judge.ts";
import { policyIn } from "../../src/judge/policy-view.ts";
import { matchesDnsId } from "../../src/protocol/dns-id.ts";
import { type DomainName, domainName } from "../../src/protocol/domain-name.ts";
import { octetsFrom } from "../../src/protocol/octets.ts";
import type { Delivery } from "../../src/verdict.ts";
import { type Vector, vectors } from "../protocol/vectors.ts";
import {
  AT,
  certificate,
  evidenceOf,
  findingsOf,
  outcomeOf,
  proposalOf,
  type Scene,
  SESSIONS,
  wordOf,
} from "./scene.ts";

const SETTINGS: JudgeSettings = { certificateExpiryDays: 14, off: [], waivers: [] };

interface Held {
  readonly mode: string;
  readonly mx: readonly string[];
  readonly max_age: number;
}

interface SenderVector extends Vector {
  readonly given: {
    readonly mx: readonly { readonly host: string; readonly starttls: string; readonly cert: string }[];
    readonly mx_records?: readonly (readonly [number, string])[];
    readonly mx_cname?: Readonly<Record<string, string>>;
    readonly cached?: { readonly policy: Held };
    readonly fetch?: { readonly policy?: Held; readonly error?: string };
    readonly smarthost_policy?: Held;
    readonly txt: string;
  };
  readonly expect: {
    readonly policy: "cached" | "fetched" | "none-mode" | "no-policy";
    readonly outcome: "deliver" | "defer" | "bounce";
    readonly via?: string;
    readonly reports: readonly string[];
    readonly latent?: readonly string[];
  };
}

/** What a probe shows of a host of the vectors; an unknown word is a vector that this test does not understand. */
function sessionOf({ host, starttls, cert }: SenderVector["given"]["mx"][number]): SmtpSession {
  const named = /^names:(.+)$/.exec(cert)?.[1]?.split(",");
  if (named) return { kind: "tls", protocol: "TLSv1.3", chain: [certificate(named)], trust: { kind: "trusted" } };
  const [name] = [
    starttls === "not-offered" && "no-starttls",
    starttls === "refused" && "starttls-454",
    starttls === "unreachable" && "silent",
    cert === "untrusted" && "self-signed",
    cert === "expired" && "expired",
    cert === "cn-only" && "wrong-name",
    starttls === "ok" && cert === "ok" && "good",
  ].filter((each) => each !== false);
  const session = name === undefined ? undefined : SESSIONS[name]?.(host);
  if (!session) throw new Error(`no session for ${starttls} ${cert}`);
  return session;
}

/**
 * The policy that decides. What a cache holds after which answers is the vector's word for the topics cache and bounce (this judge
 * lays out each policy that may be held and keeps no clock); for first contacts the judge itself reads record and policy.
 */
function heldBy({ topic, given, expect: { policy } }: SenderVector): Held | undefined {
  if (policy === "no-policy" && topic !== "discovery") return undefined;
  const fetched = given.fetch?.policy ?? given.smarthost_policy;
  return policy === "fetched" || topic === "discovery" ? fetched : given.cached?.policy;
}

function sceneOf(vector: SenderVector): Scene {
  const { given } = vector;
  const held = heldBy(vector);
  const records = { none: "none" as const, multiple: ["v=STSv1; id=1", "v=STSv1; id=2"] };
  const seen = vector.topic === "discovery" ? records[given.txt as keyof typeof records] : undefined;
  const hosts = given.mx_records?.map(([, host]) => host) ?? given.mx.map(({ host }) => host);
  return {
    // Said by the repository, so that `0 .` beside another record reaches the judge as it was written.
    proposed: { mx: hosts },
    live: {
      policy: held ? `${held.mode} ${held.max_age} ${held.mx.join(" ")}` : "none",
      mx: given.mx.map(({ host }) => host),
      ...(seen !== undefined && { records: seen }),
    },
  };
}

function evidenceFor(vector: SenderVector): Evidence {
  const evidence = evidenceOf(sceneOf(vector));
  const mxHosts = vector.given.mx.map((one) => ({
    host: domainName(one.host) as DomainName,
    addresses: { kind: "observed", value: ["198.51.100.10"] } as const,
    cnames: [vector.given.mx_cname?.[one.host] ?? []].flat(),
    probes: { kind: "observed", value: [{ address: "198.51.100.10", at: AT, session: sessionOf(one) }] } as const,
  }));
  return { ...evidence, mxHosts };
}

/** A sender tries the hosts in turn: what it skips it reports, and the first that will do gets the message (RFC 8461 §5). */
function journey(mode: string | undefined, { hosts, outcome }: Pick<Delivery, "hosts" | "outcome">): object {
  const open = mode === "enforce" ? hosts.findIndex(({ verdict }) => verdict === "accepted") : 0;
  const tried = hosts.slice(0, open < 0 ? undefined : open + 1);
  const reports = tried.flatMap((host) => (host.verdict === "refused" ? host.resultType : []));
  return {
    // A host that gives no answer is no failure, and no delivery: the message waits, and the gate says unknown.
    outcome: ["delivers", "partial"].includes(outcome) ? "deliver" : "defer",
    via: hosts[open]?.host,
    reports: mode === "none" ? [] : [...new Set(reports)],
    latent: hosts.slice(tried.length).flatMap(({ verdict, host }) => (verdict === "refused" ? host : [])),
  };
}

describe("sender-sim vectors", () => {
  test.each(vectors<SenderVector>("sender-sim").map((vector) => [vector.id, vector] as const))("%s", (_, vector) => {
    const { expect: wanted, given } = vector;
    const evidence = evidenceFor(vector);
    const judged = judge({ proposal: proposalOf(sceneOf(vector)), evidence, asOf: AT, settings: SETTINGS });
    const delivery = judged.deliveries.find(({ policy, mx }) => policy === "deployed" && mx === "proposed");
    const mode = heldBy(vector)?.mode;
    if (delivery === undefined) {
      // No policy: senders do as they did before MTA-STS, and have nothing to report.
      expect(wanted).toMatchObject({ policy: "no-policy", outcome: "deliver", reports: [] });
      return;
    }
    const ofFetch = given.fetch?.error === "policy-invalid" ? ["sts-policy-invalid"] : [];
    expect(wanted.policy).not.toBe("no-policy");
    expect(journey(mode, delivery)).toEqual({
      outcome: wanted.outcome,
      via: wanted.via,
      reports: wanted.reports.filter((each) => !ofFetch.includes(each)),
      latent: wanted.latent ?? [],
    });
    for (const resultType of ofFetch) expect(faultsOf({ live: { policy: "no policy" } })).toEqual([resultType]);
  });
});

const FETCH_RULES = ["fetch-failed", "fetch-redirected", "fetch-untrusted", "fetch-invalid"];

/** The result types that the fetch rules name, in words of RFC 8460 §4.3. */
function faultsOf(scene: Scene, policyFetch?: Evidence["policyFetch"]): readonly string[] {
  const evidence = { ...evidenceOf(scene), ...(policyFetch && { policyFetch }) };
  const judged = judge({ proposal: proposalOf(scene), evidence, asOf: AT, settings: SETTINGS });
  return FETCH_RULES.flatMap((rule) => findingsOf(judged, rule).map(({ resultType }) => resultType ?? "none"));
}

interface FetchVector extends Vector {
  readonly ambiguous?: string;
  readonly given: {
    readonly policy_domain: string;
    readonly tls: { readonly names: readonly string[]; readonly trusted: boolean; readonly expired: boolean };
    readonly network?: string;
    readonly status: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body?: string;
    readonly body_size?: number;
    readonly elapsed_s?: number;
  };
  readonly expect: { readonly usable: boolean; readonly tlsrpt: string | null };
}

const KIB_64 = 65_536;
const ADDRESS = "198.51.100.10";

/** What the policy client would have seen (its own tests run these vectors over sockets). */
function fetchOf({ given }: FetchVector): Evidence["policyFetch"] {
  const observed = (value: PolicyFetch): Evidence["policyFetch"] => ({ kind: "observed", value: [value] });
  const { tls, headers = {}, status, network } = given;
  if (network === "servfail") return { kind: "unobserved", because: "server-failure" };
  if (network !== undefined) return observed({ kind: "failed", address: ADDRESS, reason: network });
  const host = domainName(`mta-sts.${domainToASCII(given.policy_domain)}`) as DomainName;
  const chain = [certificate(tls.names)];
  const x509Error = tls.expired ? "CERT_HAS_EXPIRED" : tls.trusted ? undefined : "DEPTH_ZERO_SELF_SIGNED_CERT";
  const names = tls.names.some((name) => matchesDnsId(name, host));
  if (x509Error !== undefined || !names) {
    const trust =
      x509Error === undefined ? ({ kind: "trusted" } as const) : ({ kind: "untrusted", x509Error } as const);
    return observed({ kind: "untrusted", address: ADDRESS, trust, names, chain });
  }
  const bytes = new TextEncoder().encode(given.body ?? ofSize(given.body_size ?? 0));
  const response = {
    status,
    contentType: headers["content-type"] ?? null,
    contentEncoding: headers["content-encoding"] ?? null,
    location: headers["location"] ?? null,
    body: octetsFrom(bytes.subarray(0, KIB_64)),
    truncated: bytes.length > KIB_64,
    elapsed: (given.elapsed_s ?? 0.1) * 1000,
    chain,
  };
  return observed({ kind: "response", address: ADDRESS, response });
}

/** A policy of so many octets, most of them in an extension field. */
function ofSize(size: number): string {
  const policy = "version: STSv1\r\nmode: enforce\r\nmx: mail.example.com\r\nmax_age: 604800\r\n";
  return `${policy}x-pad: ${"x".repeat(Math.max(1, size - policy.length - 9))}\r\n`;
}

describe("fetch vectors", () => {
  test.each(vectors<FetchVector>("fetch").map((vector) => [vector.id, vector] as const))("%s", (_, vector) => {
    const { expect: wanted, given, ambiguous, topic } = vector;
    const policyFetch = fetchOf(vector);
    const proposal = proposalOf({});
    const evidence = { ...evidenceOf({}), policyFetch };
    const inspection = inspect({ proposal, evidence, asOf: AT, settings: SETTINGS });
    const judged = judge({ proposal, evidence, asOf: AT, settings: SETTINGS });
    const usable = policyIn(inspection.policy.deployed) !== undefined;
    if (given.network === "servfail") {
      // Our resolver could not say, which is no fault of the domain (SPEC: could not look is never failed). A sender reports it.
      expect(inspection.policy.deployed.kind).toBe("unknown");
      expect(wordOf(outcomeOf(judged, "fetch-failed"))).toBe("unknown");
      return;
    }
    if (topic === "content-type" && ambiguous !== undefined && !wanted.usable) {
      // The media type is a SHOULD: some senders drop the policy and some enforce it, so it is held, and warned about.
      expect(usable).toBe(true);
      expect(wordOf(outcomeOf(judged, "fetch-media-type"))).toBe("failed:warning");
      return;
    }
    expect(usable).toBe(wanted.usable);
    expect(faultsOf({}, policyFetch)).toEqual([wanted.tlsrpt ?? []].flat());
    expect(wordOf(outcomeOf(judged, "fetch-media-type"))).toBe("passed");
    expect(wordOf(outcomeOf(judged, "fetch-slow"))).toBe((given.elapsed_s ?? 0) > 4 ? "failed:warning" : "passed");
  });
});

interface UpdateVector extends Vector {
  readonly ambiguous?: string;
  readonly repo_policy: string | null;
  readonly live_policy: string;
  readonly dns_id: string | null;
  readonly new_id: string | null;
  readonly expect: {
    readonly changed: boolean;
    readonly errors: readonly string[];
    readonly warnings?: readonly string[];
  };
}

/** The rule behind each code. */
const RULE_OF: Readonly<Record<string, string>> = {
  "id-not-bumped": "record-id-unchanged",
  "removed-without-none": "rollout-removed-early",
};

// An extension field: by SPEC §1 policies mean the same if mode, max_age and patterns are equal. The vector says: ambiguous.
const OUR_READING: ReadonlySet<string> = new Set(["upd-ext-changed"]);

const recordsOf = (id: string | null): readonly string[] => (id === null ? [] : [`v=STSv1; id=${id}`]);

describe("policy-update vectors", () => {
  const rows = vectors<UpdateVector>("policy-update").filter(({ id }) => id !== "upd-dns-empty");

  test.each(rows.map((vector) => [vector.id, vector] as const))("%s", (_, vector) => {
    const { repo_policy, live_policy, dns_id, new_id, expect: wanted } = vector;
    const scene: Scene = {
      base: { policy: live_policy, records: recordsOf(dns_id) },
      proposed: { policy: repo_policy, records: recordsOf(new_id) },
      live: { policy: live_policy, records: recordsOf(dns_id), mx: ["mail"] },
    };
    const given = { proposal: proposalOf(scene), evidence: evidenceOf(scene), asOf: AT, settings: SETTINGS };
    const ours = OUR_READING.has(vector.id);
    expect(policyChanges(inspect(given))).toBe(ours ? false : wanted.changed);
    const judged = judge(given);
    const erring = judged.rules.flatMap((outcome) => (wordOf(outcome) === "failed:error" ? outcome.rule : []));
    expect(erring).toEqual(ours ? [] : wanted.errors.map((code) => RULE_OF[code] ?? code));
    // `bytes-differ` has no rule: it is no defect of the proposal, and verify compares what is served.
    const duplicate = findingsOf(judged, "policy-fragile").some(({ facts }) =>
      `${facts["code"]}`.includes("duplicate"),
    );
    expect(duplicate).toBe(wanted.warnings?.includes("duplicate-field") ?? false);
  });

  test("upd-dns-empty: a fault as long as nobody publishes the record, and no bar to the change that does", () => {
    const vector = vectors<UpdateVector>("policy-update").find(({ id }) => id === "upd-dns-empty");
    if (!vector) return;
    const { repo_policy, live_policy, new_id } = vector;
    const live = { policy: live_policy, records: "none", mx: ["mail"] } as const;
    const judged = (scene: Scene): string =>
      wordOf(
        outcomeOf(
          judge({ proposal: proposalOf(scene), evidence: evidenceOf(scene), asOf: AT, settings: SETTINGS }),
          "record-missing",
        ),
      );
    expect(judged({ base: { policy: live_policy }, proposed: { policy: repo_policy }, live })).toBe("failed:warning");
    const repair = { policy: repo_policy, records: recordsOf(new_id) };
    expect(judged({ base: { policy: live_policy, records: [] }, proposed: repair, live })).toBe("passed");
  });
});
