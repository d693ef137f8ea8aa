import { describe, expect, test } from "vitest";
import { withSource } from "../../src/collect/record-source.ts";
import type { Side } from "../../src/collect/side.ts";
import { fixedText } from "../../src/fix.ts";
import type { ProposedRecord } from "../../src/proposal.ts";

interface Lines {
  readonly id?: string;
  readonly startLine?: number;
  readonly endLine?: number;
}

async function source(text: string, { id = "OLD", startLine = 1, endLine = startLine }: Lines = {}) {
  const side: Side = {
    name: "proposed",
    paths: new Set(["f"]),
    text: async () => text,
    bytes: async () => Buffer.from(text),
  };
  const span = { startLine, startColumn: 1, endLine, endColumn: 2 };
  const record: ProposedRecord = {
    owner: "_mta-sts.example.com",
    type: "TXT",
    data: `v=STSv1; id=${id}`,
    ttl: null,
    location: { kind: "file", path: "f", span },
  };
  const found = await withSource(side, { kind: "said", value: [record] });
  return found.kind === "said" ? found.value[0]?.idSource : undefined;
}

describe("the id is found where it is written", () => {
  test.each([
    ["a zone file", '_mta-sts TXT "v=STSv1; id=OLD;"\n', '_mta-sts TXT "v=STSv1; id=NEW;"\n'],
    ["escaped semicolons", "_mta-sts TXT v=STSv1\\;id=OLD\\;\n", "_mta-sts TXT v=STSv1\\;id=NEW\\;\n"],
    ["YAML", "value: 'v=STSv1\\; id=OLD'\r\n", "value: 'v=STSv1\\; id=NEW'\r\n"],
    ["JSON", '{"data":"\\"v=STSv1; id=OLD\\""}', '{"data":"\\"v=STSv1; id=NEW\\""}'],
    ["an id of its own", "record: { id: OLD }\n", "record: { id: NEW }\n"],
    [
      "the same letters elsewhere on the line",
      'OLD TXT "v=STSv1; id=OLD" ; OLDER\n',
      'OLD TXT "v=STSv1; id=NEW" ; OLDER\n',
    ],
    ["an id that is none", '_mta-sts TXT "v=STSv1; id=a-b"', '_mta-sts TXT "v=STSv1; id=NEW"'],
  ])("%s", async (title, text, wanted) => {
    const found = await source(text, { id: title === "an id that is none" ? "a-b" : "OLD" });
    expect(found).toBeDefined();
    expect(fixedText(text, found ? [{ span: found.span, text: "NEW" }] : [])).toBe(wanted);
    expect(text).toContain(found?.lines);
  });

  test("on one of several lines", async () => {
    const found = await source('a TXT (\n"v=STSv1;"\n" id=OLD" )\n', { startLine: 1, endLine: 3 });
    expect(found).toEqual({ span: { startLine: 3, startColumn: 6, endLine: 3, endColumn: 9 }, lines: '" id=OLD" )' });
  });
});

describe("nothing is said where it is not sure", () => {
  test.each([
    ["the id in two strings", '_mta-sts TXT "v=STSv1; id=O" "LD"\n'],
    ["twice on the line", 'a TXT "id=OLD" ; was id=OLD\n'],
    ["a longer word", 'a TXT "id=OLDER"\n'],
    [
      "a file that a tool made",
      '{"format_version":"1.2","planned_values":{"a":"v=STSv1; id=OLD"},"resource_changes":[]}',
    ],
    ["on another line", '\n_mta-sts TXT "v=STSv1; id=OLD"\n'],
    ["a line that is too long to show", `_mta-sts TXT "v=STSv1; id=OLD" ; ${"x".repeat(500)}\n`],
  ])("%s", async (_, text) => expect(await source(text)).toBeUndefined());
});
