import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { parseStsRecord, printStsRecord, selectStsRecord } from "../../src/protocol/sts-record.ts";
import { type Vector, vectors } from "./vectors.ts";

interface RecordVector extends Vector {
  readonly input: readonly (readonly string[])[];
  readonly expect: "valid" | "invalid" | "none";
  readonly policy_id?: string;
}

describe("record vectors", () => {
  test.for(vectors<RecordVector>("record"))("$id: $reason", ({ input, expect: state, policy_id }) => {
    const selection = selectStsRecord(input.map((strings) => strings.join("")));
    const parse = selection.kind === "one" ? selection.parse : undefined;
    expect(selection.kind === "multiple" ? "invalid" : (parse?.kind ?? "none"), JSON.stringify(selection)).toBe(state);
    expect(parse?.kind === "valid" ? parse.record.id : undefined).toBe(policy_id);
  });
});

describe("RFC 8461 §3.1, every defect with its place", () => {
  test.for([
    ["v=STSv2; id=1", ["version 1-14"]],
    ["v=STSv1", ["id-missing 1-8"]],
    ["v=STSv1 id=1", ["version 1-13"]],
    ["v=STSv1;; id=a", ["empty-field 9-10"]],
    ["v=STSv1; id=1 ", ["trailing-space 14-15"]],
    ["v=STSv1; id=2026-11-24", ["id-value 10-23"]],
    ["v=STSv1; ID=7", ["id-missing 10-14"]],
    [
      "v=STSv1; note=a b; nope; id=; _x=1",
      ["field-value 10-18", "no-equals 20-24", "id-value 26-29", "field-name 31-35"],
    ],
  ] as const)("%s", ([text, defects]) => {
    const parse = parseStsRecord(text);
    const found = parse.kind === "invalid" ? parse.defects : [];
    expect(found.map(({ code, span }) => `${code} ${span.startColumn}-${span.endColumn}`)).toEqual(defects);
  });

  test("a slip has a guess", () => {
    const parse = parseStsRecord("v=STSv1; id=2026-11-24");
    expect(parse).toMatchObject({ defects: [{ message: expect.stringContaining("did you mean `id=20261124`?") }] });
  });
});

test("says what each field is for", () => {
  const parse = parseStsRecord("v=STSv1; x=1; id=a; id=b; v=STSv1");
  const uses = parse.kind === "valid" ? parse.record.fields.map(({ name, use }) => `${name} ${use}`) : [];
  expect(uses).toEqual(["x unknown", "id applied", "id duplicate", "v duplicate"]);
});

test("among several records, names the ones that are left", () => {
  expect(selectStsRecord(["a", "v=STSv1; id=1", "v=STSv1 ; id=2", "v=STSv1; id=3"])).toEqual({
    kind: "multiple",
    indexes: [1, 3],
  });
});

test("never throws, and every defect lies in the text", () => {
  const piece = fc.oneof(
    fc.constantFrom("v=STSv1", ";", " ", "\t", "id=", "=", "a", "\r\n"),
    fc.string({ unit: "binary" }),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const text = pieces.join("");
      const parse = parseStsRecord(text);
      const defects = parse.kind === "invalid" ? parse.defects : [];
      if (parse.kind === "invalid") expect(defects.length).toBeGreaterThan(0);
      for (const { span } of defects) expect(span.endColumn).toBeLessThanOrEqual(text.length + 1);
    }),
  );
});

test("reads what it prints", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[A-Za-z0-9]{1,32}$/), (id) => {
      expect(parseStsRecord(printStsRecord({ id }))).toMatchObject({ kind: "valid", record: { id } });
    }),
  );
});
