import { addressForm } from "../protocol/address-text.ts";
import type { PolicyDialect } from "./policy-dialect.ts";

/** Whether a sender that takes `values` takes this one as an mx. */
export function isMxIn(values: PolicyDialect["mx"]["values"], value: string): boolean {
  if (values === "any" || values === "not-empty") return true;
  const name = value.startsWith("*.") ? value.slice(2) : value;
  if (addressForm(name) !== "none") return false;
  return values === "domain" ? name.split(".").every(isIdnaLabel) : isDnsName(name);
}

/**
 * RFC 5321's Domain, then the lookup profile of IDNA as Go has it: no hyphen at an end, none in the third and fourth place
 * except in an A-label. No length is checked, and here not whether an A-label decodes either.
 */
function isIdnaLabel(label: string): boolean {
  if (!/^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?$/.test(label)) return false;
  return !/^(?!xn--)..--./i.test(label);
}

/** At most 253 octets, labels of at most 63, and a final dot is let through. */
function isDnsName(name: string): boolean {
  const bare = name.endsWith(".") ? name.slice(0, -1) : name;
  const labels = bare.split(".");
  return name.length <= 253 && labels.every((label) => /^(?!-)[A-Za-z0-9-]{1,63}(?<!-)$/.test(label));
}
