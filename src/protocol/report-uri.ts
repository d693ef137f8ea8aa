import { domainName } from "./domain-name.ts";

// RFC 3986 Appendix A without `!`, `,` and `;`, which RFC 8460 §3 wants percent-encoded. Each part is one class, so that no
// text makes the match go back.
const UNIT = "(?:[A-Za-z0-9._~$&'()*+=:@-]|%[0-9A-Fa-f]{2})"; // pchar
const USERINFO_OR_NAME = "(?:[A-Za-z0-9._~$&'()*+=-]|%[0-9A-Fa-f]{2})";
const HOST = `(?:\\[[0-9A-Fa-fv.:]{2,64}\\]|${USERINFO_OR_NAME}*)`;
const AUTHORITY = `//(?:(?:${USERINFO_OR_NAME}|:)*@)?${HOST}(?::[0-9]*)?`;
const PATHS = `(?:${AUTHORITY}(?:/${UNIT}*)*|/(?:${UNIT}+(?:/${UNIT}*)*)?|${UNIT}+(?:/${UNIT}*)*|)`;
const TAIL = `(?:${UNIT}|[/?])*`;
const URI = new RegExp(`^[A-Za-z][A-Za-z0-9+.-]*:${PATHS}(?:\\?${TAIL})?(?:#${TAIL})?$`);

const LONGEST = 4096; // UTF-16 units, above any TXT record a resolver passes on

/** Whether a text is a tlsrpt-uri (RFC 8460 §3, RFC 3986). */
export function isReportUri(text: string): boolean {
  return text.length <= LONGEST && URI.test(text);
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
