import type { TLSSocket } from "node:tls";
import type { PolicyFetch, PolicyResponse } from "../evidence.ts";
import { matchesDnsId } from "../protocol/dns-id.ts";
import type { DomainName } from "../protocol/domain-name.ts";
import type { Deadline } from "./deadline.ts";
import { type Dialled, dial, type Route } from "./dial.ts";
import { type Handshake, handshake } from "./handshake.ts";
import { requestPolicy } from "./policy-request.ts";
import type { TrustAnchors } from "./trust-anchors.ts";

/** Milliseconds for a whole fetch. RFC 8461 §3.3 suggests a minute; the strictest common senders wait far less. */
export const FETCH_MILLISECONDS = 20_000;

export interface PolicyTarget {
  readonly policyHost: DomainName;
  readonly address: string;
  readonly port: number;
}

export interface PolicyWay {
  readonly route: Route;
  readonly anchors: TrustAnchors;
  readonly deadline: Deadline;
  /** Milliseconds for the whole of it. */
  readonly milliseconds: number;
  readonly onDialled?: (dialled: Dialled) => void;
}

/** RFC 8461 §3.3 from one address: certificate first, and no request to a host that a sender would not ask. */
export function fetchPolicyFrom(target: PolicyTarget, way: PolicyWay): Promise<PolicyFetch> {
  const { address } = target;
  return way.deadline.within<PolicyFetch>(
    way.milliseconds,
    (signal) => attempt(target, way, signal),
    () => ({ kind: "unobserved", address, because: way.deadline.expired() ? "deadline" : "timed-out" }),
  );
}

async function attempt(target: PolicyTarget, way: PolicyWay, signal: AbortSignal): Promise<PolicyFetch> {
  const started = performance.now();
  const { policyHost, address, port } = target;
  const dialled = await dial({ purpose: "policy", name: policyHost, address, port }, way.route, signal);
  way.onDialled?.(dialled);
  if (dialled.kind !== "open") return unopened(dialled, address);
  const { anchors } = way;
  // HTTP/1.1 alone: a host that insists on HTTP/2 answers with an alert.
  const terms = { servername: policyHost, anchors, signal, alpn: ["http/1.1"] };
  const outcome = await handshake(dialled.socket, terms);
  if (outcome.kind !== "done") return unsecured(outcome, target, way);
  try {
    return await ask(outcome, target, { started, signal });
  } finally {
    outcome.secured.destroy();
    dialled.socket.destroy();
  }
}

function unopened(dialled: Exclude<Dialled, { kind: "open" }>, address: string): PolicyFetch {
  switch (dialled.kind) {
    case "refused":
      // A router's "unreachable" may be about our side of it; only the host itself refuses.
      return dialled.reason === "EHOSTUNREACH"
        ? { kind: "unobserved", address, because: "unreachable", detail: `no route to the host (${dialled.reason})` }
        : { kind: "failed", address, reason: `the host refused the connection (${dialled.reason})` };
    case "timed-out":
    case "no-ipv6":
      return { kind: "unobserved", address, because: dialled.kind };
    case "unobserved":
      return { ...dialled, address };
  }
}

function unsecured(
  outcome: Exclude<Handshake, { kind: "done" }>,
  { address }: PolicyTarget,
  { route }: PolicyWay,
): PolicyFetch {
  // Over `ssh -D` an address that nobody reaches ends like this, after the proxy reported success.
  if (outcome.kind === "cut" && route.proxy !== undefined)
    return { kind: "unobserved", address, because: "unreachable", detail: "the connection through the proxy was cut" };
  const what = outcome.kind === "cut" ? "the host ended the TLS handshake" : "the TLS handshake failed";
  return { kind: "failed", address, reason: `${what} (${outcome.detail})` };
}

type Secured = Extract<Handshake, { kind: "done" }>;

async function ask(
  { secured, protocol, chain, trust }: Secured,
  { policyHost, address }: PolicyTarget,
  { started, signal }: { readonly started: number; readonly signal: AbortSignal },
): Promise<PolicyFetch> {
  // RFC 8461 §3.3: the chain, the dates and a DNS-ID; the CN never counts.
  const names = (chain[0]?.dnsIds ?? []).some((id) => matchesDnsId(id, policyHost));
  if (trust.kind !== "trusted" || !names) return { kind: "untrusted", address, trust, names, chain };
  // RFC 8461 §7.2, RFC 8996: senders no longer speak what came before TLS 1.2.
  if (/^(SSLv|TLSv1(\.1)?$)/.test(protocol))
    return { kind: "failed", address, reason: `the host speaks nothing newer than ${protocol}` };
  if (spokeFirst(secured)) return { kind: "failed", address, reason: "the host answered before it was asked" };
  const answer = await requestPolicy(secured, policyHost, signal);
  if (answer.kind === "failed") return { kind: "failed", address, reason: answer.reason };
  const elapsed = Math.round(performance.now() - started);
  const response: PolicyResponse = { ...answer.head, body: answer.body, truncated: answer.truncated, elapsed, chain };
  return { kind: "response", address, response };
}

const spokeFirst = (secured: TLSSocket): boolean => secured.readableLength > 0;
