import type { RecordDefect } from "./record-defect.ts";
import { isCandidate, type RecordKind, recordDefect } from "./record-field.ts";
import { spanOf } from "./span.ts";

export type RecordParse<R> =
  | { readonly kind: "valid"; readonly record: R }
  | { readonly kind: "invalid"; readonly defects: readonly RecordDefect[] };

/**
 * Which of the TXT records at a name is the one. `none`: no text is meant to be one; `multiple`: more than one is, and senders
 * stop (RFC 8461 §3.1, RFC 8460 §3). Indexes are those of the texts given.
 */
export type RecordSelection<R> =
  | { readonly kind: "none" }
  | { readonly kind: "one"; readonly index: number; readonly text: string; readonly parse: RecordParse<R> }
  | { readonly kind: "multiple"; readonly indexes: readonly number[] };

/** Each text is one record, its character-strings joined. */
export function selectRecord<R>(
  texts: readonly string[],
  kind: RecordKind,
  parse: (text: string) => RecordParse<R>,
): RecordSelection<R> {
  const candidates = [...texts.keys()].filter((index) => isCandidate(texts[index] ?? "", kind));
  if (candidates.length === 0) return { kind: "none" };
  // The discard rule speaks of several records; one alone is taken by the grammar, which allows `v=STSv1 ;` (erratum 6285).
  const kept = candidates.filter((index) => texts[index]?.startsWith(`${kind.version};`));
  const left = texts.length > 1 && kept.length > 0 ? kept : candidates;
  const [index = 0, ...more] = left;
  if (more.length > 0) return { kind: "multiple", indexes: left };
  const text = texts[index] ?? "";
  if (texts.length === 1 || kept.length > 0) return { kind: "one", index, text, parse: parse(text) };
  const what = `Beside other TXT records, one that does not begin with \`${kind.version};\` is dropped`;
  const defect = recordDefect("discarded", spanOf(1, 0, kind.version.length + 1), what, kind);
  return { kind: "one", index, text, parse: { kind: "invalid", defects: [defect] } };
}
