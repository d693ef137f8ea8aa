import { parseAst } from "vitest/node";
import { type Edit, OPERATORS, type SyntaxNode } from "./operators.ts";

export interface Mutant extends Edit {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** The line with the change marked, which stays when lines above it come and go. */
  readonly change: string;
}

/** Every mutant of a source, in the order of its text. */
export function mutantsOf(file: string, text: string): readonly Mutant[] {
  const program = parseAst(text, { lang: "ts" }) as unknown as SyntaxNode;
  const edits = [...nodesIn(program)].flatMap((node) => OPERATORS.flatMap((operator) => operator(node, text)));
  const inOrder = edits.toSorted((a, b) => a.start - b.start || a.end - b.end);
  const seen = new Map<string, number>();
  return inOrder.map((edit) => {
    const change = changeOf(edit, text);
    const times = (seen.get(`${edit.operator} ${change}`) ?? 0) + 1;
    seen.set(`${edit.operator} ${change}`, times);
    const before = text.slice(0, edit.start).split("\n");
    const column = (before.at(-1) ?? "").length + 1;
    return { ...edit, file, line: before.length, column, change: times === 1 ? change : `${change} (${times})` };
  });
}

export const mutated = (text: string, { start, end, replacement }: Edit): string =>
  text.slice(0, start) + replacement + text.slice(end);

/** What an expression may be wrapped in; what else TypeScript adds to the tree has no effect at run time. */
const TRANSPARENT = new Set(["TSAsExpression", "TSNonNullExpression", "TSSatisfiesExpression"]);

function* nodesIn(value: unknown): Generator<SyntaxNode> {
  if (Array.isArray(value)) for (const one of value) yield* nodesIn(one);
  if (!isNode(value) || (value.type.startsWith("TS") && !TRANSPARENT.has(value.type))) return;
  yield value;
  for (const child of Object.values(value)) yield* nodesIn(child);
}

const isNode = (value: unknown): value is SyntaxNode =>
  typeof value === "object" && value !== null && typeof (value as Partial<SyntaxNode>).type === "string";

const LONGEST = 60;
const short = (text: string): string => {
  const flat = text.replace(/\s+/g, " ");
  return flat.length > LONGEST ? `${flat.slice(0, LONGEST / 2)} … ${flat.slice(-LONGEST / 2)}` : flat;
};

function changeOf({ start, end, replacement }: Edit, text: string): string {
  const from = text.lastIndexOf("\n", start - 1) + 1;
  const newline = text.indexOf("\n", end);
  const [head, tail] = [text.slice(from, start), text.slice(end, newline < 0 ? text.length : newline)];
  const marked = `${head}⟦${short(text.slice(start, end))} → ${short(replacement)}⟧${tail}`;
  return marked.replace(/\s+/g, " ").trim();
}
