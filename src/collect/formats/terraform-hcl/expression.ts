import type { Value } from "../terraform/value.ts";
import { type Cursor, DEEPEST_HCL, endOf, ends, fail, isMark, peek, skipExpression, skipNewlines } from "./cursor.ts";
import type { HclToken } from "./token.ts";

const COMMAND = "`terraform plan -out=p && terraform show -json p` says it";

/** One expression, as far as it is literal; what is not is an unknown that says what decides it. */
export function expression(cursor: Cursor): Value {
  const first = peek(cursor);
  const from = cursor.at;
  const start = first?.start ?? cursor.text.length;
  const found = first && cursor.depth < DEEPEST_HCL ? primary(cursor, first) : undefined;
  if (found && ends(peek(cursor))) return found;
  skipExpression(cursor);
  if (cursor.at === from && first && !ends(first)) cursor.at += 1;
  return {
    kind: "unknown",
    why: `an expression computes it; ${COMMAND}`,
    at: { start, end: Math.max(start, endOf(cursor)) },
  };
}

function primary(cursor: Cursor, first: HclToken): Value | undefined {
  const at = { start: first.start, end: first.end };
  if (first.kind === "text") {
    cursor.at += 1;
    return template(cursor, first);
  }
  if (first.kind === "number") {
    cursor.at += 1;
    return { kind: "text", text: first.text, at };
  }
  if (isMark(first, "[")) return list(cursor, first);
  if (isMark(first, "{")) return object(cursor, first);
  if (first.kind === "name") return traversal(cursor, first);
  return undefined;
}

function template({ lookup }: Cursor, { parts = [], start, end }: HclToken): Value {
  const texts = parts.map(({ kind, text }) => (kind === "literal" ? text : lookup(withoutNumbers(text))));
  const at = { start, end };
  const gap = texts.indexOf(undefined);
  if (gap < 0) return { kind: "text", text: texts.join(""), at };
  const code = parts[gap]?.text ?? "";
  const around = texts.map((text) => text ?? "\uFFFD").join("");
  const alone = parts.length === 1 ? { reference: withoutNumbers(code) } : {};
  return { kind: "unknown", why: `${shown(code)} decides it; ${COMMAND}`, around, at, ...alone };
}

const withoutNumbers = (reference: string): string => reference.replaceAll(/\[[0-9]+\]/g, "");

// At most 64 characters of a file's text are quoted, and only of plain names.
const shown = (code: string): string => (/^[A-Za-z0-9_.[\]"-]{1,64}$/.test(code) ? code : "an expression");

/** `var.x`, `aws_route53_zone.main.zone_id`, `md5(…)`, `true`. */
function traversal(cursor: Cursor, first: HclToken): Value | undefined {
  cursor.at += 1;
  for (let token = peek(cursor); token; token = peek(cursor)) {
    if (isMark(token, "(")) return call(cursor, first);
    if (isMark(token, "[")) skipBracket(cursor);
    else if (isMark(token, ".") || isMark(token, "::")) cursor.at += 2;
    else break;
  }
  const at = { start: first.start, end: Math.max(first.end, endOf(cursor)) };
  const text = withoutNumbers(cursor.text.slice(at.start, at.end));
  if (text === "true" || text === "false") return { kind: "text", text, at };
  const known = cursor.lookup(text);
  if (known !== undefined) return { kind: "text", text: known, at };
  return { kind: "unknown", why: `${shown(text)} decides it; ${COMMAND}`, reference: text, at };
}

function skipBracket(cursor: Cursor): void {
  cursor.at += 1;
  for (let token = peek(cursor); token && !isMark(token, "]"); token = peek(cursor)) {
    const from = cursor.at;
    skipExpression(cursor);
    if (cursor.at === from) cursor.at += 1;
  }
  cursor.at += 1;
}

function call(cursor: Cursor, first: HclToken): Value {
  const name = cursor.text.slice(first.start, endOf(cursor));
  cursor.at += 1;
  const values = items(cursor, ")");
  const at = { start: first.start, end: endOf(cursor) };
  const [only] = values;
  // Only puts the quotes around the text.
  if (name === "provider::hcloud::txt_record" && only?.kind === "text") return { ...only, at };
  return { kind: "unknown", why: `${shown(name)}(…) computes it; ${COMMAND}`, at };
}

function list(cursor: Cursor, first: HclToken): Value | undefined {
  cursor.at += 1;
  if (isFor(cursor)) return comprehension(cursor, first);
  return { kind: "list", items: items(cursor, "]"), at: { start: first.start, end: endOf(cursor) } };
}

function items(cursor: Cursor, close: string): readonly Value[] {
  const values: Value[] = [];
  cursor.depth += 1;
  for (;;) {
    skipNewlines(cursor);
    const token = peek(cursor);
    if (token === undefined) {
      fail(cursor);
      break;
    }
    const from = cursor.at;
    if (isMark(token, close) || isMark(token, ",")) {
      cursor.at += 1;
      if (isMark(token, close)) break;
    } else values.push(expression(cursor));
    if (cursor.at > from) continue;
    // A bracket that closes something else.
    fail(cursor);
    break;
  }
  cursor.depth -= 1;
  return values;
}

function isFor(cursor: Cursor): boolean {
  skipNewlines(cursor);
  const token = peek(cursor);
  return token?.kind === "name" && token.text === "for" && !isMark(cursor.tokens[cursor.at + 1], "=");
}

function comprehension(cursor: Cursor, first: HclToken): Value {
  while (peek(cursor) && !(isMark(peek(cursor), "]") || isMark(peek(cursor), "}"))) {
    const from = cursor.at;
    skipExpression(cursor);
    if (cursor.at === from && !(isMark(peek(cursor), "]") || isMark(peek(cursor), "}"))) cursor.at += 1;
  }
  cursor.at += 1;
  return {
    kind: "unknown",
    why: `a for expression computes it; ${COMMAND}`,
    at: { start: first.start, end: endOf(cursor) },
  };
}

function object(cursor: Cursor, first: HclToken): Value {
  cursor.at += 1;
  if (isFor(cursor)) return comprehension(cursor, first);
  const members = new Map<string, Value>();
  cursor.depth += 1;
  for (;;) {
    while (peek(cursor)?.kind === "newline" || isMark(peek(cursor), ",")) cursor.at += 1;
    const token = peek(cursor);
    if (token === undefined || isMark(token, "}")) {
      if (token === undefined) fail(cursor);
      cursor.at += 1;
      break;
    }
    if (!member(cursor, token, members)) break;
  }
  cursor.depth -= 1;
  return { kind: "map", members, at: { start: first.start, end: endOf(cursor) } };
}

/** `key = value`, `"key" : value`, or `(expression) = value`, whose key is not known. */
function member(cursor: Cursor, token: HclToken, members: Map<string, Value>): boolean {
  const from = cursor.at;
  cursor.at += 1;
  const next = peek(cursor);
  if ((token.kind === "name" || token.kind === "text") && (isMark(next, "=") || isMark(next, ":"))) {
    cursor.at += 1;
    skipNewlines(cursor);
    members.set(token.text, expression(cursor));
    return true;
  }
  cursor.at = from;
  skipExpression(cursor);
  if (cursor.at > from) return true;
  fail(cursor);
  return false;
}
