import type { Certificate, ChainTrust } from "./protocol/certificate.ts";
import type { DomainName } from "./protocol/domain-name.ts";
import type { Octets } from "./protocol/octets.ts";
import type { SmtpReply } from "./protocol/smtp-reply.ts";

/** What the world showed about one Policy Domain: dated facts, JSON all the way down, no verdicts. Made by observe, read by judge. */
export interface Evidence {
  /** ISO 8601, when the observations of this domain began. */
  readonly at: string;
  /** TXT at `_mta-sts.<policy domain>`. Each record's character-strings are joined (RFC 8461 §3.1). */
  readonly stsRecord: Observation<DnsAnswer<string>>;
  /** TXT at `_smtp._tls.<policy domain>`. */
  readonly tlsrptRecord: Observation<DnsAnswer<string>>;
  readonly mx: Observation<MxAnswer>;
  /** Addresses of `mta-sts.<policy domain>`, and the names it is an alias of, in order. */
  readonly policyHost: Pick<MxHostEvidence, "addresses" | "cnames">;
  /** One attempt for each address of the policy host; observed and empty when the name has no address. */
  readonly policyFetch: Observation<readonly PolicyFetch[]>;
  /** Every MX host that is live or proposed, once. */
  readonly mxHosts: readonly MxHostEvidence[];
}

/** We looked and saw `value`; or we could not look. "Could not look" is never a fault of the domain. */
export type Observation<T> =
  | { readonly kind: "observed"; readonly value: T }
  | { readonly kind: "unobserved"; readonly because: Unobserved; readonly detail?: string };

export type Unobserved =
  | "not-asked"
  | "timed-out" // nothing came back within the step's deadline
  | "deadline" // the whole run's time was up
  | "server-failure" // SERVFAIL, REFUSED, FORMERR …: the resolver could not say
  | "malformed" // an answer that is no answer
  | "unreachable" // the resolver or the proxy itself could not be reached
  | "egress-blocked" // this machine does not get out to port 25
  | "no-ipv6"
  | "not-global"; // the address is private, loopback, metadata …; never contacted unless allow-private-networks

/** `differs`: the zone's own servers do not agree; what each of them says, one line a server. */
export type DnsAnswer<R> =
  | {
      readonly kind: "records";
      readonly records: readonly R[];
      readonly cnames: readonly string[];
      readonly ttl: number;
      readonly ttlFrom?: TtlSource;
      readonly differs?: readonly string[];
    }
  | { readonly kind: "no-data"; readonly cnames: readonly string[]; readonly differs?: readonly string[] }
  | { readonly kind: "no-such-name"; readonly cnames: readonly string[]; readonly differs?: readonly string[] };

/** A recursive resolver counts a TTL down: it is a lower bound. Unsaid: recursive. */
export type TtlSource = "authoritative" | "recursive";

/** RFC 7505 §3: a single `0 .` says that the domain takes no mail. */
export type MxAnswer =
  | DnsAnswer<MxHost>
  | {
      readonly kind: "null-mx";
      readonly ttl: number;
      readonly ttlFrom?: TtlSource;
      readonly differs?: readonly string[];
    };

export interface MxHost {
  readonly host: DomainName;
  readonly preference: number;
}

export type PolicyFetch =
  | { readonly kind: "response"; readonly address: string; readonly response: PolicyResponse }
  /** The handshake finished, and a sender would stop there: `names` false means no DNS-ID is the policy host's. */
  | {
      readonly kind: "untrusted";
      readonly address: string;
      readonly trust: ChainTrust;
      readonly names: boolean;
      readonly chain: readonly Certificate[];
    }
  /** Refused, reset, TLS alert, no HTTP, or no address at all (`address` is then empty): the far end, or DNS, said no. */
  | { readonly kind: "failed"; readonly address: string; readonly reason: string }
  /** This one address could not be looked at from here. */
  | { readonly kind: "unobserved"; readonly address: string; readonly because: Unobserved; readonly detail?: string };

export interface PolicyResponse {
  readonly status: number;
  readonly contentType: string | null;
  readonly contentEncoding: string | null;
  /** Where a redirect points, never followed (RFC 8461 §3.3). */
  readonly location: string | null;
  readonly body: Octets;
  /** The body was longer than 64 KiB and was cut there. */
  readonly truncated: boolean;
  /** Milliseconds from the start of the connect to the last octet. */
  readonly elapsed: number;
  readonly chain: readonly Certificate[];
}

export interface MxHostEvidence {
  readonly host: DomainName;
  /** A and AAAA; observed and empty when the name has none. */
  readonly addresses: Observation<readonly string[]>;
  /** Names the host is an alias of, in order. A target that is an alias is outside RFC 5321 §5.1. */
  readonly cnames: readonly string[];
  /** `not-asked` where the change needs no probe. */
  readonly probes: Observation<readonly Probe[]>;
  /** TLSA at `_25._tcp.<host>` (RFC 7672 §2.2). Left out: not asked. */
  readonly tlsa?: Observation<TlsaAnswer>;
}

export interface TlsaAnswer {
  /** Empty when the name has none. */
  readonly records: readonly TlsaRecord[];
  /** The resolver claims that it validated the answer by DNSSEC (the AD bit, RFC 4035 §3.2.3). It is not checked here. */
  readonly authenticated: boolean;
}

/** RFC 6698 §2.1. */
export interface TlsaRecord {
  readonly usage: number;
  readonly selector: number;
  readonly matching: number;
  /** Certificate association data, lower-case hex. */
  readonly data: string;
}

/** One attempt to reach one address of one MX host: TCP, banner, EHLO, STARTTLS, handshake, certificate, QUIT. */
export interface Probe {
  readonly address: string;
  /** ISO 8601. */
  readonly at: string;
  readonly session: SmtpSession;
}

export type SmtpSession =
  | {
      readonly kind: "tls";
      /** As the TLS stack names it: `TLSv1.2`, `TLSv1.3` … */
      readonly protocol: string;
      /** As presented, leaf first. */
      readonly chain: readonly Certificate[];
      readonly trust: ChainTrust;
    }
  | { readonly kind: "no-starttls"; readonly capabilities: readonly string[] }
  /** `null`: the server closed the connection instead of answering STARTTLS. */
  | { readonly kind: "starttls-refused"; readonly reply: SmtpReply | null }
  /** At `starttls` plaintext where TLS must begin, which no sender may go on from (RFC 3207 §6); before, no proper SMTP. */
  | { readonly kind: "protocol-violation"; readonly step: SmtpStep; readonly detail: string }
  | { readonly kind: "handshake-failed"; readonly detail: string }
  /** A 4xx or 5xx before we could ask: says nothing about TLS. */
  | { readonly kind: "turned-away"; readonly reply: SmtpReply }
  /** `step` is where the time ran out or the connection broke. `connect` alone means that port 25 gave no answer. */
  | { readonly kind: "unreachable"; readonly step: SmtpStep; readonly reason: string }
  | { readonly kind: "unobserved"; readonly because: Unobserved; readonly detail?: string };

export type SmtpStep = "connect" | "greeting" | "ehlo" | "starttls" | "handshake";

/** Someone this run talked to. The report lists every one (SPEC §8). */
export interface Contact {
  readonly purpose: "dns" | "policy" | "mx" | "proxy" | "api";
  readonly name: string;
  readonly address: string;
  readonly port: number;
  /** Octets sent and received. */
  readonly bytes?: number;
}
