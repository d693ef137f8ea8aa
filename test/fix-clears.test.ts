// Applying the fix of a finding clears it: for every notation of records, and for every defect of a policy that has one.
import { describe, expect, test } from "vitest";
import { collect } from "../src/collect/collect.ts";
import { FORMATS } from "../src/collect/formats.ts";
import { fixedText } from "../src/fix.ts";
import { judge } from "../src/judge/judge.ts";
import { parseOptions } from "../src/options.ts";
import type { DomainVerdict, Finding } from "../src/verdict.ts";
import { type Files, literalRepository } from "./collect/tree.ts";
import { AT, evidenceOf, findingsOf, policyText, type SceneLive } from "./judge/scene.ts";

const POLICY = "mta-sts.example.com/.well-known/mta-sts.txt";
const CONFIG = ".github/mta-sts-gate.yml";
const T = policyText("testing 604800 mx1");
const LATER = policyText("testing 86400 mx1");

async function judged(base: Files, proposed: Files, live: SceneLive = {}): Promise<DomainVerdict> {
  const { proposals } = await collect(literalRepository(base, proposed), parseOptions({ domain: "example.com" }), []);
  const [proposal] = proposals;
  if (!proposal) throw new Error("nothing was touched");
  const mx = proposal.proposed.mxRecords.kind === "said" ? proposal.proposed.mxRecords.value : [];
  const evidence = evidenceOf({ live, proposed: { mx: mx.map(({ data }) => (data ?? "").split(" ")[1] ?? "") } });
  return judge({ proposal, evidence, asOf: AT, settings: { certificateExpiryDays: 14, off: [], waivers: [] } });
}

function applied(files: Files, { fix }: Finding): Files {
  if (!fix) throw new Error("no fix");
  const text = files[fix.path] ?? "";
  const fixed = { ...files, [fix.path]: fixedText(text, [fix]) };
  expect(fixed[fix.path]).not.toBe(text);
  return fixed;
}

/** By format: the path, and a file whose `_mta-sts` record of example.com has this id. A missing one fails the test of its format. */
const SAMPLES: Readonly<Record<string, readonly [path: string, text: (id: string) => string, more?: Files]>> = {
  zonefile: [
    "dns/example.com.zone",
    (id) =>
      `$TTL 300\n@ SOA ns1 admin 1 2 3 4 5\n@ MX 10 mx1\n_mta-sts ( TXT\r\n  "v=STSv1;"\n  " id=${id};" ) ; OLD\n`,
  ],
  octodns: ["dns/example.com.yaml", (id) => `_mta-sts:\n  ttl: 300\n  type: TXT\n  value: v=STSv1\\; id=${id}\n`],
  "dnscontrol-js": [
    "dns/dnsconfig.js",
    (id) => `D("example.com", REG, DnsProvider(DNS),\n  TXT("_mta-sts", "v=STSv1; id=${id}"),\n);\n`,
  ],
  "terraform-hcl": [
    "dns/main.tf",
    (id) =>
      `resource "cloudflare_dns_record" "sts" {\n  zone_id = "z"\n  name = "_mta-sts.example.com"\n  type = "TXT"\n  ttl = 300\n  content = "\\"v=STSv1; id=${id}\\""\n}\n`,
  ],
  cloudformation: [
    "dns/template.yaml",
    (id) =>
      `Resources:\n  Sts:\n    Type: AWS::Route53::RecordSet\n    Properties:\n      HostedZoneName: example.com.\n      Name: _mta-sts.example.com.\n      Type: TXT\n      TTL: "300"\n      ResourceRecords:\n        - '"v=STSv1; id=${id}"'\n`,
  ],
  "route53-change-batch": [
    "dns/batch.json",
    (id) =>
      JSON.stringify(
        {
          Changes: [
            {
              Action: "UPSERT",
              ResourceRecordSet: {
                Name: "_mta-sts.example.com.",
                Type: "TXT",
                TTL: 300,
                ResourceRecords: [{ Value: `"v=STSv1; id=${id}"` }],
              },
            },
          ],
        },
        null,
        2,
      ),
  ],
  "external-dns": [
    "dns/endpoint.yaml",
    (id) =>
      `apiVersion: externaldns.k8s.io/v1alpha1\nkind: DNSEndpoint\nmetadata: { name: sts }\nspec:\n  endpoints:\n    - dnsName: _mta-sts.example.com\n      recordType: TXT\n      recordTTL: 300\n      targets: ["v=STSv1; id=${id}"]\n`,
  ],
  powerdns: [
    "dns/zone.json",
    (id) =>
      JSON.stringify(
        {
          name: "example.com.",
          kind: "Native",
          rrsets: [
            { name: "example.com.", type: "SOA", ttl: 300, records: [{ content: "a. b. 1 2 3 4 5", disabled: false }] },
            {
              name: "_mta-sts.example.com.",
              type: "TXT",
              ttl: 300,
              records: [{ content: `"v=STSv1; id=${id}"`, disabled: false }],
            },
          ],
        },
        null,
        2,
      ),
  ],
};

describe.each(FORMATS.filter(({ generated }) => generated !== true))("$id", ({ id: format }) => {
  const repository = (policy: string, id: string): Files => {
    const [path, text, more = {}] = SAMPLES[format] ?? [];
    if (path === undefined || text === undefined) throw new Error(`no sample of ${format}`);
    return { ...more, [CONFIG]: `records: ${path}\n`, [POLICY]: policy, [path]: text(id) };
  };

  test("the id that should have changed", async () => {
    const [base, proposed] = [repository(T, "OLD"), repository(LATER, "OLD")];
    const [finding] = findingsOf(await judged(base, proposed, { policy: T, id: "OLD" }), "record-id-unchanged");
    const after = await judged(base, applied(proposed, finding as Finding), { policy: T, id: "OLD" });
    expect(after.rules.filter(({ rule, kind }) => rule === "record-id-unchanged" && kind === "passed")).toHaveLength(1);
    expect(findingsOf(after, "record-syntax")).toEqual([]);
    expect(after.verdict).toBe("ready");
  });

  test("an id that is none", async () => {
    const [base, proposed] = [repository(T, "OLD"), repository(LATER, "2026-01")];
    const [finding] = findingsOf(await judged(base, proposed, { policy: T, id: "OLD" }), "record-syntax");
    const after = await judged(base, applied(proposed, finding as Finding), { policy: T, id: "OLD" });
    expect([findingsOf(after, "record-syntax"), after.verdict]).toEqual([[], "ready"]);
  });
});

test("an id in the config", async () => {
  const repository = (policy: string): Files => ({
    [CONFIG]: `domains:\n  - domain: example.com\n    policy: ${POLICY}\n    record: { id: OLD }\n`,
    [POLICY]: policy,
  });
  const [base, proposed] = [repository(T), repository(LATER)];
  const [finding] = findingsOf(await judged(base, proposed, { policy: T, id: "OLD" }), "record-id-unchanged");
  const after = await judged(base, applied(proposed, finding as Finding), { policy: T, id: "OLD" });
  expect(after.verdict).toBe("ready");
});

describe("the policy", () => {
  test.each([
    ["LF", "\n"],
    ["CRLF", "\r\n"],
    ["no end of the last line", ""],
  ])("a missing mx line, %s", async (_, end) => {
    const lines = ["version: STSv1", "mode: enforce", "max_age: 604800", "mx: mx1.example.com"];
    const text = end === "" ? lines.join("\n") : lines.map((line) => line + end).join("");
    const base = { [POLICY]: policyText("testing 604800 mx1") };
    const live = { policy: base[POLICY], mx: ["mx1", "mx2", "mx3"] };
    const found = findingsOf(await judged(base, { [POLICY]: text }, live), "mx-not-covered");
    expect(found).toHaveLength(2);
    const fixes = found.flatMap(({ fix }) => fix ?? []);
    const fixed = fixedText(text, fixes);
    expect(fixed).toBe(
      text.slice(0, text.length - end.length) +
        `${end || "\n"}mx: mx2.example.com${end || "\n"}mx: mx3.example.com${end}`,
    );
    expect(findingsOf(await judged(base, { [POLICY]: fixed }, live), "mx-not-covered")).toEqual([]);
  });

  const line = (name: string, text: string): string => T.replace(new RegExp(`^${name}:.*$`, "m"), text);

  test.each<[string, string]>([
    ["mode: enforced", line("mode", "mode: enforced")],
    ["mode in capitals", line("mode", "mode: Testing")],
    ["version", line("version", "version: stsv1")],
    ["max_age with a unit", line("max_age", "max_age: 604800s")],
    ["max_age above the maximum", line("max_age", "max_age: 99999999")],
    ["an mx with a port", line("mx", "mx: mx1.example.com:25")],
    ["an mx with a preference", line("mx", "mx: 10 mx1.example.com")],
    ["a near miss of a name", line("max_age", "maxage: 604800")],
    ["a near miss of the first name", line("version", "verison: STSv1")],
    ["no colon", line("mode", "mode testing")],
    ["an equals sign", line("max_age", "max_age=604800")],
    ["a byte order mark", `\uFEFF${T}`],
    ["white space before a name", line("mode", "  mode: testing")],
    ["white space before the colon", line("mode", "mode : testing")],
    ["a blank line", T.replace("mode:", "\nmode:")],
    ["blank lines at the end", `${T}\n\r\n`],
    ["a last line of blanks", `${T}  `],
    ["blank lines, CRLF", T.replaceAll("\n", "\r\n\r\n")],
    ["several defects", `${T.replace("testing", "enforced").replace("max_age:", "max_age ")}\n`],
  ])("%s", async (_, text) => {
    const base = { [POLICY]: LATER };
    const found = findingsOf(await judged(base, { [POLICY]: text }), "policy-syntax");
    expect(found.length).toBeGreaterThan(0);
    const fixes = found.flatMap(({ fix }) => fix ?? []);
    expect(fixes).toHaveLength(found.length);
    for (const fix of fixes) expect(text.replaceAll("\r\n", "\n")).toContain(fix.lines);
    const fixed = fixedText(text, fixes);
    expect(findingsOf(await judged(base, { [POLICY]: fixed }), "policy-syntax"), JSON.stringify(fixed)).toEqual([]);
  });

  test.each([
    ["a page of markup", "<!doctype html>\n<p>mode: enforced</p>\n"],
    ["what nobody can guess", line("mode", "mode: x")],
    ["a required field that is nowhere", line("mode", "note: x")],
  ])("%s has no fix", async (_, text) => {
    const found = findingsOf(await judged({ [POLICY]: T }, { [POLICY]: text }), "policy-syntax");
    expect(found.length).toBeGreaterThan(0);
    expect(found.flatMap(({ fix }) => fix ?? [])).toEqual([]);
  });
});
