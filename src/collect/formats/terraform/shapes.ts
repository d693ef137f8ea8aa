import type { DataType } from "../zonefile/rdata.ts";

/** How one provider's resource writes records. */
export interface RecordShape {
  readonly name: string;
  /** How `name` is meant: `either` is the full name, or relative to the zone. */
  readonly names: "either" | "relative" | "absolute";
  /** The attribute that holds the zone's name. */
  readonly zone?: string;
  /** The attribute that holds the zone's id. */
  readonly zoneId?: string;
  /** The record type, or the attribute that holds it. */
  readonly type: DataType | { readonly attribute: string };
  /** Attributes that hold the data; the first that is set counts. */
  readonly values: readonly string[];
  /** The attribute with the preference of an MX record, where it does not stand in the data. */
  readonly priority?: string;
  /** Whether a target without a final dot is relative to the zone. */
  readonly targets: "absolute" | "relative";
  readonly escapes: "octal" | "decimal";
}

const BY_TYPE = { type: { attribute: "type" } } as const;
const ABSOLUTE = { targets: "absolute", escapes: "decimal" } as const;
const RELATIVE = { names: "relative", targets: "relative", escapes: "decimal" } as const;

const CLOUDFLARE: RecordShape = {
  ...ABSOLUTE,
  ...BY_TYPE,
  name: "name",
  names: "either",
  zoneId: "zone_id",
  values: ["content", "value"],
  priority: "priority",
};

const AZURE = { ...ABSOLUTE, name: "name", names: "relative", zone: "zone_name", values: ["record"] } as const;

const HETZNER: RecordShape = {
  ...RELATIVE,
  ...BY_TYPE,
  name: "name",
  zone: "zone",
  zoneId: "zone_id",
  values: ["records", "value"],
};

/** Resource types that publish TXT, MX and CNAME records, by their providers' documentation. */
export const RECORD_SHAPES: Readonly<Record<string, RecordShape>> = {
  aws_route53_record: {
    ...BY_TYPE,
    name: "name",
    names: "either",
    zoneId: "zone_id",
    values: ["records"],
    targets: "absolute",
    escapes: "octal",
  },
  cloudflare_record: CLOUDFLARE,
  cloudflare_dns_record: CLOUDFLARE,
  google_dns_record_set: {
    ...ABSOLUTE,
    ...BY_TYPE,
    name: "name",
    names: "absolute",
    zoneId: "managed_zone",
    values: ["rrdatas"],
  },
  azurerm_dns_txt_record: { ...AZURE, type: "TXT" },
  azurerm_dns_mx_record: { ...AZURE, type: "MX" },
  azurerm_dns_cname_record: { ...AZURE, type: "CNAME" },
  digitalocean_record: {
    ...ABSOLUTE,
    ...BY_TYPE,
    name: "name",
    names: "relative",
    zone: "domain",
    values: ["value"],
    priority: "priority",
  },
  hcloud_zone_rrset: HETZNER,
  hetznerdns_record: HETZNER,
  scaleway_domain_record: {
    ...RELATIVE,
    ...BY_TYPE,
    name: "name",
    zone: "dns_zone",
    values: ["data"],
    priority: "priority",
  },
  gandi_livedns_record: { ...RELATIVE, ...BY_TYPE, name: "name", zone: "zone", values: ["values"] },
  ovh_domain_zone_record: {
    ...RELATIVE,
    type: { attribute: "fieldtype" },
    name: "subdomain",
    zone: "zone",
    values: ["target"],
  },
  dnsimple_zone_record: {
    ...ABSOLUTE,
    ...BY_TYPE,
    name: "name",
    names: "relative",
    zone: "zone_name",
    values: ["value"],
    priority: "priority",
  },
  linode_domain_record: {
    ...ABSOLUTE,
    type: { attribute: "record_type" },
    name: "name",
    names: "either",
    zoneId: "domain_id",
    values: ["target"],
    priority: "priority",
  },
  vultr_dns_record: {
    ...ABSOLUTE,
    ...BY_TYPE,
    name: "name",
    names: "relative",
    zone: "domain",
    values: ["data"],
    priority: "priority",
  },
  desec_rrset: { ...RELATIVE, ...BY_TYPE, name: "subname", zone: "domain", values: ["records"] },
  powerdns_record: { ...ABSOLUTE, ...BY_TYPE, name: "name", names: "absolute", zone: "zone", values: ["records"] },
};

/** Where a zone's resource says its name, and by what records may name the zone. */
export interface ZoneShape {
  readonly name: readonly string[];
  readonly ids: readonly string[];
}

const NAMED: ZoneShape = { name: ["name"], ids: ["zone_id", "id"] };

export const ZONE_SHAPES: Readonly<Record<string, ZoneShape>> = {
  aws_route53_zone: NAMED,
  cloudflare_zone: { name: ["name", "zone"], ids: ["zone_id", "id"] },
  google_dns_managed_zone: { name: ["dns_name"], ids: ["name", "id"] },
  azurerm_dns_zone: NAMED,
  digitalocean_domain: NAMED,
  hcloud_zone: NAMED,
  hetznerdns_zone: NAMED,
  linode_domain: { name: ["domain"], ids: ["id"] },
  dnsimple_zone: NAMED,
  vultr_dns_domain: { name: ["domain"], ids: ["id"] },
  desec_domain: NAMED,
  powerdns_zone: NAMED,
};

/** Own members only: a type is a text from the file. */
export const recordShape = (type: string): RecordShape | undefined =>
  Object.hasOwn(RECORD_SHAPES, type) ? RECORD_SHAPES[type] : undefined;

export const zoneShape = (type: string): ZoneShape | undefined =>
  Object.hasOwn(ZONE_SHAPES, type) ? ZONE_SHAPES[type] : undefined;
