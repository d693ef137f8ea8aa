import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Reading } from "../../../src/collect/format.ts";
import { terraformPlan } from "../../../src/collect/formats/terraform-plan.ts";
import {
  corpus,
  defectsOf,
  expectExtraction,
  expectInside,
  linesOf,
  placesOf,
  readAs,
  sampleText,
  samplesOf,
} from "./readings.ts";

interface Change {
  readonly type: string;
  readonly name?: string;
  readonly index?: string;
  readonly module?: string;
  readonly actions?: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly unknown?: unknown;
  readonly sensitive?: unknown;
}

function planOf(changes: readonly Change[], more: object = {}): string {
  const resource_changes = changes.map(({ type, name = "r", index, module, ...change }) => ({
    address: `${module ? `${module}.` : ""}${type}.${name}${index === undefined ? "" : `["${index}"]`}`,
    mode: "managed",
    type,
    name,
    change: {
      actions: change.actions ?? ["create"],
      before: change.before ?? null,
      after: change.after ?? null,
      after_unknown: change.unknown ?? {},
      after_sensitive: change.sensitive ?? {},
    },
  }));
  return JSON.stringify({ format_version: "1.2", planned_values: {}, resource_changes, ...more }, null, 1);
}

const read = (text: string): Promise<Reading> => readAs(terraformPlan, text, { path: "plan.json" });
const readPlan = (changes: readonly Change[], more?: object) => read(planOf(changes, more));

const aws = (name: string, type: string, records: readonly string[], zone_id = "Z1") => ({
  name,
  type,
  ttl: 300,
  records,
  zone_id,
});
const STS = '"v=STSv1; id=1"';

// What each row shows: a resource, its attributes, and the records it publishes.
const READS: Record<string, [type: string, after: object, ...records: string[]]> = {
  "aws: full names, several values": [
    "aws_route53_record",
    aws("example.com", "MX", ["10 MX1.example.com", "20 mx2.example.net."]),
    "example.com 300 MX 10 mx1.example.com",
    "example.com 300 MX 20 mx2.example.net",
  ],
  "aws: chunks of a text without outer quotes, octal escapes": [
    "aws_route53_record",
    aws("_mta-sts.example.com", "TXT", ['v=STSv1; ""id=\\061']),
    "_mta-sts.example.com 300 TXT v=STSv1; id=1",
  ],
  "cloudflare 5: inner quotes": [
    "cloudflare_dns_record",
    { name: "_mta-sts.example.com", type: "TXT", content: STS, ttl: 1, zone_id: "c" },
    "_mta-sts.example.com 1 TXT v=STSv1; id=1",
  ],
  "cloudflare 4: value and priority": [
    "cloudflare_record",
    { name: "example.com", type: "MX", value: "mx1.example.com", content: null, priority: 5, zone_id: "c" },
    "example.com - MX 5 mx1.example.com",
  ],
  "google: full names with a dot": [
    "google_dns_record_set",
    { name: "_mta-sts.example.net.", type: "TXT", ttl: 60, rrdatas: ['"v=STSv1; " "id=g"'], managed_zone: "z" },
    "_mta-sts.example.net 60 TXT v=STSv1; id=g",
  ],
  "azure: blocks, preference as a text": [
    "azurerm_dns_mx_record",
    { name: "@", zone_name: "example.com", ttl: 60, record: [{ preference: "0", exchange: "mx1.example.net." }] },
    "example.com 60 MX 0 mx1.example.net",
  ],
  "azure: a CNAME is one text": [
    "azurerm_dns_cname_record",
    { name: "_mta-sts", zone_name: "example.com", ttl: 60, record: "_mta-sts.Example.net." },
    "_mta-sts.example.com 60 CNAME _mta-sts.example.net",
  ],
  "digitalocean: the zone is its domain": [
    "digitalocean_record",
    { name: "_mta-sts", domain: "example.com", type: "TXT", value: "v=STSv1; id=do", ttl: 30 },
    "_mta-sts.example.com 30 TXT v=STSv1; id=do",
  ],
  "hcloud: a target without a dot is the zone's": [
    "hcloud_zone_rrset",
    { name: "@", zone: "example.com", type: "MX", records: [{ value: "10 mx1" }, { value: "20 mx2.example.net." }] },
    "example.com - MX 10 mx1.example.com",
    "example.com - MX 20 mx2.example.net",
  ],
  "ovh: subdomain and fieldtype": [
    "ovh_domain_zone_record",
    { subdomain: "", zone: "example.com", fieldtype: "MX", target: "1 mx1.example.net.", ttl: 60 },
    "example.com 60 MX 1 mx1.example.net",
  ],
  "a name that begins like its zone is not the zone": [
    "digitalocean_record",
    { name: "example.com", domain: "example.com", type: "MX", value: "mx1.example.com.", priority: 1 },
    "example.com.example.com - MX 1 mx1.example.com",
  ],
  "null MX": ["aws_route53_record", aws("example.com", "MX", ["0 ."]), "example.com 300 MX 0 ."],
  "other types are passed over": ["aws_route53_record", aws("example.com", "A", ["192.0.2.1"])],
};

describe("resources", () => {
  test.each(Object.entries(READS))("%s", async (_, [type, after, ...records]) => {
    const reading = await readPlan([{ type, after }]);
    expect(linesOf(reading.records)).toEqual(records);
    expect(defectsOf(reading)).toEqual([]);
  });

  test("each value has its own place", async () => {
    const text = planOf([
      { type: "aws_route53_record", after: aws("example.com", "MX", ["10 a.example", "20 b.example"]) },
    ]);
    expect(placesOf(text, await read(text))).toEqual(['"10 a.example"', '"20 b.example"']);
  });
});

describe("before and after", () => {
  test("an update has both; what is kept is on both sides", async () => {
    const { records, before } = await readPlan([
      {
        type: "aws_route53_record",
        actions: ["update"],
        before: aws("_mta-sts.example.com", "TXT", ["v=STSv1; id=1"]),
        after: aws("_mta-sts.example.com", "TXT", ["v=STSv1; id=2"]),
      },
      {
        type: "aws_route53_record",
        name: "mx",
        actions: ["no-op"],
        before: aws("example.com", "MX", ["10 mx1.example.com"]),
        after: aws("example.com", "MX", ["10 mx1.example.com"]),
      },
    ]);
    expect(linesOf(before)).toEqual([
      "_mta-sts.example.com 300 TXT v=STSv1; id=1",
      "example.com 300 MX 10 mx1.example.com",
    ]);
    expect(linesOf(records)).toEqual([
      "_mta-sts.example.com 300 TXT v=STSv1; id=2",
      "example.com 300 MX 10 mx1.example.com",
    ]);
  });

  test("a removal stands only in before; what Terraform forgets stays published", async () => {
    const before = aws("_mta-sts.example.com", "TXT", ["v=STSv1; id=1"]);
    const removed = await readPlan([{ type: "aws_route53_record", actions: ["delete"], before }]);
    expect([linesOf(removed.records), linesOf(removed.before)]).toEqual([
      [],
      ["_mta-sts.example.com 300 TXT v=STSv1; id=1"],
    ]);
    const forgotten = await readPlan([{ type: "aws_route53_record", actions: ["forget"], before }]);
    expect([forgotten.records, forgotten.before]).toEqual([[], []]);
  });

  test("resources that stand only in the planned values, in any module", async () => {
    const resource = (address: string, id: string) => ({
      address,
      mode: "managed",
      type: "aws_route53_record",
      values: aws("_mta-sts.example.com", "TXT", [`v=STSv1; id=${id}`]),
    });
    const child = { resources: [resource("module.a.aws_route53_record.r", "2")] };
    const root_module = {
      resources: [resource("aws_route53_record.r", "1")],
      child_modules: [{ child_modules: [child] }],
    };
    const { records } = await readPlan([], { planned_values: { root_module } });
    expect(records.map(({ data }) => data)).toEqual(["v=STSv1; id=1", "v=STSv1; id=2"]);
  });
});

describe("what is not determined", () => {
  test("known after apply: as a whole, or one value of several", async () => {
    const { zone_id, name, type, ttl } = aws("_mta-sts.example.com", "TXT", []);
    const whole = await readPlan([
      { type: "aws_route53_record", after: { zone_id, name, type, ttl }, unknown: { records: true } },
    ]);
    expect(whole.records).toMatchObject([{ data: null, why: expect.stringContaining("terraform show -json") }]);
    const one = await readPlan([
      {
        type: "aws_route53_record",
        after: aws("example.com", "MX", ["10 mx1.example.com", null as unknown as string]),
        unknown: { records: [false, true] },
      },
    ]);
    expect(one.records.map(({ data }) => data)).toEqual(["10 mx1.example.com", null]);
  });

  test("a sensitive value is not read", async () => {
    const after = aws("_mta-sts.example.com", "TXT", ["v=STSv1; id=secret"]);
    const reading = await readPlan([{ type: "aws_route53_record", after, sensitive: { records: true } }]);
    expect(reading.records).toMatchObject([{ data: null, why: expect.stringContaining("sensitive") }]);
    expect(JSON.stringify(reading)).not.toContain("secret");
  });

  test("a relative name in a zone known only by its id stops the run where it changes, and is said where it does not", async () => {
    const after = { name: "@", type: "MX", value: "mx1.example.com", priority: 1, zone_id: "c" };
    const changed = await readPlan([{ type: "cloudflare_record", after }]);
    expect(changed.defects).toMatchObject([
      { concerns: true, message: expect.stringContaining("known only by its id") },
    ]);
    const kept = await readPlan([{ type: "cloudflare_record", actions: ["no-op"], before: after, after }]);
    expect([kept.defects, kept.records]).toEqual([[], []]);
    expect(kept.notes).toHaveLength(1);
  });

  test("a record resource that this version does not know", async () => {
    const after = { name: "_mta-sts", type: "TXT", value: "v=STSv1; id=1" };
    expect((await readPlan([{ type: "strange_dns_record", after }])).notes).toEqual([
      expect.stringContaining("strange_dns_record"),
    ]);
    expect((await readPlan([{ type: "strange_dns_record", after: { name: "www" } }])).notes).toEqual([]);
  });
});

describe("zones", () => {
  const relative = aws("_mta-sts", "TXT", ["v=STSv1; id=1"]);
  const owners = ({ records }: Reading) => records.map(({ owner }) => owner);

  test("a zone of the same plan, by its id", async () => {
    const zone = { type: "aws_route53_zone", actions: ["no-op"], before: { name: "example.com", zone_id: "Z1" } };
    const reading = await readPlan([
      { ...zone, after: zone.before },
      { type: "aws_route53_record", after: relative },
    ]);
    expect(owners(reading)).toEqual(["_mta-sts.example.com"]);
    expect(reading.zones).toEqual([{ name: "example.com", whole: false }]);
  });

  test("a zone that was looked up", async () => {
    const address = "data.aws_route53_zone.z";
    const values = { name: "example.com", zone_id: "Z1" };
    const data = { address, mode: "data", type: "aws_route53_zone", values };
    const prior_state = { values: { root_module: { resources: [data] } } };
    expect(owners(await readPlan([{ type: "aws_route53_record", after: relative }], { prior_state }))).toEqual([
      "_mta-sts.example.com",
    ]);
  });

  test("a zone that is made with the record, through modules and by index", async () => {
    const { zone_id: _, ...after } = relative;
    const zone = (index: string, name: string) => ({ type: "aws_route53_zone", name: "z", index, after: { name } });
    const record = (index: string) => ({
      type: "aws_route53_record",
      module: "module.mail",
      index,
      after,
      unknown: { zone_id: true },
    });
    const expressions = (references: readonly string[]) => ({ zone_id: { references } });
    const inner = {
      address: "aws_route53_record.r",
      type: "aws_route53_record",
      expressions: expressions(["var.zone_id"]),
    };
    const call = { expressions: expressions(["aws_route53_zone.z"]), module: { resources: [inner] } };
    const configuration = { root_module: { module_calls: { mail: { ...call } } } };
    const reading = await readPlan([zone("a", "example.com"), zone("b", "example.net"), record("a"), record("b")], {
      configuration,
    });
    expect(owners(reading)).toEqual(["_mta-sts.example.com", "_mta-sts.example.net"]);
  });

  test("the full name that the provider computed tells the zone, also for others in it", async () => {
    const before = { ...relative, fqdn: "_mta-sts.example.co.uk" };
    const reading = await readPlan([
      { type: "aws_route53_record", actions: ["no-op"], before, after: before },
      { type: "aws_route53_record", name: "mx", after: aws("", "MX", ["1 mx1.example.co.uk"]) },
    ]);
    expect(owners(reading)).toEqual(["_mta-sts.example.co.uk", "example.co.uk"]);
  });

  test("references in a circle come to nothing", async () => {
    const many = (reference: string) => ({ references: Array.from({ length: 50 }, () => reference) });
    const resource = {
      address: "aws_route53_record.r",
      type: "aws_route53_record",
      expressions: { zone_id: many("var.v") },
    };
    const module = { resources: [resource], outputs: { o: { expression: many("var.v") } } };
    const configuration = { root_module: { module_calls: { a: { expressions: { v: many("module.a.o") }, module } } } };
    const change = { type: "aws_route53_record", module: "module.a", after: aws("www", "MX", []) };
    expect((await readPlan([change], { configuration })).zones).toEqual([]);
  });
});

describe("files that are no plan", () => {
  test.each([
    ["a state", '{"format_version":"1.0","values":{"root_module":{}}}', "a state"],
    ["a log", '{"@level":"info","@message":"x"}\n{"@level":"info"}', "log"],
    ["a plan that failed", '{"format_version":"1.2","planned_values":{},"errored":true}', "error"],
    ["a plan that is cut", '{"format_version":"1.2","planned_values":{"root', "JSON"],
  ])("%s stops the run", async (_, text, message) => {
    const { defects } = await read(text);
    expect(defects).toMatchObject([{ concerns: true }]);
    expect(defects[0]?.message).toMatch(new RegExp(message === "JSON" ? "string is not closed" : message));
  });

  test("an MX that is none stops the run; a text that is none is passed over where it is not ours", async () => {
    const mx = await readPlan([{ type: "aws_route53_record", after: aws("example.com", "MX", ["mx1.example.com"]) }]);
    expect(mx.defects).toMatchObject([{ concerns: true }]);
    const text = await readPlan([{ type: "aws_route53_record", after: aws("a.example.com", "TXT", ['"a" b']) }]);
    expect(text.defects).toMatchObject([{ concerns: false }]);
  });
});

describe("any text", () => {
  test("never throws, and every place lies inside the file", async () => {
    const json = fc.json({ maxDepth: 6 });
    const names = fc.constantFrom("@", "", "_mta-sts", "_mta-sts.example.com", "a..b", "\\", '"');
    const after = fc.record({
      name: names,
      type: fc.constantFrom("TXT", "MX", "CNAME"),
      records: fc.jsonValue(),
      zone_id: names,
    });
    const plan = fc
      .array(after, { maxLength: 4 })
      .map((all) => planOf(all.map((one) => ({ type: "aws_route53_record", after: one }))));
    await fc.assert(
      fc.asyncProperty(fc.oneof(plan, json, fc.string()), fc.nat(), async (text, at) => {
        for (const some of [text, text.slice(0, at % (text.length + 1))])
          expectInside(some, await terraformPlan.read({ path: "p", text: some }, { include: async () => undefined }));
      }),
      { numRuns: 300 },
    );
  });

  test("much of it is read in time", async () => {
    const address = (at: number) => ({
      address: `aws_instance.i${at}`,
      type: "aws_instance",
      values: { user_data: "x".repeat(200) },
    });
    const resources = Array.from({ length: 30_000 }, (_, at) => address(at));
    const { records } = await readPlan([], { planned_values: { root_module: { resources } } });
    expect(records).toEqual([]);
  });
});

describe.runIf(corpus)("corpus", () => {
  for (const sample of samplesOf("terraform-plan-json"))
    test(sample.id, async () => {
      const { records, before, defects } = await read(sampleText("terraform-plan-json", sample.files[0] as string));
      expect(defects).toEqual([]);
      for (const wanted of sample.expect) {
        expectExtraction(records, wanted);
        if (wanted.before) expectExtraction(before ?? [], wanted.before);
      }
    });
});
