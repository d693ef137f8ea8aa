import { createHash } from "node:crypto";
import type { Location } from "../location.ts";
import type { Finding } from "../verdict.ts";

/** Facts that say which thing is wrong. All others say how, when or how much, and may differ from run to run. */
const IDENTIFYING = ["host", "owner", "type", "pattern", "suffix", "code", "id", "record", "policyHost", "waived"];

/** What makes two results of different runs the same one. */
export interface Identity {
  readonly rule: string;
  readonly domain: string;
  readonly message: string;
  readonly location: Location | null;
  readonly facts: Finding["facts"];
}

/**
 * The same in every run for as long as the fault is there: of no date, line, address or commit.
 * @returns 32 hexadecimal digits
 */
export function fingerprint({ rule, domain, message, location, facts }: Identity): string {
  const known = IDENTIFYING.flatMap((name) => (Object.hasOwn(facts, name) ? [[name, facts[name]]] : []));
  const told = JSON.stringify([rule, subject(domain, message, location), placeName(location), known]);
  return createHash("sha256").update(told).digest("hex").slice(0, 32);
}

// What is said of a file, and of no domain, is one fault however many domains the file serves.
const subject = (domain: string, message: string, location: Location | null): string =>
  location?.kind === "file" && !message.includes(domain) ? "" : domain;

function placeName(location: Location | null): string {
  switch (location?.kind) {
    case "file":
      return location.path;
    case "input":
      return location.name;
    case "dns":
      return `${location.owner} ${location.type}`;
    case "policy-host":
      return location.url;
    case "mx-host":
      return location.host;
    default:
      return "";
  }
}
