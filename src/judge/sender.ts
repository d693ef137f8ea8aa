import type { Evidence, MxHostEvidence, Probe, SmtpSession } from "../evidence.ts";
import { matchesDnsId } from "../protocol/dns-id.ts";
import type { DomainName } from "../protocol/domain-name.ts";
import { covers, type Policy } from "../protocol/policy.ts";
import { type Failure, SMTP_FAILURE, x509Failure } from "../protocol/result-type.ts";
import type { DeliveryOutcome, HostVerdict } from "../verdict.ts";

/** What one probe says about its address: a sender goes on, must not, or we cannot tell. */
type AddressVerdict =
  | { readonly kind: "accepted" }
  | ({ readonly kind: "refused" } & Failure)
  | { readonly kind: "unknown"; readonly because: string };

/**
 * What a sender that holds `policy` makes of one MX host: RFC 8461 §4.1 (the name), then §4.2 (the certificate). Computed as if
 * the mode were enforce; what the mode makes of it is {@link deliveryOutcome}.
 */
export function validateMxHost(policy: Policy, host: DomainName, { mxHosts }: Evidence): HostVerdict {
  if (!covers(policy, host)) return { verdict: "refused", host, ...SMTP_FAILURE["mx-not-listed"], addresses: [] };
  return validateProbes(
    mxHosts.find((seen) => seen.host === host),
    host,
  );
}

function validateProbes(seen: MxHostEvidence | undefined, host: DomainName): HostVerdict {
  const unknown = (because: string, addresses: readonly string[] = []): HostVerdict => ({
    verdict: "unknown",
    host,
    because,
    addresses,
  });
  if (!seen) return unknown("not-asked");
  if (seen.addresses.kind === "unobserved") return unknown(seen.addresses.because);
  if (seen.addresses.value.length === 0) return unknown("no-address");
  if (seen.probes.kind === "unobserved") return unknown(seen.probes.because, seen.addresses.value);

  const answers = seen.probes.value.map((probe) => ({ probe, answer: validateSession(host, probe.session) }));
  // Senders may choose any address (RFC 5321 §5.1), so one that they must refuse condemns the host.
  const bad = answers.flatMap(({ probe, answer }) =>
    answer.kind === "refused" ? [{ ...answer, address: probe.address }] : [],
  );
  const [worst] = bad;
  if (worst) {
    const { resultType, reasonCode } = worst;
    return { verdict: "refused", host, resultType, reasonCode, addresses: bad.map(({ address }) => address) };
  }
  const open = answers.find(({ answer, probe }) => answer.kind === "unknown" && !isMissingIpv6(probe));
  const good = answers.filter(({ answer }) => answer.kind === "accepted").map(({ probe }) => probe.address);
  if (open?.answer.kind === "unknown") return unknown(open.answer.because, [open.probe.address]);
  return good.length > 0 ? { verdict: "accepted", host, addresses: good } : unknown("no-ipv6", seen.addresses.value);
}

/** A missing IPv6 route costs nothing where an IPv4 address of the host answered (SPEC §4). */
function isMissingIpv6({ session }: Probe): boolean {
  return session.kind === "unobserved" && session.because === "no-ipv6";
}

function validateSession(host: DomainName, session: SmtpSession): AddressVerdict {
  switch (session.kind) {
    case "no-starttls":
      return { kind: "refused", ...SMTP_FAILURE["no-starttls"] };
    case "starttls-refused":
      // 454 "not available due to temporary reason" (RFC 3207 §4): a sender treats the host as unreachable all the same.
      return { kind: "refused", ...SMTP_FAILURE[session.reply === null ? "starttls-closed" : "starttls-refused"] };
    case "protocol-violation":
      // Before STARTTLS it only shows that this is no proper SMTP server, and nothing about its TLS.
      if (session.step !== "starttls") return { kind: "unknown", because: `no-smtp-${session.step}` };
      return { kind: "refused", ...SMTP_FAILURE["plaintext-after-starttls"] };
    case "handshake-failed":
      return { kind: "refused", ...SMTP_FAILURE["handshake-failed"] };
    case "turned-away":
      return { kind: "unknown", because: "turned-away" }; // says nothing about TLS (RFC 5321 §3.1)
    case "unreachable":
      return { kind: "unknown", because: `unreachable-${session.step}` }; // no connection is no MTA-STS failure (RFC 8461 App. B)
    case "unobserved":
      return { kind: "unknown", because: session.because };
    case "tls":
      return validateCertificate(host, session);
  }
}

const OLD_TLS = new Set(["SSLv3", "TLSv1", "TLSv1.1"]); // RFC 8461 §7.2 asks for TLS 1.2

function validateCertificate(host: DomainName, session: Extract<SmtpSession, { kind: "tls" }>): AddressVerdict {
  const { chain, trust, protocol } = session;
  if (trust.kind === "untrusted") return { kind: "refused", ...x509Failure(trust.x509Error) };
  // SAN only: RFC 8461 §4.2 asks for a DNS-ID, the common name never counts.
  const named = chain[0]?.dnsIds.some((id) => matchesDnsId(id, host)) ?? false;
  if (!named) return { kind: "refused", ...SMTP_FAILURE["name-mismatch"] };
  if (OLD_TLS.has(protocol)) return { kind: "refused", ...SMTP_FAILURE["tls-too-old"] };
  return { kind: "accepted" };
}

/**
 * Enforce: one accepted host is enough for a message, none means that it waits (RFC 8461 §5, §5.1). `partial` is not safety: the
 * day the accepted host is down, nothing is left. Testing and none deliver whatever the hosts are.
 */
export function deliveryOutcome(policy: Policy | undefined, hosts: readonly HostVerdict[]): DeliveryOutcome {
  if (policy?.mode !== "enforce") return "delivers";
  const some = (verdict: HostVerdict["verdict"]): boolean => hosts.some((host) => host.verdict === verdict);
  if (some("accepted") && some("refused")) return "partial";
  if (some("unknown") || hosts.length === 0) return "unknown";
  return some("refused") ? "rejects" : "delivers";
}
