import { OptionError } from "./errors.ts";

export type ResolverOption =
  | { readonly kind: "system" }
  | { readonly kind: "server"; readonly address: string; readonly port: number };

export interface ProxyOption {
  readonly host: string;
  readonly port: number;
  readonly username: string;
  readonly password: string;
}

const RESOLVERS = ["system", "192.0.2.53", "192.0.2.53:5353", "[2001:db8::53]:53"];

/**
 * Reads the input `resolver`.
 * @throws OptionError for a text that is none, and for a kind that is not built yet.
 */
export function parseResolver(text: string | undefined): ResolverOption {
  if (text === undefined || text === "system") return { kind: "system" };
  if (text === "authoritative" || text.startsWith("https://"))
    throw new OptionError("resolver", "this kind of resolver is not built in this version", { allowed: RESOLVERS });
  const server = socketAddress(text, 53);
  if (server) return { kind: "server", ...server };
  throw new OptionError("resolver", "is `system` or an IP address with an optional port", { allowed: RESOLVERS });
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
 * @throws OptionError for a text that is no socks5:// URL with host and port.
 */
export function parseProxy(text: string | undefined): ProxyOption | undefined {
  if (text === undefined) return undefined;
  const allowed = ["socks5://host:port", "socks5://user:pass@host:port"];
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const [username, password] = [unescaped(url?.username), unescaped(url?.password)];
  const whole = url?.protocol === "socks5:" && url.hostname && url.port && /^\/?$/.test(url.pathname);
  if (!whole || username === undefined || password === undefined)
    throw new OptionError("proxy", "is a socks5:// URL with host and port", { allowed });
  return { host: url.hostname.replace(/^\[|\]$/g, ""), port: Number(url.port), username, password };
}

/** `undefined` for a percent sign that begins no octet. */
function unescaped(text = ""): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
