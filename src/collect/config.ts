import { type Config, type ConfiguredDomain, type ConfiguredRecord, NO_CONFIG, type Waiver } from "../config.ts";
import { type DomainName, domainName } from "../protocol/domain-name.ts";
import {
  type ConfigKey,
  type ConfigNode,
  fieldsOf,
  isList,
  itemsOf,
  pairsOf,
  parseConfig,
  refuse,
  scalarOf,
  textOf,
} from "./config-node.ts";
import { ROLLOUT_KEYS, rolloutOf } from "./rollout-config.ts";

const KEYS = ["domains", "policies", "records", "rules", "waive", "certificate-expiry-days", ...ROLLOUT_KEYS];
// SPEC §5: a pull request that edits the config must not open the gate.
const INPUTS_ONLY = ["allow-private-networks", "proxy", "resolver", "ca-file", "fail-on", "on-unknown"];
const NOT_BUILT = ["reports"];

/**
 * Reads the config file by schema/config-v1.json; positions are kept, so every error has its line.
 * @throws CollectError for anything that the schema does not allow, and for a rule that does not exist.
 */
export function readConfig(path: string, text: string | undefined, knownRules: readonly string[]): Config {
  const root = text === undefined ? undefined : parseConfig(path, text);
  if (!root) return { ...NO_CONFIG, path };
  const pairs = new Map(pairsOf(root).map((pair) => [admit(pair), pair]));
  const read = <T>(key: string, reader: (node: ConfigNode) => T): T | undefined => {
    const pair = pairs.get(key);
    return pair && reader(pair);
  };
  return {
    path,
    domains: read("domains", domainsOf) ?? [],
    policies: read("policies", templateOf),
    records: read("records", globsOf) ?? [],
    rules: read("rules", (node) => rulesOf(node, knownRules)) ?? {},
    waivers: read("waive", (node) => itemsOf(node).map((item) => waiverOf(item, knownRules))) ?? [],
    certificateExpiryDays: read("certificate-expiry-days", daysOf),
    rollout: rolloutOf(pairs),
  };
}

function admit(pair: ConfigKey): string {
  const { key, keyLocation: location } = pair;
  const name = key.slice(0, 64);
  if (INPUTS_ONLY.includes(key))
    throw refuse({ name, location }, "comes from inputs only; the config file may not set it");
  if (NOT_BUILT.includes(key)) throw refuse({ name, location }, "is not built in this version; leave it out", KEYS);
  if (!KEYS.includes(key)) throw refuse({ name, location }, "is no key of the config file", KEYS);
  return key;
}

function domainsOf(node: ConfigNode): readonly ConfiguredDomain[] {
  const domains = itemsOf(node).map((item) => (scalarOf(item) ? plainDomain(item) : fullDomain(item)));
  const seen = new Set<string>();
  for (const { domain, location } of domains) {
    // Two answers for one domain: which of the two would count is nowhere said.
    if (seen.has(domain))
      throw refuse({ name: node.name, location }, `names ${domain} twice; keep one of the two entries`);
    seen.add(domain);
  }
  return domains;
}

function plainDomain(node: ConfigNode): ConfiguredDomain {
  return { domain: domainOf(node), policy: undefined, records: undefined, record: undefined, location: node.location };
}

function fullDomain(node: ConfigNode): ConfiguredDomain {
  const fields = fieldsOf(node, ["domain", "policy", "records", "record"]);
  const [domain, policy, records, record] = ["domain", "policy", "records", "record"].map((key) => fields.get(key));
  if (!domain) throw refuse(node, "has no domain");
  return {
    domain: domainOf(domain),
    policy: policy && pathOf(policy),
    records: records && globsOf(records),
    record: record && recordOf(record),
    location: domain.location,
  };
}

function domainOf(node: ConfigNode): DomainName {
  const name = domainName(textOf(node));
  if (!name?.includes(".")) throw refuse(node, "is no domain name such as example.com (A-labels)");
  return name;
}

function recordOf(node: ConfigNode): ConfiguredRecord {
  const word = scalarOf(node)?.value;
  if (word === "external") return { kind: "external" };
  if (scalarOf(node)) throw refuse(node, "is no record", ["external", "{ id: … }"]);
  const id = fieldsOf(node, ["id"]).get("id");
  const scalar = id && scalarOf(id);
  // The text as written: `id: 0123` is no number.
  const text = typeof scalar?.value === "number" ? (scalar.source ?? "") : scalar?.value;
  // RFC 8461 §3.1: 1*32(ALPHA / DIGIT).
  if (!id || typeof text !== "string" || !/^[A-Za-z0-9]{1,32}$/.test(text))
    throw refuse(id ?? node, "is no id: 1 to 32 letters and digits");
  return { kind: "id", id: text, location: id.location };
}

function globsOf(node: ConfigNode): readonly string[] {
  return isList(node) ? itemsOf(node).map(pathOf) : [pathOf(node)];
}

function templateOf(node: ConfigNode): string {
  const template = pathOf(node);
  if (!template.includes("{domain}"))
    throw refuse(node, "has no {domain} in it, so every domain would have the same policy file");
  return template;
}

/** Relative to the repository's root, and never above it. */
export const REPOSITORY_PATH = /^(?!\/)(?!(.*\/)?\.\.(\/|$))[^\\\n]+$/;

function pathOf(node: ConfigNode): string {
  const path = textOf(node);
  if (!REPOSITORY_PATH.test(path)) throw refuse(node, "is no path from the repository's root");
  return path.replace(/^(\.\/)+/, "");
}

function rulesOf(node: ConfigNode, knownRules: readonly string[]): Readonly<Record<string, "off">> {
  const rules = pairsOf(node).map((pair): [string, "off"] => {
    if (!knownRules.includes(pair.key))
      throw refuse({ name: pair.name, location: pair.keyLocation }, "is no rule", knownRules);
    if (scalarOf(pair)?.value !== "off") throw refuse(pair, "has no such setting", ["off"]);
    return [pair.key, "off"];
  });
  return Object.fromEntries(rules);
}

function waiverOf(node: ConfigNode, knownRules: readonly string[]): Waiver {
  const keys = ["domain", "rule", "reason", "until"] as const;
  const fields = fieldsOf(node, keys);
  const missing = keys.find((key) => !fields.has(key));
  if (missing) throw refuse(node, `has no ${missing}; a waiver says all of`, keys);
  const [domain, rule, reason, until] = keys.map((key) => fields.get(key) as ConfigKey) as [
    ConfigKey,
    ConfigKey,
    ConfigKey,
    ConfigKey,
  ];
  if (!knownRules.includes(textOf(rule))) throw refuse(rule, "is no rule", knownRules);
  return {
    domain: domainOf(domain),
    rule: textOf(rule),
    reason: textOf(reason),
    until: dateOf(until),
    location: node.location,
  };
}

function dateOf(node: ConfigNode): string {
  const text = textOf(node);
  const instant = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined;
  if (!instant || Number.isNaN(instant.getTime()) || !instant.toISOString().startsWith(text))
    throw refuse(node, "is no date such as 2027-01-31");
  return text;
}

function daysOf(node: ConfigNode): number {
  const value = scalarOf(node)?.value;
  if (typeof value !== "number" || !Number.isInteger(value) || value < 1 || value > 365)
    throw refuse(node, "is a number of days from 1 to 365");
  return value;
}
