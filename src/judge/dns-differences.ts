import type { DnsAnswer, Observation } from "../evidence.ts";
import type { Location } from "../location.ts";
import type { ProposedRecord, Said } from "../proposal.ts";
import { isHashOf } from "./content-id.ts";
import { difference } from "./difference.ts";
import type { Inspection } from "./inspection.ts";
import { recordPlace } from "./locate.ts";
import { missing, whyUnseen } from "./missing.ts";
import { hostsIn } from "./mx-view.ts";
import { servesPolicy } from "./policy-view.ts";
import { idIn } from "./record-view.ts";
import type { Answer } from "./rule.ts";

/** Where the records in DNS are not those that the repository says; what it leaves out is no difference (SPEC §3). */
export function dnsDifferences(inspection: Inspection): Answer {
  const { proposed } = inspection.proposal;
  const { evidence, policyDomain } = inspection;
  const parts = [
    stsPart(inspection),
    mxPart(inspection),
    textPart({
      subject: "tlsrpt",
      owner: `_smtp._tls.${policyDomain}`,
      said: proposed.tlsrptRecords,
      live: evidence.tlsrptRecord,
    }),
    hostPart(inspection),
  ];
  return {
    findings: parts.flatMap(({ findings = [] }) => findings),
    missing: parts.flatMap((part) => part.missing ?? []),
  };
}

function stsPart(inspection: Inspection): Answer {
  const { record, policyDomain, evidence, proposal } = inspection;
  const owner = `_mta-sts.${policyDomain}`;
  const { stsRecords } = proposal.proposed;
  if (!record.said || stsRecords.kind === "unsaid") return {};
  const live = record.deployed;
  if (live.kind === "unknown") return unseen("stsRecord", owner, live.because);
  const said = record.proposed;
  if (said.kind === "alias") return textPart({ subject: "record", owner, said: stsRecords, live: evidence.stsRecord });
  if (said.kind === "undetermined") return isHashed(inspection) ? {} : undetermined(owner, said.why);
  const [id, liveId] = [idIn(said), idIn(live)];
  if (id === liveId) return {};
  const says = id === undefined ? "no usable STS record" : `id ${id}`;
  const now = liveId === undefined ? "no usable STS record is live" : `the live id is ${liveId}`;
  const message = `This repository says ${says} for ${policyDomain} and ${now}; senders go by the live record.`;
  return { findings: [difference(message, { location: recordPlace(inspection) }, { subject: "record" })] };
}

/** A hash of what is served names nothing else, whatever the file leaves open. */
function isHashed({ record, evidence: { policyFetch } }: Inspection): boolean {
  const id = idIn(record.deployed);
  const served = policyFetch.kind === "observed" ? policyFetch.value.filter(servesPolicy) : [];
  return id !== undefined && served.length > 0 && served.every(({ response }) => isHashOf(id, response.body));
}

function mxPart({ mx, policyDomain }: Inspection): Answer {
  if (!mx.said) return {};
  if (mx.deployed.kind === "unknown") return unseen("mx", policyDomain, mx.deployed.because);
  if (mx.proposed.kind === "unknown") return undetermined(policyDomain, "the files do not determine every MX record");
  const [said, live] = [hostsIn(mx.proposed), hostsIn(mx.deployed)];
  const same = said.length === live.length && said.every((host) => live.includes(host));
  if (same && mx.proposed.kind === mx.deployed.kind) return {};
  const names = (hosts: readonly string[]): string => hosts.slice(0, MOST_NAMES).join(", ") || "none";
  const message = `This repository says MX ${names(said)} for ${policyDomain} and live is ${names(live)}; senders go by what is live.`;
  const [first] = mx.proposed.kind === "hosts" ? [...mx.proposed.places.values()] : [];
  const location: Location = first ?? { kind: "dns", owner: policyDomain, type: "MX" };
  return { findings: [difference(message, { location }, { subject: "mx" })] };
}

const MOST_NAMES = 16;

interface Text {
  readonly subject: string;
  readonly owner: string;
  readonly said: Said<readonly ProposedRecord[]>;
  readonly live: Observation<DnsAnswer<string>>;
}

/** TXT records, or the alias in their place, where the repository says them. */
function textPart({ subject, owner, said, live }: Text): Answer {
  if (said.kind === "unsaid") return {};
  const open = said.value.find(({ data }) => data === null);
  if (open) return undetermined(owner, open.why ?? "the file does not say");
  if (live.kind === "unobserved")
    return unseen(subject === "record" ? "stsRecord" : "tlsrptRecord", owner, live.because);
  const texts = said.value.flatMap(({ type, data }) => (type === "TXT" ? (data ?? []) : []));
  const aliases = said.value.flatMap(({ type, data }) => (type === "CNAME" ? (data ?? []) : []));
  const seen = live.value.kind === "records" ? live.value.records : [];
  const same =
    aliases.length > 0
      ? aliases.every((alias) => live.value.cnames.includes(alias))
      : texts.every((text) => seen.includes(text)) && (texts.length > 0 || seen.length === 0);
  if (same) return {};
  const location: Location = said.value[0]?.location ?? { kind: "dns", owner, type: "TXT" };
  const message = `What this repository says of ${owner} is not what is live; senders go by what is live.`;
  return { findings: [difference(message, { location }, { subject })] };
}

/** A provider that flattens an alias shows addresses alone, and what they serve is compared octet for octet. */
function hostPart({ proposal, evidence: { policyHost }, policyDomain }: Inspection): Answer {
  const said = proposal.proposed.policyHostRecords ?? { kind: "unsaid" };
  const { addresses, cnames } = policyHost;
  const owner = `mta-sts.${policyDomain}`;
  if (said.kind === "unsaid") return {};
  const aliases = said.value.flatMap(({ type, data }) => (type === "CNAME" ? (data ?? []) : []));
  const [first] = said.value;
  if (aliases.length === 0 || first === undefined) return {};
  if (addresses.kind === "unobserved") return unseen("policyFetch", owner, addresses.because);
  const flattened = cnames.length === 0 && addresses.value.length > 0;
  if (flattened || aliases.every((alias) => cnames.includes(alias))) return {};
  const live = cnames[0] ?? "no alias";
  const message = `This repository says that ${owner} is an alias of ${aliases.join(", ")} and live is ${live}; senders go by what is live.`;
  return { findings: [difference(message, { location: first.location }, { subject: "policy-host" })] };
}

function unseen(what: "stsRecord" | "tlsrptRecord" | "mx" | "policyFetch", owner: string, because: string): Answer {
  return { missing: [missing(what, owner, `What is live at ${owner} was not seen: ${whyUnseen(because)}.`)] };
}

/** Without a value there is nothing to compare with. */
function undetermined(owner: string, why: string): Answer {
  const message = `Whether ${owner} is as this repository says is not known: ${why.replace(/[.]$/, "")}.`;
  return { missing: [missing("value", owner, message)] };
}
