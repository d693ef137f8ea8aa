import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Reading } from "../../../src/collect/format.ts";
import { terraformHcl } from "../../../src/collect/formats/terraform-hcl.ts";
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

const read = (text: string): Promise<Reading> => readAs(terraformHcl, text, { path: "dns/mail.tf" });

const resource = (type: string, body: string, name = "r") => `resource "${type}" "${name}" {\n${body}\n}\n`;
const record = (body: string) => resource("aws_route53_record", `  zone_id = "Z1"\n  ttl = 300\n${body}`);
const sts = (value: string) => record(`  name = "_mta-sts.example.com"\n  type = "TXT"\n  records = ${value}`);

// What each row shows: the text, and the records it publishes.
const READS: Record<string, [text: string, ...records: string[]]> = {
  "several values, comments, trailing commas": [
    record(
      '  name = "example.com" # apex\n  type = "MX" // mail\n  records = [\n    "10 mx1.example.com", /* first */\n    "20 mx2.example.net.",\n  ]',
    ),
    "example.com 300 MX 10 mx1.example.com",
    "example.com 300 MX 20 mx2.example.net",
  ],
  escapes: [sts('["v=STSv1; \\"\\"id=\\u0031"]'), "_mta-sts.example.com 300 TXT v=STSv1; id=1"],
  "a dollar that opens nothing": [
    sts('["v=STSv1; id=$${x}"]'),
    "_mta-sts.example.com 300 TXT ? a placeholder in it is filled in when it is deployed",
  ],
  "cloudflare: a zone by its id, inner quotes": [
    resource(
      "cloudflare_dns_record",
      '  zone_id = var.zone\n  name = "_mta-sts.example.com"\n  type = "TXT"\n  content = "\\"v=STSv1; id=1\\""\n  ttl = 1',
    ) +
      resource(
        "cloudflare_dns_record",
        '  zone_id = var.zone\n  name = "@"\n  type = "MX"\n  content = "mx1.example.com"\n  priority = 10\n  ttl = 1',
      ),
    "_mta-sts.example.com 1 TXT v=STSv1; id=1",
    "example.com 1 MX 10 mx1.example.com",
  ],
  "azure: nested blocks": [
    resource(
      "azurerm_dns_mx_record",
      '  name = "@"\n  zone_name = "example.com"\n  ttl = 60\n  record {\n    preference = 10\n    exchange = "mx1.example.net."\n  }\n  record {\n    preference = "20"\n    exchange = "mx2.example.net"\n  }',
    ),
    "example.com 60 MX 10 mx1.example.net",
    "example.com 60 MX 20 mx2.example.net",
  ],
  "hcloud: a function that only quotes": [
    resource(
      "hcloud_zone_rrset",
      '  zone = "example.com"\n  name = "_mta-sts"\n  type = "TXT"\n  records = [{ value = provider::hcloud::txt_record("v=STSv1; id=h") }]',
    ),
    "_mta-sts.example.com - TXT v=STSv1; id=h",
  ],
  "a zone of the same file, managed or looked up": [
    'data "aws_route53_zone" "z" {\n  name = "example.com."\n}\n' +
      resource(
        "aws_route53_record",
        '  zone_id = data.aws_route53_zone.z.zone_id\n  name = "_mta-sts"\n  type = "TXT"\n  ttl = 60\n  records = ["v=STSv1; id=1"]',
      ),
    "_mta-sts.example.com 60 TXT v=STSv1; id=1",
  ],
  "locals and names of zones that are literals": [
    'locals {\n  id = "7"\n}\nresource "azurerm_dns_zone" "z" {\n  name = "example.com"\n}\n' +
      resource(
        "azurerm_dns_txt_record",
        '  name = "_mta-sts"\n  zone_name = azurerm_dns_zone.z.name\n  ttl = 60\n  record {\n    value = "v=STSv1; id=${local.id}"\n  }',
      ),
    "_mta-sts.example.com 60 TXT v=STSv1; id=7",
  ],
  "an attribute on one line with its block": [
    'resource "aws_route53_record" "r" { zone_id = "Z1" }\n' + sts('["v=STSv1; id=1"]'),
    "_mta-sts.example.com 300 TXT v=STSv1; id=1",
  ],
  "comments, here documents and other blocks": [
    '# resource "x" "y" {\n/* } */\nvariable "a" {\n  default = <<-EOT\n  resource "aws_route53_record" {\n  EOT\n}\n' +
      sts('["v=STSv1; id=1"]'),
    "_mta-sts.example.com 300 TXT v=STSv1; id=1",
  ],
};

describe("literals", () => {
  test.each(Object.entries(READS))("%s", async (_, [text, ...records]) => {
    const reading = await read(text);
    expect(linesOf(reading.records)).toEqual(records);
    expect(defectsOf(reading)).toEqual([]);
  });

  test("each value has its place, and the report says that the rest was not read", async () => {
    const text = record('  name = "example.com"\n  type = "MX"\n  records = ["1 a.example", "2 b.example"]');
    const reading = await read(text);
    expect(placesOf(text, reading)).toEqual(['"1 a.example"', '"2 b.example"']);
    expect(reading.notes).toEqual([expect.stringContaining("dns/mail.tf was read as far as its values are literal")]);
  });
});

describe("what is not determined", () => {
  test.each([
    ["a function", '["v=STSv1; id=${md5(local.policy)}"]', "an expression decides it"],
    ["a call outside of quotes", "[md5(x)]", "md5(…) computes it"],
    ["a variable", "[var.record]", "var.record decides it"],
    ["a variable in a text", '["v=STSv1; id=${var.id}"]', "var.id decides it"],
    ["an index", "[local.all[0].text]", "local.all.text decides it"],
    ["a condition", 'var.on ? ["a"] : ["b"]', "an expression computes it"],
    ["a for expression", "[for x in local.all : x]", "a for expression computes it"],
    ["arithmetic", '["a" + 1]', "an expression computes it"],
  ])("%s", async (_, value, why) => {
    const { records, defects } = await read(sts(value));
    expect(records).toMatchObject([{ owner: "_mta-sts.example.com", data: null, why: expect.stringContaining(why) }]);
    expect(records[0]?.why).toContain("terraform show -json");
    expect(defects).toEqual([]);
  });

  test.each(["count = var.on ? 1 : 0", "for_each = local.domains"])("%s: whether it exists", async (line) => {
    const { records } = await read(
      record(`  ${line}\n  name = "_mta-sts.example.com"\n  type = "TXT"\n  records = ["v=STSv1; id=1"]`),
    );
    expect(records).toMatchObject([{ data: null, why: expect.stringContaining("decides whether it exists") }]);
  });

  test("a dynamic block", async () => {
    const body =
      '  name = "@"\n  zone_name = "example.com"\n  dynamic "record" {\n    for_each = var.mx\n    content {}\n  }';
    const { records } = await read(resource("azurerm_dns_mx_record", body));
    expect(records).toMatchObject([{ owner: "example.com", data: null, why: expect.stringContaining("dynamic") }]);
  });

  test.each([
    [
      "a name with a variable",
      record('  name = "_mta-sts.${var.domain}"\n  type = "TXT"\n  records = ["v=STSv1; id=1"]'),
    ],
    ["the name of an MX", record('  name = var.domain\n  type = "MX"\n  records = ["1 a.example"]')],
    [
      "a zone that is known only by its id",
      resource(
        "cloudflare_record",
        '  zone_id = var.z\n  name = "_mta-sts"\n  type = "TXT"\n  value = "v=STSv1; id=1"',
      ),
    ],
    ["an argument of a module", 'module "dns" {\n  records = [{ name = "_mta-sts", data = "v=STSv1; id=1" }]\n}\n'],
  ])("%s: said, for no known domain", async (_, text) => {
    const { records, notes, defects } = await read(text);
    expect([records, defects]).toEqual([[], []]);
    expect(notes.filter((note) => /^dns\/mail\.tf:[0-9]+: .*terraform show -json/.test(note))).toHaveLength(1);
  });

  test("records of other names are nobody's concern", async () => {
    const { notes } = await read(record('  name = "www.${var.domain}"\n  type = "TXT"\n  records = ["x"]'));
    expect(notes).toHaveLength(1);
  });
});

describe("what is wrong", () => {
  test.each([
    ["a bracket that is not closed", sts('["v=STSv1; id=1"')],
    ["a quotation mark that is not closed", sts('["v=STSv1; id=1]')],
    ["a brace that is not closed", sts('["v=STSv1; id=1"]').replace(/\}\n$/, "")],
    ["an MX that is none", record('  name = "example.com"\n  type = "MX"\n  records = ["mx1.example.com"]')],
  ])("%s stops the run", async (_, text) => {
    expect(defectsOf(await read(text)).filter((line) => line.startsWith("!"))).toHaveLength(1);
  });

  test("a broken file that is not about mail stops nothing", async () => {
    expect(defectsOf(await read('resource "aws_instance" "i" {\n  ami = "x\n}\n'))).toEqual([
      expect.stringMatching(/^2 .*no HCL/),
    ]);
  });
});

describe("recognised", () => {
  test.each([
    ["a module call", 'module "a" {\n  source = "./a"\n}\n', "main.tf", true],
    ["blocks without labels", "locals {\n}\n", "x", true],
    ["nothing but comments", "# later\n", "main.tf", true],
    ["prose", "This resource is a record.\n", "README", false],
    ["JSON", '{"resource": {}}', "main.tf.json", false],
  ])("%s", (_, text, path, wanted) => expect(terraformHcl.recognises({ path, text })).toBe(wanted));
});

describe("any text", () => {
  test("never throws, and every place lies inside the file", async () => {
    const words = [
      '"',
      "${",
      "}",
      "{",
      "[",
      "]",
      "(",
      ")",
      "=",
      "\n",
      "<<EOT\n",
      "EOT",
      "for",
      "%{",
      "\\",
      "#",
      "/*",
      "*/",
      ".",
      ",",
      "name",
      '"_mta-sts.example.com"',
    ];
    const soup = fc.array(fc.constantFrom(...words), { maxLength: 40 }).map((all) => all.join(" "));
    const inside = soup.map((text) => sts(text));
    await fc.assert(
      fc.asyncProperty(fc.oneof(soup, inside, fc.string()), async (text) => {
        expectInside(text, await terraformHcl.read({ path: "p", text }, { include: async () => undefined }));
      }),
      { numRuns: 400 },
    );
  });

  test.each([
    ["brackets", "[".repeat(200_000)],
    ["templates that are not closed", '"${\n'.repeat(100_000)],
    ["templates in templates", '"${'.repeat(100_000)],
    ["blocks", "a {\n".repeat(100_000)],
    ["names", "a ".repeat(200_000)],
    ["here documents", "<<A\n".repeat(100_000)],
    ["nested blocks of one type", resource("azurerm_dns_mx_record", "record {\n}\n".repeat(50_000))],
  ])("%s without end are read in time", async (_, text) => {
    const started = performance.now();
    await terraformHcl.read({ path: "p", text: `locals {}\n${text}` }, { include: async () => undefined });
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

describe.runIf(corpus)("corpus: sources of the plans", () => {
  for (const sample of samplesOf("terraform-plan-json").filter(({ files }) =>
    files.includes(`${files[0]?.slice(0, 3)}/main.tf`),
  ))
    test(sample.id, async () => {
      const { records, defects } = await read(sampleText("terraform-plan-json", `${sample.id}/main.tf`));
      expect(defects).toEqual([]);
      // 004 and 009 compute their names, so only what is literal there can be compared.
      const computed = new Set(["004", "009"]);
      for (const wanted of sample.expect) if (!computed.has(sample.id)) expectExtraction(records, wanted);
    });
});
