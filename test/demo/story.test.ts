import { X509Certificate } from "node:crypto";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Internet, startInternet } from "../../src/demo/internet.ts";
import { BASE, CHAPTERS, certify, deployBase, DOMAIN, POLICY_PATH, ZONE_PATH } from "../../src/demo/story.ts";
import { parsePolicy } from "../../src/protocol/policy.ts";

let internet: Internet;
beforeAll(async () => {
  internet = await startInternet();
  await deployBase(internet);
});
afterAll(() => internet.close());

test("what is deployed is what base says", () => {
  const site = internet.sites[`mta-sts.${DOMAIN}`];
  expect(site?.reply).toEqual({ kind: "policy", body: BASE[POLICY_PATH] });
  expect(new X509Certificate(site?.identity.cert ?? "").subjectAltName).toBe(`DNS:mta-sts.${DOMAIN}`);
  const [record] = internet.zone[`_mta-sts.${DOMAIN}`]?.TXT ?? [];
  expect(BASE[ZONE_PATH]).toContain(`"${record}"`);
  expect([...internet.mx.keys()]).toEqual(["198.51.100.25", "198.51.100.26"]);
});

test("each push proposes a policy that parses, under the id that the story has", () => {
  const ids = CHAPTERS.map(({ files }) => /v=STSv1; id=(\w+)/.exec(files[ZONE_PATH] ?? "")?.[1]);
  expect(ids).toEqual(["20261124T090000", "20261101T000000", "20261124T100000"]);
  const modes = CHAPTERS.map(({ files }) => {
    const parsed = parsePolicy(Buffer.from(files[POLICY_PATH] ?? ""));
    return parsed.kind === "valid" ? parsed.policy.mode : parsed.defects;
  });
  expect(modes).toEqual(["testing", "enforce", "enforce"]);
});

test("a certificate can be put on a host, in the place of the one before", async () => {
  const before = internet.mx.get("198.51.100.26");
  await certify(internet, "mx2.example.com", -1);
  expect(internet.mx.get("198.51.100.26")).not.toBe(before);
});
