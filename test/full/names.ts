import { isDeepStrictEqual } from "node:util";
import { matchesDnsId } from "../../src/protocol/dns-id.ts";
import { domainName, hostName } from "../../src/protocol/domain-name.ts";
import { parseMxPattern, printMxPattern } from "../../src/protocol/mx-pattern.ts";
import { type Vector, vectors } from "../protocol/vectors.ts";
import { mostly, name, sequence } from "./grammar.ts";
import { type Parser, words } from "./parser.ts";

const HOST = domainName("mx.example.com");
export const namePatterns: Parser = {
  name: "mx-pattern and dns-id",
  grammar: sequence(mostly(2, "", "*.", "*", "mx*."), name, mostly(6, "", ".", ".example.com")),
  samples: [
    ...vectors<Vector & { readonly pattern: string; readonly host: string }>("mx-match").flatMap(
      ({ pattern, host }) => [pattern, host],
    ),
    ...vectors<Vector & { readonly dns_sans: readonly string[] }>("cert-match").flatMap(({ dns_sans }) => dns_sans),
  ],
  pieces: [
    ...words("* *. . - xn-- a A example.com mx.example.com @ : / % [::1] 0x7f 1.2.3.4 K"),
    "ü",
    "\u3002",
    "\u00ad",
    "\uff41",
    "\ud800",
    "\\",
    "ß",
    "\u200d",
  ],
  wide: true,
  read: (input) => {
    const pattern = parseMxPattern(input);
    if (HOST) matchesDnsId(input, HOST);
    const host = hostName(input);
    if (host !== undefined) matchesDnsId(input, host);
    return `${pattern ? "a" : "no"} pattern, ${host === undefined ? "no" : "a"} host`;
  },
  // What is printed is read as the same, and a host name is one already.
  holds: (input) => {
    const [pattern, host] = [parseMxPattern(input), hostName(input)];
    if (pattern && !isDeepStrictEqual(parseMxPattern(printMxPattern(pattern)), pattern))
      throw new Error("printed as another");
    if (host !== undefined && hostName(host) !== host) throw new Error("a host name is no host name");
  },
};
