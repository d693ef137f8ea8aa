import { getServers } from "node:dns";
import { OptionError } from "../errors.ts";
import type { DnsServer } from "./dns-transport.ts";

/**
 * The resolvers this system is set up with.
 * @param texts As node:dns writes them: `192.0.2.1`, `192.0.2.1:53`, `[2001:db8::1]:53`, `fe80::1%eth0`.
 * @throws OptionError when there is none.
 */
export function systemServers(texts: readonly string[] = getServers()): readonly [DnsServer, ...DnsServer[]] {
  const [first, ...others] = texts.flatMap(server);
  if (first !== undefined) return [first, ...others];
  throw new OptionError(
    "resolver",
    "This system names no DNS server, so nothing can be looked up; give one as resolver, such as 192.0.2.53:53.",
  );
}

const BRACKETED = /^\[(?<address>[^\]]+)\](?::(?<port>[0-9]{1,5}))?$/;
const IPV4 = /^(?<address>[0-9.]+)(?::(?<port>[0-9]{1,5}))?$/;
const BARE_IPV6 = /^(?<address>[0-9a-f:.]+(?:%.+)?)$/i;
/** Placeholders that a system without a resolver shows; asking them asks this machine. */
const NOWHERE = new Set(["0.0.0.0", "::"]);

function server(text: string): readonly DnsServer[] {
  const groups = (BRACKETED.exec(text) ?? IPV4.exec(text) ?? BARE_IPV6.exec(text))?.groups;
  const address = groups?.["address"];
  const port = Number(groups?.["port"] ?? 53);
  return address === undefined || NOWHERE.has(address) || port === 0 || port > 65_535 ? [] : [{ address, port }];
}
