import { cite } from "../../src/citation.ts";
import type { Location } from "../../src/location.ts";
import type { DomainName } from "../../src/protocol/domain-name.ts";
import type { ResultType } from "../../src/protocol/result-type.ts";
import type { ReportContext } from "../../src/report/reporter.ts";
import type { Story } from "../../src/story.ts";
import type { DomainVerdict, RunFacts } from "../../src/verdict.ts";
import { HOSTILE } from "./hostile.ts";

const name = (text: string): DomainName => text as DomainName;
const [MX1, MX2, DOMAIN] = [name("mx1.example.com"), name("mx2.example.com"), name("example.com")];

export const CONTEXT: ReportContext = {
  label: "default",
  rulePage: (rule) => `https://gate.example/docs/rules/${rule}.md`,
  runUrl: "https://github.example/org/repo/actions/runs/7",
};

export const at = (path: string, startLine: number, columns: readonly [number, number] = [1, 1]): Location => ({
  kind: "file",
  path,
  span: { startLine, startColumn: columns[0], endLine: startLine, endColumn: columns[1] },
});

const POLICY = "public/.well-known/mta-sts.txt";
const ZONE = "zones/example.com.zone";

export const READY: DomainVerdict = {
  policyDomain: DOMAIN,
  verdict: "ready",
  touched: ["policy", "record"],
  consequence: "Mail to example.com is delivered as before, and senders learn of the new policy by its new id.",
  deliveries: [
    {
      policy: "proposed",
      mx: "deployed",
      outcome: "delivers",
      hosts: [{ verdict: "accepted", host: MX1, addresses: ["192.0.2.1", "2001:db8::1"] }],
    },
  ],
  rules: [
    { kind: "passed", rule: "policy-syntax" },
    { kind: "not-applicable", rule: "mx-null" },
    {
      kind: "unknown",
      rule: "tlsrpt-failures",
      needed: false,
      missing: [
        { what: "value", subject: "example.com", message: "No TLS reports were given; nothing is said about them." },
      ],
    },
    {
      kind: "failed",
      rule: "tlsrpt-missing",
      findings: [
        {
          level: "warning",
          message: "There is no _smtp._tls record, so nobody will report failed sessions of example.com.",
          location: { kind: "dns", owner: "_smtp._tls.example.com", type: "TXT" },
          alreadySo: true,
          facts: { owner: "_smtp._tls.example.com" },
        },
      ],
    },
  ],
  suggestedId: null,
  recordToPublish: null,
  safeAfter: null,
  validUntil: "2027-01-31T00:00:00Z",
  notChecked: ["IPv6 addresses were not probed: this runner has no IPv6."],
  notes: ["The policy was found at public/.well-known/mta-sts.txt."],
};

const STORY: Story = {
  sender: "mox",
  host: MX2,
  until: "2026-12-04T12:00:00Z",
  events: [
    {
      kind: "served",
      at: "2026-11-01T09:00:00Z",
      until: "2026-11-23T12:00:00Z",
      policy: { mode: "enforce", maxAge: 604800, mx: ["mx1.example.com"] },
      id: "20261101",
      ttl: 3600,
    },
    { kind: "fetch", at: "2026-11-23T11:59:00Z" },
    {
      kind: "merge",
      at: "2026-11-23T12:00:00Z",
      policy: { mode: "enforce", maxAge: 604800, mx: ["mx1.example.com", "mx2.example.com"] },
      id: "20261123T120000",
      mx: [MX1, MX2],
    },
    { kind: "delivery", at: "2026-11-23T12:01:00Z" },
  ],
};

export const BLOCKED: DomainVerdict = {
  ...READY,
  verdict: "blocked",
  consequence:
    "Senders that enforce the proposed policy will refuse mx2.example.com, and mail to example.com is delayed.",
  deliveries: [
    {
      policy: "proposed",
      mx: "proposed",
      outcome: "partial",
      hosts: [
        { verdict: "accepted", host: MX1, addresses: ["192.0.2.1"] },
        {
          verdict: "refused",
          host: MX2,
          resultType: "validation-failure",
          reasonCode: "mtasts-policy-mx-mismatch",
          addresses: [],
        },
      ],
    },
    {
      policy: "deployed",
      mx: "proposed",
      outcome: "unknown",
      hosts: [
        { verdict: "unknown", host: MX1, because: "port 25 is blocked here", addresses: [] },
        { verdict: "refused", host: MX2, resultType: "certificate-expired", reasonCode: "", addresses: ["192.0.2.2"] },
      ],
    },
  ],
  rules: [
    { kind: "passed", rule: "policy-syntax" },
    {
      kind: "failed",
      rule: "tlsrpt-missing",
      findings: [
        {
          level: "warning",
          message: "There is no _smtp._tls record, so nobody will report failed sessions of example.com.",
          location: { kind: "dns", owner: "_smtp._tls.example.com", type: "TXT" },
          facts: {},
        },
      ],
    },
    {
      kind: "failed",
      rule: "mx-not-covered",
      findings: [
        {
          level: "error",
          message:
            "MX host mx2.example.com matches no mx pattern; a sender that enforces this policy will not deliver to it.",
          location: at(POLICY, 4, [1, 20]),
          related: [at(ZONE, 14, [1, 30])],
          resultType: "validation-failure",
          facts: { host: "mx2.example.com", patterns: 1, until: "2026-12-01T13:00:00Z", slow: "2026-12-04T12:00:00Z" },
          story: STORY,
          fix: {
            path: POLICY,
            span: { startLine: 4, startColumn: 1, endLine: 4, endColumn: 20 },
            text: "mx: mx1.example.com\nmx: mx2.example.com",
            lines: "mx: mx1.example.com",
          },
        },
      ],
    },
    {
      kind: "failed",
      rule: "record-id-unchanged",
      findings: [
        {
          level: "error",
          message:
            "The policy changes and the id is still 20261101; senders keep the old policy until their cache ends.",
          location: at(ZONE, 9),
          facts: { id: "20261101" },
        },
      ],
    },
  ],
  suggestedId: "20261123T120000",
  recordToPublish: '_mta-sts.example.com. 3600 IN TXT "v=STSv1; id=20261123T120000;"',
  safeAfter: "2026-12-04T12:00:00Z",
  nextStep: {
    step: 1,
    of: 3,
    title: "replacing an MX host",
    next: "This is step 1 of 3 of replacing an MX host; the MX records may follow after 2026-12-01T13:00:00Z.",
    from: "2026-12-01T13:00:00Z",
    all: "2026-12-04T12:00:00Z",
  },
  notChecked: ["Port 25 is closed on this runner, so no certificate of an MX host was seen; give a proxy to see them."],
};

export const UNKNOWN: DomainVerdict = {
  ...READY,
  verdict: "unknown",
  consequence: "The names of every MX host of example.com are proven; whether they offer TLS was not seen.",
  deliveries: [
    {
      policy: "proposed",
      mx: "deployed",
      outcome: "unknown",
      hosts: [{ verdict: "unknown", host: MX1, because: "port 25 is blocked here", addresses: ["192.0.2.1"] }],
    },
  ],
  rules: ["mx-refused", "mx-tls-old"].map((rule) => ({
    kind: "unknown",
    rule,
    needed: true,
    missing: [
      {
        what: "probe",
        subject: "mx1.example.com",
        message: "Names proven, TLS not seen: this runner does not reach port 25; set proxy to look from elsewhere.",
      },
    ],
  })),
  validUntil: null,
};

export const WAIVED: DomainVerdict = {
  ...READY,
  rules: [
    {
      kind: "waived",
      rule: "mx-refused",
      by: { kind: "waiver", reason: "mx2 is replaced next week", until: "2026-12-01" },
      findings: [
        {
          level: "error",
          message: "MX host mx2.example.com presents an expired certificate; senders will refuse it.",
          location: { kind: "mx-host", host: MX2, address: "192.0.2.2" },
          resultType: "certificate-expired",
          facts: { host: "mx2.example.com" },
        },
      ],
    },
    { kind: "waived", rule: "mx-alias", by: { kind: "off" }, findings: [] },
  ],
};

const evil = HOSTILE.join(" ");

const hostileStory = (text: string): Story => {
  const policy = { mode: "enforce" as const, maxAge: 1, mx: [text] };
  const mx = [name(text)];
  return {
    sender: text,
    host: name(text),
    until: text,
    events: [
      { kind: "served", at: text, until: text, policy, id: text, ttl: 1 },
      { kind: "mx", at: text, hosts: mx, ttl: 1 },
      { kind: "fetch", at: text },
      { kind: "fetch", at: text },
      { kind: "merge", at: text, policy, id: text, mx },
      { kind: "later-mx", at: text, mx },
      { kind: "delivery", at: text },
    ],
  };
};

/** Hostile text in every field that text can reach; where a type promises an enumeration too, since evidence can be forged. */
export const hostileVerdict = (text: string): DomainVerdict => ({
  policyDomain: name(text),
  verdict: "blocked",
  touched: ["mx"],
  consequence: text,
  deliveries: [
    {
      policy: "cached",
      cached: { id: text, until: text },
      mx: "proposed",
      outcome: "rejects",
      hosts: [
        { verdict: "unknown", host: name(text), because: text, addresses: [text] },
        {
          verdict: "refused",
          host: name(`${text}2`),
          resultType: text as ResultType,
          reasonCode: text,
          addresses: [text],
        },
      ],
    },
  ],
  rules: [
    { kind: "passed", rule: text },
    {
      kind: "failed",
      rule: "mx-refused",
      findings: [
        {
          level: "error",
          message: text,
          location: at(text, 3, [2, 9]),
          related: [{ kind: "mx-host", host: name(text), address: text }],
          resultType: text as ResultType,
          facts: { [text]: text },
          story: hostileStory(text),
          fix: { path: text, span: { startLine: 1, startColumn: 1, endLine: 2, endColumn: 1 }, text },
        },
        { level: "warning", message: text, location: { kind: "policy-host", url: text, address: text }, facts: {} },
        { level: "notice", message: text, location: { kind: "input", name: text }, facts: {} },
        { level: "error", message: text, location: { kind: "dns", owner: text, type: "TXT" }, facts: {} },
      ],
    },
    { kind: "unknown", rule: text, needed: true, missing: [{ what: "mx", subject: text, message: text }] },
    {
      kind: "waived",
      rule: text,
      by: { kind: "waiver", reason: text, until: text },
      findings: [{ level: "error", message: text, location: at(text, 1), facts: {} }],
    },
  ],
  suggestedId: text,
  recordToPublish: text,
  safeAfter: text,
  nextStep: { step: 1, of: 3, title: text, next: text, from: text, all: text },
  validUntil: text,
  notChecked: [text],
  notes: [text],
});

export const HOSTILE_VERDICT = hostileVerdict(evil);

export const runOf = (...domains: readonly DomainVerdict[]): RunFacts => ({
  verdict: domains.some(({ verdict }) => verdict === "blocked")
    ? "blocked"
    : domains.some(({ verdict }) => verdict === "unknown")
      ? "unknown"
      : "ready",
  mode: "gate",
  asOf: "2026-11-23T12:00:00Z",
  validUntil: domains[0]?.validUntil ?? null,
  vantage: {
    port25: "blocked",
    ipv6: "none",
    resolver: "system (192.0.2.53)",
    proxy: null,
    trustAnchors: "Mozilla roots of Node 24.21.0",
    privateNetworks: "refused",
  },
  contacts: [
    { purpose: "dns", name: "_mta-sts.example.com", address: "192.0.2.53", port: 53 },
    { purpose: "policy", name: "mta-sts.example.com", address: "192.0.2.80", port: 443, bytes: 4711 },
  ],
  counts: { domains: domains.length, errors: 2, warnings: 1, unknowns: 0 },
  commit: "0123456789abcdef0123456789abcdef01234567",
  base: "89abcdef0123456789abcdef0123456789abcdef",
  notes: ["A limit was lifted: private networks are allowed by the input."],
  rules: [
    { id: "mx-not-covered", title: "An MX host matches no mx pattern of the policy", cites: [cite("RFC 8461", "4.1")] },
    { id: "policy-syntax", title: "The file is not a policy", cites: [cite("RFC 8461", "3.2")] },
  ],
});

export const hostileRun = (text: string): RunFacts => ({
  ...runOf(HOSTILE_VERDICT),
  asOf: text,
  validUntil: text,
  vantage: { ...runOf().vantage, resolver: text, proxy: text, trustAnchors: text },
  contacts: [{ purpose: "mx", name: text, address: text, port: 25 }],
  commit: text,
  base: text,
  notes: [text],
  rules: [{ id: text, title: text, cites: [{ text, url: text }] }],
});

/** What each golden shows. */
export const CASES: Readonly<Record<string, readonly DomainVerdict[]>> = {
  ready: [READY],
  blocked: [BLOCKED],
  unknown: [UNKNOWN],
  waived: [WAIVED],
  nothing: [],
  several: [READY, { ...UNKNOWN, policyDomain: name("b.example") }, { ...BLOCKED, policyDomain: name("a.example") }],
  hostile: [HOSTILE_VERDICT],
};

export const manyDomains = (count: number, domain: DomainVerdict): readonly DomainVerdict[] =>
  Array.from({ length: count }, (_, at) => ({ ...domain, policyDomain: name(`d${at}.example`) }));
