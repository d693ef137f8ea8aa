import type { Format } from "./format.ts";
import { cloudformation } from "./formats/cloudformation.ts";
import { dnscontrolIr } from "./formats/dnscontrol-ir.ts";
import { dnscontrolJs } from "./formats/dnscontrol-js.ts";
import { externalDns } from "./formats/external-dns.ts";
import { octodns } from "./formats/octodns.ts";
import { powerdns } from "./formats/powerdns.ts";
import { route53ChangeBatch } from "./formats/route53-change-batch.ts";
import { terraformHcl } from "./formats/terraform-hcl.ts";
import { terraformPlan } from "./formats/terraform-plan.ts";
import { zonefile } from "./formats/zonefile.ts";

/** Every notation of DNS as code that this version reads, in the order in which they are asked. */
export const FORMATS: readonly Format[] = [
  dnscontrolIr,
  terraformPlan,
  route53ChangeBatch,
  powerdns,
  cloudformation,
  externalDns,
  octodns,
  zonefile,
  dnscontrolJs,
  terraformHcl,
];
