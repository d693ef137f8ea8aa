import { domainName } from "./domain-name.ts";
import { isUri } from "./uri.ts";

/** Whether a text is a tlsrpt-uri: a URI in which `,`, `!` and `;` are percent-encoded (RFC 8460 §3). */
export function isReportUri(text: string): boolean {
  return isUri(text) && !/[,!;]/.test(text);
}

/** Whether a reporter could send there: `mailto:` with an address, or `https:` with a host (RFC 8460 §3). */
export function isUsableReportUri(uri: string): boolean {
  const colon = uri.indexOf(":");
  const scheme = uri.slice(0, colon).toLowerCase();
  if (scheme === "https") return /^\/\/(?:[^/?#@]*@)?[^/?#@:]/.test(uri.slice(colon + 1));
  if (scheme !== "mailto") return false;
  const [address = ""] = uri.slice(colon + 1).split("?");
  const at = address.lastIndexOf("@");
  return at > 0 && domainName(address.slice(at + 1)) !== undefined;
}

/** The domain of the mailbox or of the https host, where there is one: whose mail or web server takes the reports. */
export function reportUriDomain(uri: string): string | undefined {
  if (!isUsableReportUri(uri)) return undefined;
  const rest = uri.slice(uri.indexOf(":") + 1);
  const name = rest.startsWith("//")
    ? /^\/\/(?:[^/?#@]*@)?([^/?#@:]*)/.exec(rest)?.[1]
    : rest.split("?")[0]?.split("@").at(-1);
  return domainName(name ?? "");
}
