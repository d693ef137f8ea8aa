// What the reporter writes of SARIF 2.1.0, as a schema of our own, and what no schema says. The whole schema is OASIS's;
// docs/reporters/sarif.md says how to hold a file against it.
import { Ajv } from "ajv";

export interface SarifPlace {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string };
    readonly region: Readonly<Record<"startLine" | "startColumn" | "endLine" | "endColumn", number>>;
  };
  readonly logicalLocations?: readonly unknown[];
}

export interface SarifResult {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly [SarifPlace];
  readonly relatedLocations?: readonly SarifPlace[];
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly suppressions?: readonly unknown[];
  readonly properties: Readonly<Record<string, unknown>>;
}

interface SarifRule {
  readonly id: string;
  readonly help: { readonly text: string; readonly markdown: string };
}

interface SarifRun {
  readonly tool: { readonly driver: { readonly rules: readonly SarifRule[] } };
  readonly invocations: readonly [{ readonly toolExecutionNotifications: readonly unknown[] }];
  readonly results: readonly SarifResult[];
  readonly properties: unknown;
}

export interface SarifFile {
  readonly runs: readonly [SarifRun];
}

type Shape = Readonly<Record<string, unknown>>;

/** An object that has these members, of which those with a question mark may be missing, and no other. */
function object(members: Readonly<Record<string, Shape>>): Shape {
  const named = Object.entries(members).map(([name, shape]) => [name.replace("?", ""), shape] as const);
  const required = Object.keys(members).filter((name) => !name.endsWith("?"));
  return { type: "object", properties: Object.fromEntries(named), required, additionalProperties: false };
}
const array = (items: Shape, more: Shape = {}): Shape => ({ type: "array", items, ...more });
const one = (...values: readonly string[]): Shape => ({ type: "string", enum: values });

const ASCII = { type: "string", pattern: "^[ -~]*$" };
// A viewer makes links of brackets and fills in braces (SARIF 2.1.0 §3.11.5, §3.11.6).
const TEXT = { type: "string", pattern: "^[ -Z^-z|~]{1,2000}$" };
const MESSAGE = object({ text: TEXT });
const PAGE = { type: "string", pattern: "^https?://[a-z0-9.-]+/[!-~]*$" };
const LEVEL = one("error", "warning", "note");
const FROM_ONE = { type: "integer", minimum: 1 };
const INSTANT = { type: "string", pattern: "^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$" };

const REGION = object({ startLine: FROM_ONE, startColumn: FROM_ONE, endLine: FROM_ONE, endColumn: FROM_ONE });
// RFC 3986 §4.2: relative, no scheme, no absolute path, no way out; a colon of the first segment is encoded.
const URI = {
  type: "string",
  pattern: "^(?!(?:.*/)?\\.{1,2}(?:/|$))(?:[A-Za-z0-9._~!'()*-]|%[0-9A-F]{2})(?:[A-Za-z0-9._~!'()*/-]|%[0-9A-F]{2})*$",
};
const PHYSICAL = object({ artifactLocation: object({ uri: URI }), region: REGION });
const LOGICAL = object({ fullyQualifiedName: TEXT, kind: one("resource", "parameter") });

const RESULT = object({
  ruleId: TEXT,
  ruleIndex: { type: "integer", minimum: 0 },
  // Without a kind, which would be `fail`; any other allows no level (§3.27.10).
  level: LEVEL,
  message: MESSAGE,
  locations: array(object({ physicalLocation: PHYSICAL, "logicalLocations?": array(LOGICAL) }), {
    minItems: 1,
    maxItems: 1,
  }),
  "relatedLocations?": array(object({ id: FROM_ONE, physicalLocation: PHYSICAL }), { maxItems: 10, minItems: 1 }),
  "suppressions?": array(object({ kind: one("external"), status: one("accepted"), justification: TEXT }), {
    maxItems: 1,
  }),
  properties: object({
    policyDomain: ASCII,
    verdict: ASCII,
    outcome: one("failed", "unknown", "waived"),
    alreadySo: { type: "boolean" },
    "waivedLevel?": LEVEL,
    "resultType?": ASCII,
  }),
  partialFingerprints: object({
    primaryLocationLineHash: { type: "string", pattern: "^[0-9a-f]{16}:[1-9][0-9]*$" },
    "mtaStsGate/v1": { type: "string", pattern: "^[0-9a-f]{32}:[1-9][0-9]*$" },
  }),
  "occurrenceCount?": { type: "integer", minimum: 2 },
});

const RULE = object({
  id: TEXT,
  shortDescription: MESSAGE,
  fullDescription: MESSAGE,
  "helpUri?": PAGE,
  help: object({ text: TEXT, markdown: { type: "string", minLength: 1 } }),
  defaultConfiguration: object({ level: LEVEL }),
});

const RUN = object({
  tool: object({
    driver: object({
      name: one("mta-sts-gate"),
      "semanticVersion?": { type: "string", pattern: "^\\d+\\.\\d+\\.\\d+$" },
      "informationUri?": PAGE,
      rules: array(RULE),
    }),
  }),
  "automationDetails?": object({ id: { type: "string", pattern: "^mta-sts-gate/[\\w.-]+/$" } }),
  columnKind: one("utf16CodeUnits"),
  invocations: array(
    object({
      executionSuccessful: { type: "boolean" },
      "startTimeUtc?": INSTANT,
      toolExecutionNotifications: array(object({ level: LEVEL, message: MESSAGE }), { maxItems: 101 }),
    }),
    { minItems: 1, maxItems: 1 },
  ),
  properties: { type: "object" },
  results: array(RESULT, { maxItems: 5_000 }),
});

const valid = new Ajv({ strict: true, strictTuples: false, allErrors: true }).compile(
  object({ $schema: PAGE, version: one("2.1.0"), runs: array(RUN, { minItems: 1, maxItems: 1 }) }),
);

/** Everything that is wrong with the text of a file. */
export function faults(text: string): readonly string[] {
  const file: unknown = JSON.parse(text);
  if (!valid(file)) return (valid.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
  const [{ tool, results }] = (file as SarifFile).runs;
  const ids = tool.driver.rules.map(({ id }) => id);
  const prints = results.map(({ partialFingerprints }) => partialFingerprints["mtaStsGate/v1"]);
  return [
    ...results.flatMap(({ ruleId, ruleIndex }) => (ids[ruleIndex] === ruleId ? [] : [`${ruleIndex} is not ${ruleId}`])),
    ...ids.filter((id) => !results.some(({ ruleId }) => ruleId === id)).map((id) => `${id} has no result`),
    ...(new Set(ids).size === ids.length ? [] : ["a rule is there twice"]),
    ...(new Set(prints).size === prints.length ? [] : ["two results have one fingerprint"]),
    ...results.flatMap(({ locations, relatedLocations = [] }) =>
      [...locations, ...relatedLocations].flatMap(backwards),
    ),
  ];
}

function backwards({ physicalLocation: { region } }: SarifPlace): readonly string[] {
  const { startLine, startColumn, endLine, endColumn } = region;
  const wrong = endLine < startLine || (endLine === startLine && endColumn < startColumn);
  return wrong ? ["a region ends before it begins"] : [];
}
