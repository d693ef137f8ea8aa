import { expect, test } from "vitest";
import { parseOptions } from "../../src/options.ts";
import { createTrustAnchors } from "../../src/world/trust-anchors.ts";
import { createVantagePoint } from "../../src/world/vantage-point.ts";

const anchors = createTrustAnchors();
const vantage = (options: Readonly<Record<string, string>> = {}) =>
  createVantagePoint({ options: parseOptions(options), resolver: "192.0.2.53:53", anchors });

test("no way to IPv6 is recognised at the first connect, whoever it was to", () => {
  const { sawMxHost, lacksIpv6, describe } = vantage();
  expect(lacksIpv6()).toBe(false);
  sawMxHost("192.0.2.1", { kind: "no-ipv6" });
  expect(lacksIpv6()).toBe(false);
  sawMxHost("2001:db8::1", { kind: "no-ipv6" });
  expect(lacksIpv6()).toBe(true);
  expect(describe().ipv6).toBe("none");
});

test("a time-out or a failure of this machine is not that", () => {
  const { sawPolicyHost, lacksIpv6 } = vantage();
  sawPolicyHost("2001:db8::1", { kind: "timed-out" });
  sawPolicyHost("2001:db8::1", { kind: "unobserved", because: "unreachable", detail: "" });
  expect(lacksIpv6()).toBe(false);
});

test("whoever answered over IPv6, there is a way", () => {
  const { sawPolicyHost, lacksIpv6, describe } = vantage();
  sawPolicyHost("2001:db8::1", { kind: "refused", reason: "ECONNREFUSED" });
  sawPolicyHost("2001:db8::2", { kind: "no-ipv6" });
  expect(lacksIpv6()).toBe(false);
  expect(describe().ipv6).toBe("open");
});

test.each([
  ["socks5://ann:s3cret@[2001:db8::9]:1080", "[2001:db8::9]:1080"],
  ["http://ann:s3cret@proxy.example:80", "proxy.example:80"],
])("the proxy %s is said without its password", (proxy, text) => {
  expect(vantage({ proxy }).describe()).toMatchObject({ port25: "proxied", proxy: text });
});
