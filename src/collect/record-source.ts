import type { ProposedRecord, Said } from "../proposal.ts";
import type { Span } from "../protocol/span.ts";
import { FORMATS } from "./formats.ts";
import type { Side } from "./side.ts";

/**
 * Where the ids of STS records stand in their files. An id is letters and digits, so it is written as such in every notation; where
 * the file has it nowhere in the record's lines, or twice, nothing is said. Files that a tool makes are left alone.
 */
export async function withSource(
  side: Side,
  records: Said<readonly ProposedRecord[]>,
): Promise<Said<readonly ProposedRecord[]>> {
  if (records.kind === "unsaid") return records;
  return { kind: "said", value: await Promise.all(records.value.map((record) => sourced(side, record))) };
}

async function sourced(side: Side, record: ProposedRecord): Promise<ProposedRecord> {
  const { type, data, location } = record;
  const [, id] = /;\s*id\s*=\s*([^;\s]+)/.exec(data ?? "") ?? [];
  if (type !== "TXT" || id === undefined || location.kind !== "file") return record;
  const { path, span } = location;
  const text = side.paths.has(path) ? await side.text(path) : undefined;
  if (text === undefined || isGenerated(path, text)) return record;
  const found = placeOf(text.split("\n"), id, span);
  return found ? { ...record, idSource: found } : record;
}

function isGenerated(path: string, text: string): boolean {
  return FORMATS.find(({ recognises }) => recognises({ path, text }))?.generated === true;
}

const LONGEST_LINE = 500;
const MOST_LINES = 20;

/** `id=` with the id behind it, else the id alone, where either is there once. */
function placeOf(lines: readonly string[], id: string, { startLine, endLine }: Span): ProposedRecord["idSource"] {
  const some = lines.slice(startLine - 1, Math.min(endLine, startLine + MOST_LINES));
  if (some.some((line) => line.length > LONGEST_LINE)) return undefined;
  for (const before of [/\bid\s*=\s*/g, /(?<![A-Za-z0-9])/g]) {
    const places = some.flatMap((line, index) =>
      [...line.matchAll(before)].flatMap((match) => {
        const column = match.index + match[0].length;
        const follows = line.slice(column + id.length, column + id.length + 1);
        return line.startsWith(id, column) && !/[A-Za-z0-9]/.test(follows) ? [{ index, column }] : [];
      }),
    );
    const [place, ...more] = places;
    if (!place || more.length > 0) continue;
    const line = startLine + place.index;
    const span = { startLine: line, startColumn: place.column + 1, endLine: line };
    const shown = (some[place.index] ?? "").replace(/\r$/, "");
    return { span: { ...span, endColumn: span.startColumn + id.length }, lines: shown };
  }
  return undefined;
}
