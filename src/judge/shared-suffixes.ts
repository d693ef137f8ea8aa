/**
 * Suffixes directly below which a mail provider names MX hosts, one or a few for each customer, as public MX records show. A provider
 * that gives every customer the same host names is not here: a pattern for these covers nothing that its customers do not share.
 */
const SHARED: ReadonlySet<string> = new Set([
  "mail.protection.outlook.com", // Microsoft 365
  "mx.microsoft",
  "pphosted.com", // Proofpoint
  "gslb.pphosted.com",
  "ppe-hosted.com",
  "iphmx.com", // Cisco
  "mimecast.com",
  "messagelabs.com", // Symantec
  "ess.barracudanetworks.com",
  "mailcontrol.com", // Forcepoint
  "fireeyecloud.com", // Trellix
  "antispamcloud.com", // N-able
]);

// `h-v1.mx.microsoft`: one zone for each region.
const REGION = /^[a-z]-v[0-9]+\.mx\.microsoft$/;

export function isSharedSuffix(name: string): boolean {
  return SHARED.has(name) || REGION.test(name);
}
