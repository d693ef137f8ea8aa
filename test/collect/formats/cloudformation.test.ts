import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Reading } from "../../../src/collect/format.ts";
import { cloudformation } from "../../../src/collect/formats/cloudformation.ts";
import { cutOf, expectSample, filesOf, lines, outsideSpans, readAll, samplesOf } from "./corpus.ts";

const PATH = "stacks/mail.yaml";

async function read(text: string): Promise<Reading> {
  const [reading] = await readAll(cloudformation, { [PATH]: text }, undefined, false);
  if (!reading) throw new Error("nothing was read");
  return reading;
}

/** A template with one TXT record at `_mta-sts.example.com`, whose value is `value`. */
const withValue = (value: string, before = ""): string =>
  `${before}Resources:\n  Sts:\n    Type: AWS::Route53::RecordSet\n    Properties:\n      Name: _mta-sts.example.com.\n      Type: TXT\n      TTL: 300\n      ResourceRecords: ${value}\n`;

const PARAMETERS = `Parameters:
  Id: {Type: String, Default: '7'}
  Ids: {Type: CommaDelimitedList, Default: '"v=STSv1; id=1","x"'}
  Open: {Type: String}
  Kept: {Type: 'AWS::SSM::Parameter::Value<String>', Default: /sts/id}
  Secret: {Type: String, Default: s, NoEcho: true}
Mappings:
  ById: {Main: {Sts: '"v=STSv1; id=9"'}}
`;

// What each row shows: an expression, and the text it comes to; null: it is not determined.
const VALUES: Record<string, [expression: string, text: string | null]> = {
  "a literal": [`['"v=STSv1; id=1"']`, "v=STSv1; id=1"],
  "two strings": [`['"v=STSv1; " "id=1"']`, "v=STSv1; id=1"],
  "an octal escape": [`['"v=STSv1\\073 id=1"']`, "v=STSv1; id=1"],
  "!Sub with a default": [`[!Sub '"v=STSv1; id=\${Id}"']`, "v=STSv1; id=7"],
  "Fn::Sub with values of its own": [`[{"Fn::Sub": ['"\${A}-\${Id}"', {A: !Ref Id}]}]`, "7-7"],
  "!Join": [`[!Join ['', ['"v=STSv1; id=', !Ref Id, '"']]]`, "v=STSv1; id=7"],
  "!Select of !Split": [`[!Select [1, !Split ['|', 'a|"b"']]]`, "b"],
  "!FindInMap": ["[!FindInMap [ById, Main, Sts]]", "v=STSv1; id=9"],
  "!Select of a list parameter": ["[!Select [0, !Ref Ids]]", "v=STSv1; id=1"],
  "a parameter without a default": [`[!Sub '"\${Open}"']`, null],
  "a parameter whose default is a name": ["[!Ref Kept]", null],
  "a secret": ["[!Ref Secret]", null],
  "a pseudo parameter": [`[!Sub '"\${AWS::Region}"']`, null],
  "an import": ["[!ImportValue sts-id]", null],
  "an attribute": [`[!Sub ['"\${A}"', {A: !GetAtt Hash.Value}]]`, null],
  "a condition": [`[!If [IsProd, '"a"', '"b"']]`, null],
  "a function that is not known": ["[{'Fn::Later': x}]", null],
  "a whole list from elsewhere": ["!Ref Open", null],
};

describe("values", () => {
  for (const [name, [expression, text]] of Object.entries(VALUES))
    test(name, async () => {
      const { records, defects } = await read(withValue(expression, PARAMETERS));
      expect(defects).toEqual([]);
      expect(records).toMatchObject([{ owner: "_mta-sts.example.com", type: "TXT", ttl: 300, data: text }]);
      if (text === null) expect(records[0]?.why).toContain("describe-change-set");
    });

  test("defaults are named", async () => {
    const { notes } = await read(withValue(`[!Sub '"v=STSv1; id=\${Id}"']`, PARAMETERS));
    expect(notes).toEqual([`${PATH}: the defaults of Id are taken; a deployment may override them`]);
  });

  test("the span is the value; of a !Ref, the default", async () => {
    const sub = withValue(`[!Sub '"v=STSv1; id=\${Id}"']`, PARAMETERS);
    expect(cutOf(sub, await read(sub))).toBe(`'"v=STSv1; id=\${Id}"'`);
    const whole = PARAMETERS.replace("'7'", `'"v=STSv1; id=7"'`);
    const ref = withValue("[!Ref Id]", whole);
    expect(cutOf(ref, await read(ref))).toBe(`'"v=STSv1; id=7"'`);
  });
});

describe("a template", () => {
  test("groups, and the zone's name", async () => {
    const reading = await read(`${PARAMETERS}Resources:
  Zone: {Type: AWS::Route53::HostedZone, Properties: {Name: Example.org.}}
  Mail:
    Type: AWS::Route53::RecordSetGroup
    Condition: Prod
    Properties:
      HostedZoneId: !Ref Zone
      RecordSets:
      - {Name: example.org, Type: MX, TTL: '60', ResourceRecords: [10 mx1.example.org, 20 MX2.example.org.]}
      - {Name: www.example.org, Type: A, AliasTarget: {DNSName: x.}}
      - {Name: '\\137mta-sts.example.org', Type: CNAME, TTL: !Ref Open, ResourceRecords: [_mta-sts.example.net]}
`);
    expect(lines(reading)).toEqual([
      "example.org 60 MX 10 mx1.example.org",
      "example.org 60 MX 20 mx2.example.org",
      "_mta-sts.example.org - CNAME _mta-sts.example.net",
    ]);
    expect(reading.zones).toEqual([{ name: "example.org", whole: false }]);
    expect(reading.notes).toEqual([`${PATH}:12: published only where the condition Prod holds`]);
  });

  test("JSON, with HostedZoneName", async () => {
    const properties = {
      HostedZoneName: "example.com.",
      Name: "_mta-sts.example.com",
      Type: "TXT",
      ResourceRecords: [{ "Fn::Join": ["", ['"v=', 'STSv1"']] }],
    };
    const text = JSON.stringify(
      { Resources: { A: { Type: "AWS::Route53::RecordSet", Properties: properties } } },
      null,
      "\t",
    );
    expect(cloudformation.recognises({ path: "cdk.out/a.template.json", text })).toBe(true);
    const reading = await read(text);
    expect(lines(reading)).toEqual(["_mta-sts.example.com - TXT v=STSv1"]);
    expect(reading.zones).toEqual([{ name: "example.com", whole: false }]);
    expect(cutOf(text, reading)).toMatch(/^\[[\s\S]*STSv1\\""\s*\]\s*\]$/);
  });

  test("a name that is not determined is noted, with the command that shows it", async () => {
    const { records, notes, defects } = await read(
      withValue("[a]").replace("_mta-sts.example.com.", "!Join ['.', [_mta-sts, !ImportValue domain]]"),
    );
    expect([records, defects]).toEqual([[], []]);
    expect(notes).toEqual([expect.stringMatching(/:5: the name .*!ImportValue.*describe-change-set/)]);
  });

  test.each([
    ["a value without quotes", withValue("[v=STSv1]"), 8, true],
    ["an MX without preference", withValue("[mx.]").replace("TXT", "MX"), 8, true],
    ["no values", withValue("[]").replace(/ *ResourceRecords.*\n/, ""), 5, true],
    ["no name", withValue(`['"a"']`).replace("_mta-sts.example.com.", "a..b").replace("TXT", "MX"), 5, true],
    ["a resource twice", `${withValue(`['"a"']`)}  Sts: {Type: X}\n`, 2, true],
    ["no YAML", `${withValue(`['"a"']`)}  x: [`, 9, true],
  ])("%s is a fault", async (_, text, startLine, concerns) => {
    const { defects } = await read(text);
    expect(defects[0]).toMatchObject({ concerns, location: { span: { startLine } } });
  });

  test.each([
    ['{"ResourceRecordSets": []}', false],
    ["'':\n  type: MX\n", false],
    ["Resources:\n- a\n", false],
    [withValue("[a]"), true],
    ["AWSTemplateFormatVersion: 2010-09-09\nResources: {B: {Type: 'AWS::S3::Bucket'}}", true],
    ['{"Resources":{"A":{"Type":"AWS::S3::Bucket"}}}', true],
  ])("%j", (text, yes) => expect(cloudformation.recognises({ path: PATH, text })).toBe(yes));
});

describe("any text", () => {
  const piece = fc.constantFrom(
    "Resources:\n",
    " A:\n",
    "  Type: AWS::Route53::RecordSet\n",
    "  Properties:\n",
    "   Name: ",
    "   Type: ",
    "   ResourceRecords: ",

    "!Sub ",
    "!Ref ",
    "!Join ",
    "!Select ",
    "!Split ",
    "Fn::Sub: ",
    "${",
    "}",
    "a.b",
    "MX",
    "TXT",
    "[",
    "]",
    "{",
    "}",
    "\n",
    ", ",
    '"',
    "'",
  );
  const text = fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 30 }).map((parts) => parts.join(""));

  test("never throws, and every span lies inside its file", async () => {
    await fc.assert(
      fc.asyncProperty(text, fc.boolean(), async (rest, whole) => {
        const main = whole ? withValue(rest, PARAMETERS) : rest;
        cloudformation.recognises({ path: PATH, text: main });
        expect(outsideSpans({ [PATH]: main }, [await read(main)])).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("substitutions that multiply are bounded", async () => {
    const nested = Array.from({ length: 14 }).reduce<string>(
      (inner) => `!Sub ['${"${A}".repeat(20)}', {A: ${inner}}]`,
      "x",
    );
    const started = performance.now();
    const { records } = await read(withValue(`[${nested}]`));
    expect(records).toMatchObject([{ data: null }]);
    for (const bit of ["\n", ",", " ", "Resources", "${"]) {
      cloudformation.recognises({ path: PATH, text: bit.repeat(200_000) });
      await read(withValue(`[!Sub '${bit.repeat(20_000)}']`));
    }
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

const corpus = process.env["CORPUS"];
describe.runIf(corpus)("corpus", () => {
  const folder = join(corpus ?? "", "dns", "cloudformation-route53");
  // A change batch and a listing of Route 53 are another format's.
  const templates = (corpus ? samplesOf(folder) : []).filter((sample) =>
    Object.values(filesOf(folder, sample)).some((text) => text.includes("AWS::Route53")),
  );
  for (const sample of templates)
    test(sample.id, async () => expectSample(await readAll(cloudformation, filesOf(folder, sample)), sample));
});
