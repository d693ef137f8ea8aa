import { OptionError } from "./errors.ts";

export type ResolverOption =
  | { readonly kind: "system" }
  | { readonly kind: "server"; readonly address: string; readonly port: number }
  /** DNS over HTTPS (RFC 8484). */
  | { readonly kind: "https"; readonly url: string }
  /** The zone's own servers, every one of them. */
  | { readonly kind: "authoritative" };

export interface ProxyOption {
  /** SOCKS5 (RFC 1928), or CONNECT over HTTP (RFC 9110 §9.3.6). */
  readonly kind: "socks5" | "http";
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
}

const RESOLVERS = [
  "system",
  "authoritative",
  "192.0.2.53",
  "192.0.2.53:5353",
  "[2001:db8::53]:53",
  "https://dns.example/dns-query",
];

/**
 * Reads the input `resolver`.
 * @throws OptionError for a text that is none.
 */
export function parseResolver(text: string | undefined): ResolverOption {
  if (text === undefined || text === "system") return { kind: "system" };
  if (text === "authoritative") return { kind: "authoritative" };
  const url = secureUrl(text);
  if (url) return { kind: "https", url };
  const server = socketAddress(text, 53);
  // An unspecified address (RFC 6890) is nobody's.
  if (server && !/^[0:.]+$/.test(server.address)) return { kind: "server", ...server };
  throw new OptionError("resolver", "is `system`, `authoritative`, an IP address with an optional port, or a DoH URL", {
    allowed: RESOLVERS,
  });
}

/** The URL of a DoH server. The variable of a URI template is for GET, and we POST (RFC 8484 §4.1). */
function secureUrl(text: string): string | undefined {
  const plain = text.replace(/\{\?dns\}$/, "");
  const url = /^https:\/\//i.test(plain) && URL.canParse(plain) ? new URL(plain) : undefined;
  // It is printed in reports: no secret may hide in it.
  return url && url.username === "" && url.password === "" && url.hash === "" ? url.href : undefined;
}

function socketAddress(text: string, fallbackPort: number): { address: string; port: number } | undefined {
  const [, v6, v4, port] = /^(?:\[([0-9A-Fa-f:.]+)\]|([0-9.]+))(?::([0-9]{1,5}))?$/.exec(text) ?? [];
  const address = v6 ?? v4 ?? (/^[0-9A-Fa-f:]+$/.test(text) ? text : "");
  const numbered = port === undefined ? fallbackPort : Number(port);
  if (numbered < 1 || numbered > 65_535) return undefined;
  const v4Parts = address.split(".");
  const isV4 =
    v4Parts.length === 4 && v4Parts.every((part) => /^(0|[1-9][0-9]{0,2})$/.test(part) && Number(part) < 256);
  return isV4 || URL.canParse(`http://[${address}]/`) ? { address, port: numbered } : undefined;
}

/**
 * Reads the input `proxy`. No message repeats the text: it may hold a password.
 * @throws OptionError for a text that is no socks5:// or http:// URL with host and port.
 */
export function parseProxy(text: string | undefined): ProxyOption | undefined {
  if (text === undefined) return undefined;
  const allowed = ["socks5://host:port", "socks5://user:pass@host:port", "http://host:port"];
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const kind = PROXY_KINDS[url?.protocol ?? ""];
  // A URL drops the port that its scheme implies.
  const port = url?.port || (/:0*80\/?$/.test(text) ? "80" : "");
  const [username, password] = [unescaped(url?.username), unescaped(url?.password)];
  const whole = url?.hostname && port && /^\/?$/.test(url.pathname) && url.search === "" && url.hash === "";
  if (!whole || !kind || username === undefined || password === undefined)
    throw new OptionError("proxy", "is a socks5:// or http:// URL with host and port", { allowed });
  return { kind, host: url.hostname.replace(/^\[|\]$/g, ""), port: Number(port), username, password };
}

const PROXY_KINDS: Readonly<Record<string, ProxyOption["kind"]>> = { "socks5:": "socks5", "http:": "http" };

/** `undefined` for a percent sign that begins no octet. */
function unescaped(text = ""): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
