import type { EvidenceEnd, EvidenceHeader, EvidenceLine, ObservationLine } from "../../src/evidence-line.ts";
import { type DomainName, domainName } from "../../src/protocol/domain-name.ts";
import type { SmtpSession } from "../../src/evidence.ts";
import type { Vantage } from "../../src/verdict.ts";

export const NOW = "2026-11-24T12:00:00.000Z";
export const HOST = domainName("mx1.example.com") as DomainName;
export const ADDRESS = "198.51.100.1";
export const VANTAGE: Vantage = {
  port25: "open",
  ipv6: "none",
  resolver: "192.0.2.53",
  proxy: null,
  trustAnchors: "Mozilla roots",
  privateNetworks: "refused",
};

export const header = (at = NOW): EvidenceHeader => ({ version: 1, kind: "header", at, tool: "test 1", commit: null });
export const end = (observations: number, at = NOW, vantage = VANTAGE): EvidenceEnd => ({
  version: 1,
  kind: "end",
  at,
  observations,
  vantage,
});
export const txt = (text: string, at = NOW, owner = "_mta-sts.example.com"): ObservationLine => ({
  version: 1,
  at,
  kind: "txt",
  owner,
  seen: { kind: "observed", value: { kind: "records", records: [text], cnames: [], ttl: 60 } },
});
export const mx = (owner: string, at = NOW): ObservationLine => ({
  version: 1,
  at,
  kind: "mx",
  owner: domainName(owner) as DomainName,
  seen: {
    kind: "observed",
    value: { kind: "records", records: [{ host: HOST, preference: 10 }], cnames: [], ttl: 60, ttlFrom: "recursive" },
  },
});
export const probe = (session: SmtpSession, address = ADDRESS, at = NOW): ObservationLine => ({
  version: 1,
  at,
  kind: "probe",
  host: HOST,
  address,
  seen: { address, at, session },
});
export const SILENT: SmtpSession = { kind: "unreachable", step: "connect", reason: "timed out" };
export const CHAIN = [
  {
    dnsIds: ["mx1.example.com"],
    subject: "CN=mx1.example.com",
    issuer: "CN=Issuer",
    serialNumber: "01",
    notBefore: "2026-10-01T00:00:00.000Z",
    notAfter: "2027-02-01T00:00:00.000Z",
    sha256: "00".repeat(32),
  },
] as const;

/** A whole file: header, observations, end. */
export const fileOf = (lines: readonly ObservationLine[], vantage = VANTAGE, at = NOW): string =>
  textOf([header(at), ...lines, end(lines.length, at, vantage)]);

export const textOf = (lines: readonly (EvidenceLine | object)[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join("");
