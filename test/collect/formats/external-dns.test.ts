import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Reading } from "../../../src/collect/format.ts";
import { externalDns } from "../../../src/collect/formats/external-dns.ts";
import { cutOf, expectSample, filesOf, lines, outsideSpans, readAll, samplesOf } from "./corpus.ts";

const PATH = "manifests/mail.yaml";

const manifest = (...endpoints: readonly string[]): string =>
  `apiVersion: externaldns.k8s.io/v1alpha1\nkind: DNSEndpoint\nmetadata: {name: mail}\nspec:\n  endpoints:\n${endpoints
    .map((endpoint) => `  - ${endpoint}\n`)
    .join("")}`;

async function read(text: string): Promise<Reading> {
  const [reading] = await readAll(externalDns, { [PATH]: text }, undefined, false);
  if (!reading) throw new Error("nothing was read");
  return reading;
}

const STS = "{dnsName: _mta-sts.example.com, recordType: TXT, recordTTL: 300, targets: ['v=STSv1; id=1']}";

// What each row shows: the manifest, and the records it publishes.
const READS: Record<string, [text: string, ...records: string[]]> = {
  "a plain target": [manifest(STS), "_mta-sts.example.com 300 TXT v=STSv1; id=1"],
  "quotes inside the target": [
    manifest(`{dnsName: _mta-sts.Example.com., recordType: TXT, targets: ['"v=STSv1; " "id=2"']}`),
    "_mta-sts.example.com - TXT v=STSv1; id=2",
  ],
  "MX, with and without the final dot": [
    manifest(
      "dnsName: example.com\n    recordType: MX\n    targets:\n    - 10 mx1.example.com\n    - 20 MX2.example.com.",
    ),
    "example.com - MX 10 mx1.example.com",
    "example.com - MX 20 mx2.example.com",
  ],
  "several documents, and a list": [
    `kind: Namespace\n---\nkind: List\nitems:\n- kind: DNSEndpoint\n  spec: {endpoints: [${STS}]}\n- kind: Service\n---\n${manifest("{dnsName: example.com, recordType: CNAME, targets: [example.net.]}")}`,
    "_mta-sts.example.com 300 TXT v=STSv1; id=1",
    "example.com - CNAME example.net",
  ],
  JSON: [
    '{"kind": "DNSEndpoint", "spec": {"endpoints": [{"dnsName": "example.com", "recordType": "MX", "targets": ["0 ."]}]}}',
    "example.com - MX 0 .",
  ],
  "other types": [
    manifest("{dnsName: example.com, recordType: A, targets: [192.0.2.1]}", "{dnsName: x, recordType: SRV}"),
  ],
};

describe("a manifest", () => {
  for (const [name, [text, ...records]] of Object.entries(READS))
    test(name, async () => {
      expect(externalDns.recognises({ path: PATH, text })).toBe(true);
      const reading = await read(text);
      expect(lines(reading)).toEqual(records);
      expect(reading).toMatchObject({ defects: [], zones: [], notes: [] });
    });

  test("the span is the target", async () => {
    const text = manifest(STS);
    expect(cutOf(text, await read(text))).toBe("'v=STSv1; id=1'");
  });

  test.each([
    "kind: Service\n",
    "'':\n  type: MX\n",
    "Resources: {}\n",
    "We use kind: DNSEndpoint.\n",
    "# kind: DNSEndpoint",
  ])("%j is none", (text) => expect(externalDns.recognises({ path: PATH, text })).toBe(false));
});

describe("a fault", () => {
  const broken: readonly [text: string, line: number, concerns: boolean][] = [
    [manifest("{dnsName: example.com, recordType: MX, targets: [mx.example.com]}"), 6, true],
    [manifest("{dnsName: example.com, recordType: MX}"), 6, true],
    [manifest("{dnsName: www.example.com, recordType: TXT}"), 6, false],
    [manifest("{recordType: MX, targets: [10 mx.]}"), 6, true],
    [manifest("{dnsName: _mta-sts.example.com, targets: [a]}"), 6, true],
    [manifest("{dnsName: a..b, recordType: MX, targets: [10 mx.]}"), 6, true],
    [manifest("{dnsName: a, dnsName: b, recordType: MX, targets: [10 mx.]}"), 6, true],
    [manifest("{dnsName: _mta-sts.example.com, recordType: TXT, targets: ['\"a']}"), 6, true],
    [`${manifest(STS)}  x: [`, 7, true],
  ];
  for (const [text, startLine, concerns] of broken)
    test(text.split("\n").slice(5).join(" "), async () => {
      const { defects } = await read(text);
      expect(defects[0]).toMatchObject({ concerns, location: { span: { startLine } } });
    });
});

describe("a template", () => {
  test("what is literal in it is read, what is not says why", async () => {
    const text = manifest(
      STS,
      '{dnsName: example.com, recordType: MX, targets: ["10 {{ .Values.mx }}"]}',
      "dnsName: _mta-sts.{{ .Values.domain }}\n    recordType: TXT\n    targets: [a]",
    ).replace("name: mail", 'name: {{ include "x" . }}-mail');
    const reading = await read(`{{- if .Values.mail }}\n${text}{{- end }}\n`);
    expect(lines(reading)).toEqual(["_mta-sts.example.com 300 TXT v=STSv1; id=1", "example.com - MX null"]);
    expect(reading.records[1]?.why).toContain("helm template");
    expect(reading.defects).toEqual([]);
    expect(reading.notes).toEqual([
      expect.stringContaining(`${PATH}: a template`),
      expect.stringMatching(/^manifests\/mail.yaml:9: .*only determined/),
    ]);
    expect(cutOf(`{{- if .Values.mail }}\n${text}`, reading)).toBe("'v=STSv1; id=1'");
  });

  test("one that is no YAML is noted, and no fault", async () => {
    const reading = await read("kind: DNSEndpoint\nspec:\n{{ .x }}: [\n");
    expect(reading.defects).toEqual([]);
    expect(reading.notes.join()).toContain("no YAML before");
  });
});

describe("any text", () => {
  const piece = fc.constantFrom(
    "kind: DNSEndpoint\n",
    "spec:\n",
    "  endpoints:\n",
    "  - ",
    "dnsName: ",
    "recordType: ",
    "targets: ",
    "MX",
    "TXT",

    "_mta-sts.a",
    "10 mx.",
    "{{",
    "}}",
    "{{- end }}",
    "\n",
    "[",
    "]",
    "{",
    "}",
    '"',
    "---\n",
    "&a ",
    "*a ",
    "<<: ",
    "\uFEFF",
  );
  const text = fc.array(fc.oneof(piece, fc.string({ maxLength: 3 })), { maxLength: 30 }).map((parts) => parts.join(""));

  test("never throws, and every span lies inside its file", async () => {
    await fc.assert(
      fc.asyncProperty(text, async (main) => {
        externalDns.recognises({ path: PATH, text: main });
        expect(outsideSpans({ [PATH]: main }, [await read(main)])).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test("hostile text is read in time", async () => {
    const started = performance.now();
    for (const bit of ["\n", " ", "{{", "}}", "kind", "kind: ", ",", "- "]) {
      const text = `kind: DNSEndpoint\n${bit.repeat(5000)}`;
      externalDns.recognises({ path: PATH, text: bit.repeat(200_000) });
      await read(text);
    }
    expect(performance.now() - started).toBeLessThan(3000);
  });
});

const corpus = process.env["CORPUS"];
describe.runIf(corpus)("corpus", () => {
  const folder = join(corpus ?? "", "dns", "external-dns");
  for (const sample of corpus ? samplesOf(folder) : [])
    test(sample.id, async () => expectSample(await readAll(externalDns, filesOf(folder, sample)), sample));
});
