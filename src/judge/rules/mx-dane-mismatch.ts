import { cite } from "../../citation.ts";
import type { MxHostEvidence, TlsaAnswer } from "../../evidence.ts";
import type { DomainName } from "../../protocol/domain-name.ts";
import type { Finding } from "../../verdict.ts";
import { daneVerdict } from "../dane.ts";
import type { HostChange } from "../host-change.ts";
import type { Inspection } from "../inspection.ts";
import { hostPlace } from "../locate.ts";
import { defineRule } from "../rule.ts";

export const mxDaneMismatch = defineRule({
  id: "mx-dane-mismatch",
  title: "The certificate of an MX host is not the one that its TLSA records name",
  cites: [cite("RFC 7672", "3.1"), cite("RFC 7672", "2.2")],
  applies: (inspection) => inspection.hosts.some(({ host }) => tlsaOf(inspection, host) !== undefined),
  check: (inspection) => ({ findings: inspection.hosts.flatMap((change) => finding(inspection, change)) }),
});

function finding(inspection: Inspection, { host, added }: HostChange): Finding[] {
  const tlsa = tlsaOf(inspection, host);
  const addresses = tlsa ? mismatches(tlsa, seenOf(inspection, host)) : [];
  if (!tlsa || addresses.length === 0) return [];
  // RFC 8461 §2: MTA-STS must not let through what DANE stops. Only a signed zone stops anyone.
  const consequence = tlsa.authenticated
    ? "its zone is signed, as the resolver claims, so senders that use DANE refuse it, whatever MTA-STS says"
    : "if its zone is signed, senders that use DANE refuse it, whatever MTA-STS says";
  return [
    {
      level: "warning",
      message: `MX host ${host} serves a certificate at ${addresses.join(", ")} that none of its TLSA records matches; ${consequence}.`,
      location: hostPlace(inspection, host, added),
      related: [
        { kind: "dns", owner: `_25._tcp.${host}`, type: "TLSA" },
        ...addresses.map((address) => ({ kind: "mx-host" as const, host, address })),
      ],
      facts: {
        host,
        address: addresses[0] ?? "",
        signed: tlsa.authenticated ? "claimed by the resolver" : "not claimed",
      },
      ...(!added && { alreadySo: true as const }),
    },
  ];
}

function seenOf({ evidence }: Inspection, host: DomainName): MxHostEvidence | undefined {
  return evidence.mxHosts.find((seen) => seen.host === host);
}

/** The TLSA records of a host, where it has any. */
function tlsaOf(inspection: Inspection, host: DomainName): TlsaAnswer | undefined {
  const tlsa = seenOf(inspection, host)?.tlsa;
  return tlsa?.kind === "observed" && tlsa.value.records.length > 0 ? tlsa.value : undefined;
}

/** The addresses whose served chain no usable record matches. */
function mismatches({ records }: TlsaAnswer, seen: MxHostEvidence | undefined): readonly string[] {
  if (seen?.probes.kind !== "observed") return [];
  return seen.probes.value.flatMap(({ address, session }) =>
    session.kind === "tls" && daneVerdict(records, session) === "mismatch" ? [address] : [],
  );
}
