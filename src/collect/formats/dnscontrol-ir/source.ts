import type { Location } from "../../../location.ts";
import type { ReadContext } from "../../format.ts";

/** Where records stand in the program that the file was made from. */
export interface ProgramText {
  readonly path: string;
  readonly lines: readonly string[];
}

/** `dnsconfig.js` beside the file, or in the repository's root, where git tracks it. */
export async function programBeside(path: string, { include }: ReadContext): Promise<ProgramText | undefined> {
  const folder = path.slice(0, path.lastIndexOf("/") + 1);
  for (const candidate of new Set([`${folder}dnsconfig.js`, "dnsconfig.js"])) {
    const text = await include(candidate);
    if (text !== undefined) return { path: candidate, lines: text.split("\n") };
  }
  return undefined;
}

/**
 * The place that `filepos` (`[line:5:3]`) names, where the program's text bears it out: it does not name a file, and a record may
 * stand in one that the program requires. Undefined: it does not.
 */
export function placeInProgram(
  program: ProgramText | undefined,
  { filepos, type, target }: { filepos: string; type: string; target: string },
): Location | undefined {
  const [, line, column] = /^\[line:([0-9]{1,7}):([0-9]{1,7})\]$/.exec(filepos) ?? [];
  const text = program?.lines[Number(line) - 1];
  if (!program || text === undefined || !text.startsWith(`${type}(`, Number(column) - 1)) return undefined;
  const call = Number(column) - 1;
  const [start, end] = literalIn(text, target, call) ?? [call, text.trimEnd().length];
  const at = { startLine: Number(line), endLine: Number(line) };
  return { kind: "file", path: program.path, span: { ...at, startColumn: start + 1, endColumn: end + 1 } };
}

/** The string literal that is the target, quotes included. */
function literalIn(text: string, target: string, from: number): readonly [number, number] | undefined {
  for (const written of [target, target.replace(/\.$/, "")])
    for (const quote of ['"', "'", "`"]) {
      const at = written === "" ? -1 : text.indexOf(`${quote}${written}${quote}`, from);
      if (at >= 0) return [at, at + written.length + 2];
    }
  return undefined;
}
