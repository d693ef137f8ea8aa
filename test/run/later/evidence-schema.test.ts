import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { EvidenceLine } from "../../../src/evidence-line.ts";
import { isEvidenceLine } from "../../../src/run/later/evidence-schema.ts";
import { SESSIONS } from "../../judge/scene.ts";
import { linesOfScene } from "../../judge/evidence-lines.ts";
import { ADDRESS, end, HOST, header, mx, NOW, probe, txt } from "../evidence-lines.ts";

const published = new Ajv2020({ strict: true }).compile(
  JSON.parse(readFileSync("schema/evidence-v1.json", "utf8")) as object,
);

const fetched = (seen: object) => ({ version: 1, at: NOW, kind: "policy", host: HOST, address: ADDRESS, seen });
const LINES: readonly (EvidenceLine | object)[] = [
  header(),
  { ...header(), commit: "a".repeat(40) },
  end(3),
  txt("v=STSv1; id=1"),
  { ...txt("x"), seen: { kind: "unobserved", because: "timed-out", detail: "no answer" } },
  { ...txt("x"), seen: { kind: "observed", value: { kind: "no-such-name", cnames: [], differs: ["ns1: x"] } } },
  mx("example.com"),
  { ...mx("example.com"), seen: { kind: "observed", value: { kind: "null-mx", ttl: 60, ttlFrom: "authoritative" } } },
  ...Object.values(SESSIONS).map((session) => probe(session(HOST))),
  fetched({ kind: "failed", address: ADDRESS, reason: "refused" }),
  fetched({ kind: "unobserved", address: ADDRESS, because: "no-ipv6" }),
  ...["enforce 604800 mx1", "untrusted", "redirect"].flatMap((policy) => linesOfScene({ live: { policy } })),
  {
    version: 1,
    at: NOW,
    kind: "tlsa",
    host: HOST,
    seen: {
      kind: "observed",
      value: { records: [{ usage: 3, selector: 1, matching: 1, data: "00ff" }], authenticated: false },
    },
  },
];

describe("every kind of line", () => {
  test.each(LINES.map((line) => [JSON.stringify(line).slice(0, 120), line]))("%s", (_, line) => {
    expect(isEvidenceLine(line), JSON.stringify(isEvidenceLine.errors)).toBe(true);
    expect(published(line)).toBe(true);
  });
});

/** Paths to every member of a value. */
function* paths(value: unknown, at: readonly string[] = []): Generator<readonly string[]> {
  if (value === null || typeof value !== "object") return;
  for (const [name, member] of Object.entries(value)) {
    yield [...at, name];
    yield* paths(member, [...at, name]);
  }
}

/** The same value with another member at a path, or without it. */
function changed(value: unknown, [name = "", ...rest]: readonly string[], to: unknown): unknown {
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>;
  if (rest.length > 0) copy[name] = changed(copy[name], rest, to);
  else if (to === undefined) delete copy[name];
  else copy[name] = to;
  return copy;
}

test("what is compiled says the same as the published schema, whatever is changed", () => {
  const anything = fc.oneof(
    fc.constantFrom(undefined, null, true, -1, 1.5, 2 ** 40, "", "x", "A.example", NOW, [], {}, { kind: "x" }),
    fc.jsonValue({ maxDepth: 1 }),
  );
  const line = fc.constantFrom(...LINES);
  const some = line.chain((one) => fc.tuple(fc.constant(one), fc.constantFrom(...paths(one)), anything));
  let refused = 0;
  fc.assert(
    fc.property(some, fc.boolean(), ([one, path, to], added) => {
      const other = changed(one, added ? [...path.slice(0, -1), "added"] : path, to);
      const said = isEvidenceLine(other);
      if (!said) refused += 1;
      expect(said).toBe(published(other));
    }),
    { numRuns: 2_000 },
  );
  expect(refused).toBeGreaterThan(500);
});
