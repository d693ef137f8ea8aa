// Eight domains on Debian's own servers: what senders would report of each (RFC 8460 §4.3), seen through the real network code.
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAuthority } from "../../src/demo/authority.ts";
import { gate } from "../../src/gate.ts";
import { parseOptions } from "../../src/options.ts";
import { type Proposal, type ProposedRecord, UNSAID } from "../../src/proposal.ts";
import { type DomainName, domainName } from "../../src/protocol/domain-name.ts";
import { octetsFrom } from "../../src/protocol/octets.ts";
import type { DomainVerdict } from "../../src/verdict.ts";
import { createDeadline } from "../../src/world/deadline.ts";
import { createNetwork } from "../../src/world/internet.ts";
import { startNamed } from "./named.ts";
import { startNginx } from "./nginx.ts";
import { type MailHost, startPostfix } from "./postfix.ts";
import { type Started, whyNotReal } from "./programs.ts";

const reason = whyNotReal();
if (reason) console.warn(`test/real is skipped: ${reason}`);

/** Domain → what one sees of it. `host` is the verdict on mx.<domain>, `rules` the findings that must be there. */
const EXPECTED: Readonly<
  Record<string, { verdict: string; host: string; rules?: Readonly<Record<string, string | undefined>> }>
> = {
  "good.test": { verdict: "ready", host: "accepted" },
  "expired.test": { verdict: "blocked", host: "certificate-expired", rules: { "mx-refused": "certificate-expired" } },
  "self-signed.test": {
    verdict: "blocked",
    host: "certificate-not-trusted",
    rules: { "mx-refused": "certificate-not-trusted" },
  },
  "mismatch.test": {
    verdict: "blocked",
    host: "certificate-host-mismatch",
    rules: { "mx-refused": "certificate-host-mismatch" },
  },
  "incomplete.test": {
    verdict: "blocked",
    host: "certificate-not-trusted",
    rules: { "mx-refused": "certificate-not-trusted" },
  },
  "plain.test": {
    verdict: "blocked",
    host: "starttls-not-supported",
    rules: { "mx-refused": "starttls-not-supported" },
  },
  "redirect.test": { verdict: "blocked", host: "accepted", rules: { "fetch-redirected": "sts-policy-fetch-error" } },
  "stale.test": { verdict: "blocked", host: "accepted", rules: { "record-id-unchanged": undefined } },
};
const DOMAINS = Object.keys(EXPECTED);
const POLICY_ADDRESS = "127.0.9.1";
const mxAddress = (domain: string): string => `127.0.9.${10 + DOMAINS.indexOf(domain)}`;
const policyText = (domain: string, mode: string): string =>
  `version: STSv1\nmode: ${mode}\nmx: mx.${domain}\nmax_age: 86400\n`;

describe.skipIf(reason !== undefined)("eight domains on bind9, nginx and postfix", () => {
  const started: Started[] = [];
  const verdicts = new Map<string, DomainVerdict>();
  const folder = mkdtempSync(join(tmpdir(), "mta-sts-gate-real-"));
  chmodSync(folder, 0o755); // named and postfix give up root and must still reach their files

  beforeAll(async () => {
    const authority = createAuthority("Real Suite Root");
    const port = await freePort();
    started.push(
      await startNamed(
        join(folder, "named"),
        port,
        Object.fromEntries(DOMAINS.map((domain) => [domain, zone(domain)])),
      ),
    );
    started.push(
      await startNginx(
        join(folder, "nginx"),
        POLICY_ADDRESS,
        DOMAINS.map((domain) => site(domain, authority)),
      ),
    );
    started.push(
      await startPostfix(
        join(folder, "postfix"),
        DOMAINS.map((domain) => mailHost(domain, authority)),
      ),
    );

    const options = parseOptions({ resolver: `127.0.0.1:${port}`, "allow-private-networks": "true" });
    const deadline = createDeadline(50_000);
    const network = createNetwork({ options, caText: authority.rootPem, deadline });
    const settings = { certificateExpiryDays: 14, off: [], waivers: [] };
    const docket = { proposals: DOMAINS.map(enforcing), mxOnly: [], settings };
    for await (const verdict of gate(docket, network, () => new Date().toISOString()))
      verdicts.set(verdict.policyDomain, verdict);
    deadline.close();
  }, 90_000);

  afterAll(async () => {
    for (const server of started.reverse()) await server.close();
    rmSync(folder, { recursive: true, force: true });
  }, 30_000);

  test.each(DOMAINS)("%s", (domain) => {
    const { verdict, host, rules = {} } = EXPECTED[domain] ?? { verdict: "", host: "" };
    const judged = verdicts.get(domain);
    const failed =
      judged?.rules.flatMap((outcome) =>
        outcome.kind === "failed" ? outcome.findings.map((finding) => ({ rule: outcome.rule, finding })) : [],
      ) ?? [];
    expect(judged?.verdict, JSON.stringify(judged?.rules.filter(({ kind }) => kind !== "passed"))).toBe(verdict);
    const delivery = judged?.deliveries.find(({ policy, mx }) => policy === "proposed" && mx === "proposed");
    const [seen] = delivery?.hosts ?? [];
    expect(seen?.verdict === "refused" ? seen.resultType : seen?.verdict).toBe(host);
    for (const [rule, resultType] of Object.entries(rules)) {
      const found = failed.find((one) => one.rule === rule && one.finding.level === "error");
      expect(found, `${rule} in ${JSON.stringify(failed)}`).toBeDefined();
      expect(found?.finding.resultType).toBe(resultType);
    }
    if (domain !== "stale.test") expect(failed.some(({ rule }) => rule === "record-id-unchanged")).toBe(false);
  });

  test("the missing intermediate is named", () => {
    const probes = JSON.stringify(verdicts.get("incomplete.test")?.rules);
    expect(probes).toContain("UNABLE_TO_VERIFY_LEAF_SIGNATURE");
  });
});

function zone(domain: string): string {
  return [
    "$TTL 300",
    `@ IN SOA ns.${domain}. hostmaster.${domain}. 1 3600 600 86400 300`,
    `@ IN NS ns`,
    "ns IN A 127.0.0.1",
    "@ IN MX 10 mx",
    `mx IN A ${mxAddress(domain)}`,
    `mta-sts IN A ${POLICY_ADDRESS}`,
    '_mta-sts IN TXT "v=STSv1; id=A"',
    `_smtp._tls IN TXT "v=TLSRPTv1; rua=mailto:reports@${domain}"`,
    "",
  ].join("\n");
}

type Authority = ReturnType<typeof createAuthority>;

function site(domain: string, authority: Authority): Parameters<typeof startNginx>[2][number] {
  const host = `mta-sts.${domain}`;
  const { chainPem, keyPem } = authority.issue({ names: [host] });
  const serves =
    domain === "redirect.test" ? { redirect: `https://www.${domain}/` } : { body: policyText(domain, "testing") };
  return { host, chainPem, keyPem, serves };
}

function mailHost(domain: string, authority: Authority): MailHost {
  const host = `mx.${domain}`;
  const address = mxAddress(domain);
  const day = 86_400_000;
  const issue = (more: Partial<Parameters<Authority["issue"]>[0]> = {}) => authority.issue({ names: [host], ...more });
  switch (domain) {
    case "plain.test":
      return { host, address };
    case "expired.test": {
      const old = issue({ notBefore: new Date(Date.now() - 90 * day), notAfter: new Date(Date.now() - day) });
      return { host, address, tls: old };
    }
    case "self-signed.test": {
      const own = issue({ by: "self" });
      return { host, address, tls: { chainPem: own.certPem, keyPem: own.keyPem } };
    }
    case "mismatch.test":
      return { host, address, tls: issue({ names: ["mail.elsewhere.test"] }) };
    case "incomplete.test": {
      const { certPem, keyPem } = issue();
      return { host, address, tls: { chainPem: certPem, keyPem } };
    }
    default:
      return { host, address, tls: issue() };
  }
}

/** testing → enforce; the id is bumped everywhere but in stale.test. */
function enforcing(domain: string): Proposal {
  const policyDomain = domainName(domain) as DomainName;
  const side = (mode: string, id: string): Proposal["proposed"] => ({
    policyFile: {
      kind: "said",
      value: { path: "mta-sts.txt", octets: octetsFrom(new TextEncoder().encode(policyText(domain, mode))) },
    },
    stsRecords: { kind: "said", value: [record(domain, id)] },
    tlsrptRecords: UNSAID,
    mxRecords: UNSAID,
  });
  return {
    policyDomain,
    base: side("testing", "A"),
    proposed: side("enforce", domain === "stale.test" ? "A" : "B"),
    touched: ["policy", "record"],
    baseSince: { kind: "since", at: "2026-01-01T00:00:00.000Z" },
    history: { states: [], complete: true },
    publishing: { proposed: [], base: [] },
    notes: [],
  };
}

const record = (domain: string, id: string): ProposedRecord => ({
  owner: `_mta-sts.${domain}`,
  type: "TXT",
  data: `v=STSv1; id=${id}`,
  ttl: 300,
  location: { kind: "input", name: "record-id" },
});

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
