import type { PolicyReading, RecordReading } from "../../src/judge/dialect.ts";
import type { Vector } from "../protocol/vectors.ts";

interface Disputed extends Vector {
  /** `rejects: mox, chasquid. reads differently: KumoMTA (mode=enforce)`. */
  readonly peers_disagree?: string;
  readonly expect: "valid" | "invalid" | "none";
}

export interface PolicyVector extends Disputed {
  readonly input?: string;
  readonly input_base64?: string;
  readonly parsed?: { readonly mode: string; readonly max_age: number; readonly mx: readonly string[] };
}

export interface RecordVector extends Disputed {
  readonly input: readonly (readonly string[])[];
  readonly policy_id?: string;
}

/** How a reading differs from the RFC's: `accepts` what is invalid, `rejects` what is valid, or the values that it reads instead. */
export type Difference = "accepts" | "rejects" | Readonly<Record<string, string>>;

/** The names in the vectors, as the ids of senders. checkdmarc is a checker and sends nothing. */
const SENDER_IDS: Readonly<Record<string, string>> = { "go-mtasts/maddy": "maddy", "mail-auth (stalwart)": "stalwart" };

/** What the vector says about each sender that it names. */
export function peersOf({ peers_disagree: text = "" }: Disputed): ReadonlyMap<string, Difference> {
  const [, ...parts] = text.split(/(?:^|\. )(accepts|rejects|reads differently): /);
  const said = new Map<string, Difference>();
  for (let at = 0; at + 1 < parts.length; at += 2) {
    const [verb = "", list = ""] = parts.slice(at, at + 2);
    for (const entry of list.split(verb === "reads differently" ? "; " : ", ")) {
      const [, name = "", values] = /^(.+?)(?: \(((?:mode|max_age|mx|id)=.*|id not read)\))?$/.exec(entry) ?? [];
      if (name.startsWith("checkdmarc")) continue;
      said.set(SENDER_IDS[name] ?? name, verb === "reads differently" ? valuesIn(values ?? "") : (verb as Difference));
    }
  }
  return said;
}

function valuesIn(text: string): Readonly<Record<string, string>> {
  const fields = text.split(/(?:^|, ?)(?=(?:mode|max_age|mx|id)=)/).filter(Boolean);
  return Object.fromEntries(
    fields.map((field) => [field.slice(0, field.indexOf("=")), field.slice(field.indexOf("=") + 1)]),
  );
}

export function octetsOf({ input, input_base64 }: PolicyVector): Uint8Array {
  return input_base64 === undefined ? new TextEncoder().encode(input) : Buffer.from(input_base64, "base64");
}

/** A reading against the vector's own; `undefined` where they agree. */
export function difference(
  vector: PolicyVector | RecordVector,
  reading: PolicyReading | RecordReading,
): Difference | undefined {
  const accepted = reading.kind === "policy" || reading.kind === "id";
  if (vector.expect !== "valid") return accepted ? "accepts" : undefined;
  if (!accepted) return "rejects";
  const [is, should] = [flat(reading), flat(readingIn(vector))];
  const odd = Object.entries(is).filter(([name, value]) => value !== null && value !== should[name]);
  return odd.length === 0 ? undefined : (Object.fromEntries(odd) as Readonly<Record<string, string>>);
}

function readingIn(vector: PolicyVector | RecordVector): PolicyReading | RecordReading {
  if ("policy_id" in vector) return { kind: "id", id: vector.policy_id ?? "" };
  const { mode = "", max_age = 0, mx = [] } = (vector as PolicyVector).parsed ?? {};
  return { kind: "policy", mode: mode as "none", maxAge: max_age, mx };
}

/** Names compare without regard to case, and neither their order nor their repetition means anything. */
function flat(reading: PolicyReading | RecordReading): Readonly<Record<string, string | null>> {
  if (reading.kind === "id") return { id: reading.id };
  if (reading.kind !== "policy") return {};
  const mx = [...new Set(reading.mx.map((pattern) => pattern.toLowerCase()))].sort();
  return { mode: reading.mode, max_age: String(reading.maxAge), mx: mx.join(",") };
}
