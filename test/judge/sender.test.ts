import { describe, expect, test } from "vitest";
import type { MxHostEvidence, Probe, SmtpSession } from "../../src/evidence.ts";
import { deliveryOutcome, validateMxHost } from "../../src/judge/sender.ts";
import { type DomainName, domainName } from "../../src/protocol/domain-name.ts";
import { type Policy, parsePolicy } from "../../src/protocol/policy.ts";
import type { HostVerdict } from "../../src/verdict.ts";
import { AT, certificate, evidenceOf, policyText, SESSIONS } from "./scene.ts";

const MX1 = domainName("mx1.example.com") as DomainName;

function policy(short: string): Policy {
  const parse = parsePolicy(new TextEncoder().encode(policyText(short)));
  if (parse.kind !== "valid") throw new Error(short);
  return parse.policy;
}

const ENFORCE = policy("enforce 86400 mx1");
const session = (name: string): SmtpSession => (SESSIONS[name] ?? SESSIONS["good"])?.(MX1) as SmtpSession;
const probe = (name: string, address = "192.0.2.1"): Probe => ({ address, at: AT, session: session(name) });

const validate = (seen: Partial<MxHostEvidence>, by: Policy = ENFORCE): HostVerdict => {
  const addresses = { kind: "observed", value: ["192.0.2.1", "2001:db8::1"] } as const;
  const host = { host: MX1, addresses, cnames: [], probes: { kind: "observed", value: [] }, ...seen } as const;
  return validateMxHost(by, MX1, { ...evidenceOf({}), mxHosts: [host] });
};

const probed = (...probes: readonly Probe[]): HostVerdict => validate({ probes: { kind: "observed", value: probes } });

/** `accepted`, `certificate-expired CERT_HAS_EXPIRED`, `? no-ipv6`, and the addresses that it is about. */
function word(verdict: HostVerdict): string {
  const addresses = verdict.addresses.map((address) => ` ${address}`).join("");
  if (verdict.verdict === "accepted") return `accepted${addresses}`;
  if (verdict.verdict === "unknown") return `? ${verdict.because}${addresses}`;
  return `${verdict.resultType} ${verdict.reasonCode}${addresses}`;
}

describe("what one session says about a host (RFC 8461 §4.2, RFC 8460 §4.3.1)", () => {
  test.each([
    ["good", "accepted 192.0.2.1"],
    ["expiring", "accepted 192.0.2.1"],
    ["expired", "certificate-expired CERT_HAS_EXPIRED 192.0.2.1"],
    ["self-signed", "certificate-not-trusted DEPTH_ZERO_SELF_SIGNED_CERT 192.0.2.1"],
    ["wrong-name", "certificate-host-mismatch no-matching-dns-id 192.0.2.1"],
    ["old-tls", "validation-failure tls-protocol-too-old 192.0.2.1"],
    ["no-starttls", "starttls-not-supported starttls-not-offered 192.0.2.1"],
    ["starttls-454", "starttls-not-supported starttls-refused 192.0.2.1"],
    ["injected", "validation-failure plaintext-after-starttls 192.0.2.1"],
    ["alert", "validation-failure tls-handshake-failed 192.0.2.1"],
    ["greets-554", "? turned-away 192.0.2.1"],
    ["silent", "? unreachable-connect 192.0.2.1"],
    ["stalls", "? unreachable-handshake 192.0.2.1"],
  ])("%s: %s", (name, verdict) => {
    expect(word(probed(probe(name)))).toBe(verdict);
  });

  test("a server that closes instead of answering STARTTLS is refused as one that does not support it", () => {
    const closed: SmtpSession = { kind: "starttls-refused", reply: null };
    expect(word(probed({ ...probe("good"), session: closed }))).toBe(
      "starttls-not-supported starttls-closed 192.0.2.1",
    );
  });

  test("no proper SMTP before STARTTLS says nothing about TLS", () => {
    const noise: SmtpSession = { kind: "protocol-violation", step: "greeting", detail: "HTTP/1.1 400" };
    expect(word(probed({ ...probe("good"), session: noise }))).toBe("? no-smtp-greeting 192.0.2.1");
  });

  test("the chain comes before the name, and the common name never counts", () => {
    const chain = [certificate([], { subject: "CN=mx1.example.com" })];
    const bare: SmtpSession = { kind: "tls", protocol: "TLSv1.3", chain, trust: { kind: "trusted" } };
    expect(word(probed({ ...probe("good"), session: bare }))).toBe(
      "certificate-host-mismatch no-matching-dns-id 192.0.2.1",
    );
    const untrusted: SmtpSession = { ...bare, trust: { kind: "untrusted", x509Error: "CERT_REVOKED" } };
    expect(word(probed({ ...probe("good"), session: untrusted }))).toBe(
      "certificate-not-trusted CERT_REVOKED 192.0.2.1",
    );
  });

  test("a session without a certificate names no one", () => {
    const bare: SmtpSession = { kind: "tls", protocol: "TLSv1.3", chain: [], trust: { kind: "trusted" } };
    expect(word(probed({ ...probe("good"), session: bare }))).toBe(
      "certificate-host-mismatch no-matching-dns-id 192.0.2.1",
    );
  });

  test("only the leaf's names count", () => {
    const chain = [certificate(["other.example.net"]), certificate(["mx1.example.com"])];
    const named: SmtpSession = { kind: "tls", protocol: "TLSv1.3", chain, trust: { kind: "trusted" } };
    expect(probed({ ...probe("good"), session: named }).verdict).toBe("refused");
  });
});

describe("what the addresses of a host come to", () => {
  const V6 = "2001:db8::1";
  test.each<[string, HostVerdict, string]>([
    ["all good", probed(probe("good"), probe("good", V6)), `accepted 192.0.2.1 ${V6}`],
    ["one bad condemns", probed(probe("good"), probe("expired", V6)), `certificate-expired CERT_HAS_EXPIRED ${V6}`],
    ["bad beside silent", probed(probe("silent"), probe("alert", V6)), `validation-failure tls-handshake-failed ${V6}`],
    ["one silent leaves it open", probed(probe("good"), probe("silent", V6)), `? unreachable-connect ${V6}`],
    ["no IPv6 costs nothing beside IPv4", probed(probe("good"), probe("ipv6-only", V6)), "accepted 192.0.2.1"],
    [
      "IPv6 not seen for another reason leaves it open",
      probed(probe("good"), { ...probe("good", V6), session: { kind: "unobserved", because: "deadline" } }),
      `? deadline ${V6}`,
    ],
    ["IPv6 alone and none here", probed(probe("ipv6-only", V6)), `? no-ipv6 192.0.2.1 ${V6}`],
    ["no probe at all", probed(), `? no-ipv6 192.0.2.1 ${V6}`],
    [
      "egress blocked",
      validate({ probes: { kind: "unobserved", because: "egress-blocked" } }),
      `? egress-blocked 192.0.2.1 ${V6}`,
    ],
    ["no address", validate({ addresses: { kind: "observed", value: [] } }), "? no-address"],
    ["addresses unseen", validate({ addresses: { kind: "unobserved", because: "timed-out" } }), "? timed-out"],
    ["never looked at", validateMxHost(ENFORCE, MX1, { ...evidenceOf({}), mxHosts: [] }), "? not-asked"],
  ])("%s", (_, verdict, expected) => {
    expect(word(verdict)).toBe(expected);
  });

  test("a name that no pattern covers needs no probe to be refused (RFC 8461 §4.1)", () => {
    const other = policy("enforce 86400 mx2 *.example.net");
    expect(word(validate({ probes: { kind: "observed", value: [probe("good")] } }, other))).toBe(
      "validation-failure mtasts-policy-mx-mismatch",
    );
  });
});

describe("what a sender does with a message (RFC 8461 §5)", () => {
  const host = (verdict: HostVerdict["verdict"]): HostVerdict =>
    ({ verdict, host: MX1, addresses: [], because: "", resultType: "validation-failure", reasonCode: "" }) as const;
  const hosts = (...verdicts: HostVerdict["verdict"][]): HostVerdict[] => verdicts.map(host);

  test.each([
    ["all accepted", hosts("accepted", "accepted"), "delivers"],
    ["all refused", hosts("refused", "refused"), "rejects"],
    ["some refused", hosts("accepted", "refused"), "partial"],
    ["some refused, some open", hosts("accepted", "refused", "unknown"), "partial"],
    ["accepted beside open", hosts("accepted", "unknown"), "unknown"],
    ["refused beside open", hosts("refused", "unknown"), "unknown"],
    ["none to see", [], "unknown"],
  ] as const)("enforce, %s: %s", (_, verdicts, outcome) => {
    expect(deliveryOutcome(ENFORCE, verdicts)).toBe(outcome);
    for (const mode of ["testing", "none"] as const)
      expect(deliveryOutcome({ ...ENFORCE, mode }, verdicts)).toBe("delivers");
    expect(deliveryOutcome(undefined, verdicts)).toBe("delivers");
  });
});
