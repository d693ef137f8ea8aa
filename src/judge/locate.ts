import type { Location } from "../location.ts";
import type { DomainName } from "../protocol/domain-name.ts";
import { matchesMx, parseMxPattern } from "../protocol/mx-pattern.ts";
import type { PolicyField } from "../protocol/policy.ts";
import type { Inspection } from "./inspection.ts";
import type { PolicyView } from "./policy-view.ts";

/** The line of a policy that sets `name`, the last one for mx; else where the policy as a whole lies. */
export function fieldPlace(
  view: PolicyView,
  name: string,
  fits: (field: PolicyField) => boolean = () => true,
): Location {
  if (view.kind !== "valid" && view.kind !== "invalid") return { kind: "input", name: "policy" };
  const fields = view.kind === "valid" ? view.fields : view.parse.fields;
  const found = fields.findLast((field) => field.name === name && field.use === "applied" && fits(field));
  return found && view.place.kind === "file" ? { ...view.place, span: found.span } : view.place;
}

/** The `mx` line that covers a host: the one that names it, before one with a wildcard. */
export function mxLine(view: PolicyView, host: DomainName): Location | undefined {
  const matching = (wildcards: boolean) => (field: PolicyField) => {
    const pattern = parseMxPattern(field.value);
    return pattern !== undefined && pattern.wildcard === wildcards && matchesMx(pattern, host);
  };
  const places = [false, true].map((wildcards) => fieldPlace(view, "mx", matching(wildcards)));
  return places.find((place) => "place" in view && place !== view.place);
}

/** Where a host came into the change: its MX record if this change adds it, else the policy's word on it. */
export function hostPlace({ mx, policy, policyDomain }: Inspection, host: DomainName, added: boolean): Location {
  const record = mx.proposed.kind === "hosts" ? mx.proposed.places.get(host) : undefined;
  if (added && record) return record;
  // Where no line covers it, the last one is where the missing line goes.
  const covered = mxLine(policy.proposed, host) ?? fieldPlace(policy.proposed, "mx");
  if (covered.kind === "file") return covered;
  return record ?? { kind: "dns", owner: policyDomain, type: "MX" };
}

/** Where the record is, or is to be. */
export function recordPlace({ record, policyDomain }: Inspection): Location {
  const view = record.proposed;
  if ("place" in view) return view.place;
  if (view.kind === "multiple" && view.places[0]) return view.places[0];
  return { kind: "dns", owner: `_mta-sts.${policyDomain}`, type: "TXT" };
}
