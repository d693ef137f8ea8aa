import { expect, test } from "vitest";
import { policyUrl, servedFindings } from "../../src/judge/served.ts";
import { inspectionOf, type SceneLive } from "./scene.ts";

const E = "enforce 604800 mx1";

test.each<[string, SceneLive, addresses: readonly string[]]>([
  ["one address serves", { policy: E }, ["198.51.100.10"]],
  ["two serve", { policy: E, second: "testing 604800 mx1" }, ["198.51.100.10", "198.51.100.11"]],
  ["what is no policy is served all the same", { policy: "hello\n" }, ["198.51.100.10"]],
  ["the first redirects", { policy: "redirect", second: E }, ["198.51.100.11"]],
  ["404", { policy: "none" }, []],
  ["not trusted", { policy: "untrusted" }, []],
  ["refused", { policy: "refused" }, []],
  ["cut", { policy: E, fetch: { truncated: true } }, []],
  ["not seen", { policy: "unseen" }, []],
])("%s", (_, live, addresses) => {
  const inspection = inspectionOf({ live });
  const findings = servedFindings(inspection, ({ status }) => ({ message: "It is so.", facts: { status } }));
  expect(findings).toEqual(
    addresses.map((address) => ({
      level: "warning",
      message: "It is so.",
      location: { kind: "policy-host", url: "https://mta-sts.example.com/.well-known/mta-sts.txt", address },
      facts: { status: 200, address },
      alreadySo: true,
    })),
  );
});

test("a remark is made of the addresses that have the fault alone", () => {
  const inspection = inspectionOf({ live: { policy: E, second: "hello\n" } });
  const found = servedFindings(inspection, ({ body }) =>
    body.data === "hello\n" ? { message: "It says hello.", facts: {} } : undefined,
  );
  expect(found.map(({ facts }) => facts)).toEqual([{ address: "198.51.100.11" }]);
  expect(policyUrl(inspection)).toBe("https://mta-sts.example.com/.well-known/mta-sts.txt");
});
