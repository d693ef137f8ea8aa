import type { DnsAnswer, MxAnswer, Observation, PolicyFetch, Probe } from "../../src/evidence.ts";
import { domainName } from "../../src/protocol/domain-name.ts";
import type { Vantage } from "../../src/verdict.ts";
import type { Network } from "../../src/world.ts";
import { AT, response, SESSIONS } from "../judge/scene.ts";

/** What a network of literals answers; every question is written down, as `mx example.com`, in the order in which it is asked. */
export interface Answers {
  readonly txt?: Readonly<Record<string, readonly string[] | "unseen">>;
  readonly mx?: readonly string[] | "null" | "unseen";
  /** By host; two documentation addresses where nothing is said. */
  readonly addresses?: Readonly<Record<string, readonly string[] | "unseen">>;
  /** By address: a name of SESSIONS, `good` where nothing is said. */
  readonly sessions?: Readonly<Record<string, string>>;
  readonly policy?: (address: string) => PolicyFetch;
  readonly port25?: Vantage["port25"];
}

export const VANTAGE: Vantage = {
  port25: "open",
  ipv6: "open",
  resolver: "192.0.2.53",
  proxy: null,
  trustAnchors: "roots",
  privateNetworks: "refused",
};

const unseen = { kind: "unobserved", because: "timed-out" } as const;
const observed = <T>(value: T): Observation<T> => ({ kind: "observed", value });

export function networkOf(answers: Answers): { readonly network: Network; readonly asked: readonly string[] } {
  const asked: string[] = [];
  /** Every answer takes a turn, as a real one does. */
  const answer = async <T>(question: string, value: () => T): Promise<T> => {
    asked.push(question);
    await new Promise((resolve) => void setImmediate(resolve));
    return value();
  };
  const network: Network = {
    txt: (owner) => answer(`txt ${owner}`, () => texts(answers.txt?.[owner])),
    mx: (owner) => answer(`mx ${owner}`, () => mxAnswer(answers.mx ?? ["mx1.example.com"])),
    addresses: (host) => answer(`addresses ${host}`, () => ({ addresses: addresses(answers, host), cnames: [] })),
    tlsa: (host) => answer(`tlsa ${host}`, () => observed({ records: [], authenticated: false })),
    fetchPolicy: (host, address) =>
      answer(`fetch ${host} ${address}`, () => (answers.policy ?? (() => response(404, "")))(address)),
    probe: (host, address) => answer(`probe ${host} ${address}`, () => probe(host, address, answers)),
    vantage: () => ({ ...VANTAGE, port25: answers.port25 ?? "open" }),
    contacts: () => [],
  };
  return { network, asked };
}

function texts(records: readonly string[] | "unseen" | undefined): Observation<DnsAnswer<string>> {
  if (records === "unseen") return unseen;
  return observed(records ? { kind: "records", records, cnames: [], ttl: 300 } : { kind: "no-such-name", cnames: [] });
}

function mxAnswer(mx: NonNullable<Answers["mx"]>): Observation<MxAnswer> {
  if (mx === "unseen") return unseen;
  if (mx === "null") return observed({ kind: "null-mx", ttl: 300 });
  const records = mx.flatMap((host) => domainName(host) ?? []).map((host) => ({ host, preference: 10 }));
  return observed(
    records.length > 0 ? { kind: "records", records, cnames: [], ttl: 300 } : { kind: "no-data", cnames: [] },
  );
}

function addresses(answers: Answers, host: string): Observation<readonly string[]> {
  const given = answers.addresses?.[host] ?? ["192.0.2.1", "2001:db8::1"];
  return given === "unseen" ? unseen : observed(given);
}

function probe(host: string, address: string, { sessions = {} }: Answers): Probe {
  const session = (SESSIONS[sessions[address] ?? "good"] ?? SESSIONS["good"])?.(host);
  return { address, at: AT, session: session as Probe["session"] };
}
