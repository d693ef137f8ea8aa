import { parse } from "tldts";
import type { DomainName } from "../protocol/domain-name.ts";
import { isSharedSuffix } from "./shared-suffixes.ts";

/**
 * What lies directly below a name: domains of whoever registers one (`public`, the ICANN part of the public suffix list), or those of
 * a provider's many customers (`shared`, its private part and the mail providers of this project). `undefined`: one owner's names.
 */
export function suffixOf(name: DomainName): "public" | "shared" | undefined {
  const { publicSuffix, isIcann, isPrivate } = parse(name, { allowPrivateDomains: true, extractHostname: false });
  if (publicSuffix === name && isIcann) return "public";
  if (publicSuffix === name && isPrivate) return "shared";
  return isSharedSuffix(name) ? "shared" : undefined;
}

/** `example.com` of `a.b.example.com`: who runs a name, by the ICANN part of the list. `undefined` for a public suffix itself. */
export function registrableDomain(name: string): string | undefined {
  return parse(name, { allowPrivateDomains: false, extractHostname: false }).domain ?? undefined;
}
