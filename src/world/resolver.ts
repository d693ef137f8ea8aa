import type { DnsAnswer, MxAnswer, MxHostEvidence, Observation, TlsaAnswer } from "../evidence.ts";
import type { DomainName } from "../protocol/domain-name.ts";
import { createAuthorityFinder } from "./authority-finder.ts";
import { type AskerSettings, createAsker } from "./dns-asker.ts";
import type { Resolved } from "./dns-question.ts";
import type { RecordData, RecordType } from "./dns-rdata.ts";
import type { DnsServer } from "./dns-transport.ts";
import { createFinder } from "./finder.ts";
import { mxAnswer } from "./mx-answer.ts";

/**
 * The DNS half of the Network of src/world.ts. Never throws for what a network does, never waits past the run's
 * deadline.
 */
export interface Resolver {
  /** Each record's character-strings joined, as ISO 8859-1 text. Aliases are followed. */
  readonly txt: (owner: string) => Promise<Observation<DnsAnswer<string>>>;
  readonly mx: (owner: DomainName) => Promise<Observation<MxAnswer>>;
  readonly addresses: (host: DomainName) => Promise<Pick<MxHostEvidence, "addresses" | "cnames">>;
  /** TLSA for SMTP at port 25 (RFC 7672 §2.2.3). */
  readonly tlsa: (host: DomainName) => Promise<Observation<TlsaAnswer>>;
  /** Ends every wait; what is asked later is unobserved. */
  readonly close: () => void;
}

export interface ResolverSettings extends AskerSettings {
  /** At least one, in the order to ask them. */
  readonly servers: readonly DnsServer[];
  /** Asks the servers of each zone, which `servers` find. */
  readonly authoritative?: { readonly allowPrivate: boolean; readonly port: number };
}

/**
 * Asks recursive resolvers, or the zones' own servers. A name is asked for once per type, so that a later answer cannot
 * contradict an earlier one; who waits for a change to show makes a new resolver.
 */
export function createResolver({ servers, authoritative, ...settings }: ResolverSettings): Resolver {
  const [first, ...others] = servers;
  if (first === undefined) throw new Error("a resolver needs at least one server");
  const asker = createAsker(settings);
  const recursive = createFinder(asker, [first, ...others]);
  const find = authoritative ? createAuthorityFinder(asker, { ...authoritative, through: recursive }) : recursive;
  const answer = async <T extends RecordType>(name: string, type: T): Promise<Observation<DnsAnswer<RecordData[T]>>> =>
    mapped(await find(name, type), (found) => found.answer);
  return {
    txt: (owner) => answer(owner, "TXT"),
    mx: async (owner) => usable(mapped(await answer(owner, "MX"), mxAnswer)),
    addresses: async (host) => {
      const [ipv4, ipv6] = await Promise.all([answer(host, "A"), answer(host, "AAAA")]);
      return { addresses: addressesOf(ipv4, ipv6), cnames: aliasesOf(ipv4, ipv6) };
    },
    tlsa: async (host) => mapped(await find(`_25._tcp.${host}`, "TLSA"), tlsaAnswer),
    close: asker.close,
  };
}

function mapped<A, B>(seen: Observation<A>, change: (value: A) => B): Observation<B> {
  return seen.kind === "observed" ? { kind: "observed", value: change(seen.value) } : seen;
}

function tlsaAnswer({ answer, authenticated }: Resolved<RecordData["TLSA"]>): TlsaAnswer {
  return { records: answer.kind === "records" ? answer.records : [], authenticated };
}

type Addresses = Observation<DnsAnswer<string>>;

/**
 * IPv4 first. One half that could not be asked for costs nothing where it is IPv6 and IPv4 answered with addresses
 * (SPEC §4), or where the name does not exist, which holds for every type (RFC 8020 §2). Otherwise the set is unknown:
 * an IPv4 address that was not seen may be the one where mail fails.
 */
function addressesOf(ipv4: Addresses, ipv6: Addresses): Observation<readonly string[]> {
  if (ipv4.kind === "observed" && ipv6.kind === "observed")
    return { kind: "observed", value: [...texts(ipv4), ...texts(ipv6)] };
  const noSuchName = [ipv4, ipv6].some((half) => half.kind === "observed" && half.value.kind === "no-such-name");
  if (noSuchName || texts(ipv4).length > 0) return { kind: "observed", value: texts(ipv4) };
  return ipv4.kind === "unobserved" ? ipv4 : (ipv6 as Extract<Addresses, { kind: "unobserved" }>);
}

function texts(half: Addresses): readonly string[] {
  return half.kind === "observed" && half.value.kind === "records" ? [...new Set(half.value.records)] : [];
}

function aliasesOf(ipv4: Addresses, ipv6: Addresses): readonly string[] {
  const [a, b] = [ipv4, ipv6].map((half) => (half.kind === "observed" ? half.value.cnames : []));
  return a?.length ? a : (b ?? []);
}

/** RFC 5321 §5.1: MX records of which none is usable are an error, never an implicit MX; what senders then do is not known here. */
function usable(seen: Observation<MxAnswer | undefined>): Observation<MxAnswer> {
  if (seen.kind === "unobserved") return seen;
  if (seen.value) return { kind: "observed", value: seen.value };
  return { kind: "unobserved", because: "malformed", detail: "no MX record names a host" };
}
