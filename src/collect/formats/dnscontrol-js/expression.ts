import type { Stretch } from "../../text-span.ts";
import { type JsToken, jsTokens } from "./token.ts";

/** As much of an expression as can be read without evaluating it. */
export type Expression =
  | (Stretch & { readonly kind: "text"; readonly text: string })
  | (Stretch & { readonly kind: "number"; readonly number: number })
  | (Stretch & { readonly kind: "list"; readonly items: readonly Expression[] })
  | Call
  | (Stretch & { readonly kind: "object" })
  /** `why` names what decides it. */
  | (Stretch & { readonly kind: "other"; readonly why: string });

export interface Call extends Stretch {
  readonly kind: "call";
  readonly name: string;
  readonly arguments: readonly Expression[];
  /** False: the text ends before the call does, or it is nested too deep. */
  readonly closed: boolean;
}

interface Cursor {
  readonly tokens: readonly JsToken[];
  at: number;
  depth: number;
}

/** The calls of any of `names`, outermost only, in the order of the text. A method or a definition of that name is none. */
export function callsOf(text: string, names: ReadonlySet<string>): readonly Call[] {
  const cursor: Cursor = { tokens: [...jsTokens(text)], at: 0, depth: 0 };
  const calls: Call[] = [];
  for (let token = cursor.tokens[0]; token; token = cursor.tokens[cursor.at]) {
    const before = cursor.tokens[cursor.at - 1];
    const foreign = before?.kind !== "text" && (before?.text === "." || before?.text === "function");
    const wanted = token.kind === "name" && names.has(token.text) && !foreign;
    if (wanted && opens(cursor.tokens[cursor.at + 1])) calls.push(call(cursor, token));
    else cursor.at += 1;
  }
  return calls;
}

const opens = (token: JsToken | undefined): boolean => token?.kind === "mark" && token.text === "(";

const DEEPEST = 64;

function call(cursor: Cursor, name: JsToken): Call {
  cursor.at += 1;
  const { items, closed } = itemsUntil(cursor, ")");
  const end = cursor.tokens[cursor.at - 1]?.end ?? name.end;
  return { kind: "call", name: name.text, arguments: items, closed, start: name.start, end };
}

/** From the opening mark to behind the closing one. */
function itemsUntil(
  cursor: Cursor,
  close: string,
): { readonly items: readonly Expression[]; readonly closed: boolean } {
  const items: Expression[] = [];
  cursor.at += 1;
  if (cursor.depth >= DEEPEST) {
    skipTo(cursor, new Set([close]));
    return { items, closed: false };
  }
  cursor.depth += 1;
  let closed = true;
  for (;;) {
    const token = cursor.tokens[cursor.at];
    if (token === undefined) closed = false;
    else if (token.text === "," && token.kind === "mark") {
      cursor.at += 1;
      continue;
    } else if (token.text !== close || token.kind !== "mark") {
      const before = cursor.at;
      items.push(expression(cursor, token));
      // A bracket that closes something else: the text is broken, and must not hold us up.
      if (cursor.at === before) cursor.at += 1;
      continue;
    }
    if (token) cursor.at += 1;
    break;
  }
  cursor.depth -= 1;
  return { items, closed };
}

const ENDS = new Set([",", ")", "]", "}"]);

function expression(cursor: Cursor, first: JsToken): Expression {
  const from = cursor.at;
  const found = primary(cursor, first);
  const next = cursor.tokens[cursor.at];
  const ends = next === undefined || (next.kind === "mark" && ENDS.has(next.text));
  if (found && ends) return found;
  skipTo(cursor, ENDS);
  const end = cursor.tokens[Math.max(from, cursor.at - 1)]?.end ?? first.end;
  const alone = cursor.at - from === 1 && first.kind === "name";
  const why = alone ? `the variable ${first.text.slice(0, 64)}` : "an expression";
  return { kind: "other", why, start: first.start, end };
}

function primary(cursor: Cursor, first: JsToken): Expression | undefined {
  const { start } = first;
  const next = cursor.tokens[cursor.at + 1];
  if (first.kind === "name") return opens(next) ? call(cursor, first) : undefined;
  if (first.kind === "mark" && first.text === "[") {
    const { items } = itemsUntil(cursor, "]");
    return { kind: "list", items, start, end: cursor.tokens[cursor.at - 1]?.end ?? first.end };
  }
  if (first.kind === "mark" && first.text === "{") {
    cursor.at += 1;
    skipTo(cursor, new Set(["}"]));
    cursor.at += 1;
    return { kind: "object", start, end: cursor.tokens[cursor.at - 1]?.end ?? first.end };
  }
  if (first.kind !== "text" && first.kind !== "number") return undefined;
  cursor.at += 1;
  if (first.kind === "text") return { kind: "text", text: first.text, start, end: first.end };
  return { kind: "number", number: Number(first.text), start, end: first.end };
}

/** To one of `ends` that no bracket encloses, or to the end of the text. */
function skipTo(cursor: Cursor, ends: ReadonlySet<string>): void {
  let open = 0;
  for (; cursor.at < cursor.tokens.length; cursor.at += 1) {
    const token = cursor.tokens[cursor.at];
    if (token?.kind !== "mark") continue;
    if (open <= 0 && ends.has(token.text)) return;
    if (/[([{]/.test(token.text)) open += 1;
    else if (/[)\]}]/.test(token.text)) open -= 1;
  }
}
