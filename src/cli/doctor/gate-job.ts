import { isNode, LineCounter, parseDocument } from "yaml";
import type { Location } from "../../location.ts";

/** A job that runs the gate, as its workflow says it. Read as data: nothing of it is evaluated. */
export interface GateJob {
  readonly path: string;
  readonly id: string;
  /** The name of the check: the job's own, else its id. */
  readonly checkName: string;
  /** Event → its filters; `null` where it has none. */
  readonly events: ReadonlyMap<string, unknown>;
  /** Those that count: the job's, else the workflow's; undefined: neither says any. */
  readonly permissions: unknown;
  readonly steps: readonly JobStep[];
  /** The step that is the gate. */
  readonly gate: JobStep;
  /** Where a part of the workflow stands; `keys` from its root. Of what is not there, where the nearest part above it stands. */
  readonly at: (...keys: readonly (string | number)[]) => Location;
}

export interface JobStep {
  readonly index: number;
  /** Empty: it runs a script. */
  readonly uses: string;
  readonly inputs: Readonly<Record<string, unknown>>;
}

export type WorkflowReading =
  | { readonly kind: "read"; readonly jobs: readonly GateJob[] }
  | { readonly kind: "no-yaml"; readonly path: string; readonly why: string };

type Fields = Readonly<Record<string, unknown>>;

const GATE = /(?:^|\/)mta-sts-gate@/i;

/** The jobs of a workflow that run the gate. */
export function gateJobs(path: string, text: string): WorkflowReading {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, logLevel: "silent" });
  const [error] = document.errors;
  if (error) return { kind: "no-yaml", path, why: (error.message.split("\n")[0] ?? "").slice(0, 200) };
  const root = plain(() => document.toJS({ maxAliasCount: 32 }));
  if (root === undefined) return { kind: "no-yaml", path, why: "its aliases cannot be followed" };
  const at: GateJob["at"] = (...keys) => {
    const above = [...keys.keys(), keys.length]
      .toReversed()
      .map((length) => document.getIn(keys.slice(0, length), true));
    const node = above.find(isNode);
    const { line, col } = lines.linePos(node?.range?.[0] ?? 0);
    return { kind: "file", path, span: { startLine: line, startColumn: col, endLine: line, endColumn: col } };
  };
  const workflow = fieldsOf(root);
  const jobs = Object.entries(fieldsOf(workflow["jobs"])).flatMap(([id, found]): GateJob[] => {
    const job = fieldsOf(found);
    const steps = listOf(job["steps"]).map(stepOf);
    const gate = steps.find(({ uses }) => GATE.test(uses));
    const named = job["name"];
    if (!gate) return [];
    const checkName = typeof named === "string" && named !== "" ? named : id;
    const permissions = job["permissions"] ?? workflow["permissions"];
    return [{ path, id, checkName, events: eventsOf(workflow["on"]), permissions, steps, gate, at }];
  });
  return { kind: "read", jobs };
}

function plain(read: () => unknown): unknown {
  try {
    return read() ?? {};
  } catch {
    return undefined;
  }
}

export const fieldsOf = (value: unknown): Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};

/** A scalar as the runner reads it; empty: it is none. A mapping may say anything, `toString` included. */
export const textOf = (value: unknown): string =>
  ["string", "number", "boolean"].includes(typeof value) ? String(value as string | number | boolean).trim() : "";

const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

function stepOf(found: unknown, index: number): JobStep {
  const { uses, with: inputs } = fieldsOf(found);
  return { index, uses: typeof uses === "string" ? uses : "", inputs: fieldsOf(inputs) };
}

/** `on: push`, `on: [push, …]` or `on: { push: … }`. */
function eventsOf(on: unknown): ReadonlyMap<string, unknown> {
  if (typeof on === "string") return new Map([[on, null]]);
  if (Array.isArray(on)) return new Map(on.map((name) => [textOf(name), null]));
  return new Map(Object.entries(fieldsOf(on)));
}
