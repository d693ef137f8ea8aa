import type { Evidence, Unobserved } from "../evidence.ts";
import type { Location } from "../location.ts";
import { mxHostOf, type Revision } from "../proposal.ts";
import type { DomainName } from "../protocol/domain-name.ts";

/** The MX set as one side says it. */
export type MxView =
  | {
      readonly kind: "hosts";
      readonly hosts: readonly DomainName[];
      readonly places: ReadonlyMap<DomainName, Location>;
    }
  /** No MX record: the domain itself takes the mail, if it has an address (RFC 5321 §5.1). */
  | { readonly kind: "implicit"; readonly hosts: readonly DomainName[] }
  | { readonly kind: "null-mx" }
  | { readonly kind: "unknown"; readonly because: Unobserved };

/** What the repository says, or `undefined` where it does not speak of MX. */
export function mxSaid({ mxRecords }: Revision, policyDomain: DomainName): MxView | undefined {
  if (mxRecords.kind === "unsaid") return undefined;
  const open = mxRecords.value.some(({ data }) => data === null);
  if (open) return { kind: "unknown", because: "not-asked" };
  const places = new Map(mxRecords.value.flatMap((record) => withPlace(mxHostOf(record), record.location)));
  if (places.size > 0) return { kind: "hosts", hosts: [...places.keys()], places };
  return mxRecords.value.length > 0 ? { kind: "null-mx" } : { kind: "implicit", hosts: [policyDomain] };
}

function withPlace(host: DomainName | undefined, place: Location): [DomainName, Location][] {
  return host ? [[host, place]] : [];
}

/** What senders see now. */
export function mxDeployed({ mx }: Evidence, policyDomain: DomainName): MxView {
  if (mx.kind === "unobserved") return { kind: "unknown", because: mx.because };
  switch (mx.value.kind) {
    case "null-mx":
      return { kind: "null-mx" };
    case "records": {
      const place: Location = { kind: "dns", owner: policyDomain, type: "MX" };
      const places = new Map(mx.value.records.map(({ host }) => [host, place] as const));
      return { kind: "hosts", hosts: [...places.keys()], places };
    }
    default:
      return { kind: "implicit", hosts: [policyDomain] };
  }
}

export function hostsIn(view: MxView | undefined): readonly DomainName[] {
  return view?.kind === "hosts" || view?.kind === "implicit" ? view.hosts : [];
}
