import { isIPv6 } from "node:net";
import type { Options, ProxyOption } from "../options.ts";
import type { Vantage } from "../verdict.ts";
import type { Dialled } from "./dial.ts";
import type { TrustAnchors } from "./trust-anchors.ts";

/** From where this run looks, learned from how its connects went. */
export interface VantagePoint {
  readonly sawMxHost: (address: string, dialled: Dialled) => void;
  readonly sawPolicyHost: (address: string, dialled: Dialled) => void;
  /** Connects to IPv6 found no way out, and none was ever answered. */
  readonly lacksIpv6: () => boolean;
  readonly describe: () => Vantage;
}

export interface VantageSettings {
  readonly options: Options;
  readonly resolver: string;
  readonly anchors: TrustAnchors;
}

export function createVantagePoint({ options, resolver, anchors }: VantageSettings): VantagePoint {
  const { proxy, allowPrivateNetworks } = options;
  let port25: Vantage["port25"] = "not-asked";
  let ipv6: Vantage["ipv6"] = "not-asked";
  let wayless = false;
  const sawPolicyHost = (address: string, { kind }: Dialled) => {
    // Through the proxy, its IPv6 is used and not ours.
    if (!isIPv6(address) || proxy || kind === "unobserved") return;
    wayless ||= kind === "no-ipv6";
    // A refusal came from the far end, so there is a way.
    if (kind === "open" || kind === "refused") ipv6 = "open";
    else if (ipv6 !== "open") ipv6 = "none";
  };
  return {
    lacksIpv6: () => wayless && ipv6 !== "open",
    sawPolicyHost,
    sawMxHost: (address, dialled) => {
      sawPolicyHost(address, dialled);
      // An address that was never dialled says nothing about the port.
      if (wasAccepted(dialled)) port25 = "open";
      else if (port25 === "not-asked" && (dialled.kind === "refused" || dialled.kind === "timed-out"))
        port25 = "blocked";
    },
    describe: () => ({
      port25: proxy ? "proxied" : port25,
      ipv6,
      resolver,
      proxy: proxy ? proxyText(proxy) : null,
      trustAnchors: anchors.described,
      privateNetworks: allowPrivateNetworks ? "allowed" : "refused",
    }),
  };
}

/** A reset, unlike a refusal, comes from a port that was open. */
const wasAccepted = (dialled: Dialled): boolean =>
  dialled.kind === "open" || (dialled.kind === "refused" && dialled.reason === "ECONNRESET");

const proxyText = ({ host, port }: ProxyOption): string => `${isIPv6(host) ? `[${host}]` : host}:${port}`;
