import type { Stretch } from "../../text-span.ts";
import type { Attributes, Value } from "../terraform/value.ts";
import { type Cursor, DEEPEST_HCL, endOf, fail, isMark, peek, skipExpression, skipNewlines } from "./cursor.ts";
import { expression } from "./expression.ts";
import { type HclToken, hclTokens } from "./token.ts";

/** What stands between two braces, or in a file. */
export interface Body {
  readonly attributes: Attributes;
  readonly blocks: readonly Block[];
}

export interface Block extends Stretch {
  readonly type: string;
  readonly labels: readonly string[];
  readonly body: Body;
}

export interface HclFile extends Body {
  readonly tokens: readonly HclToken[];
  /** The offset of the first place that is no HCL. */
  readonly broken: number | undefined;
}

/** Reads an HCL text as far as it goes. Never throws. */
export function readHcl(text: string, lookup: Cursor["lookup"] = () => undefined): HclFile {
  const tokens = hclTokens(text);
  const cursor: Cursor = { text, tokens, at: 0, depth: 0, broken: undefined, lookup };
  const found = body(cursor);
  const opaque = tokens.find(({ kind, start }) => kind === "opaque" && text[start] === '"');
  return { ...found, tokens, broken: opaque?.start ?? cursor.broken };
}

function body(cursor: Cursor): Body {
  const attributes = new Map<string, Value>();
  const blocks: Block[] = [];
  for (;;) {
    skipNewlines(cursor);
    const token = peek(cursor);
    if (token === undefined || (cursor.depth > 0 && isMark(token, "}"))) return { attributes, blocks };
    const next = cursor.tokens[cursor.at + 1];
    if (token.kind === "name" && isMark(next, "=")) {
      cursor.at += 2;
      attributes.set(token.text, expression(cursor));
    } else {
      const found = token.kind === "name" ? block(cursor, token) : undefined;
      if (found) blocks.push(found);
      else skipLine(cursor);
    }
  }
}

function block(cursor: Cursor, type: HclToken): Block | undefined {
  const labels: string[] = [];
  const from = cursor.at;
  cursor.at += 1;
  for (let token = peek(cursor); token?.kind === "text" || token?.kind === "name"; token = peek(cursor)) {
    labels.push(token.text);
    cursor.at += 1;
  }
  if (!isMark(peek(cursor), "{") || cursor.depth >= DEEPEST_HCL) {
    cursor.at = from;
    return undefined;
  }
  cursor.at += 1;
  cursor.depth += 1;
  const inner = body(cursor);
  cursor.depth -= 1;
  if (peek(cursor) === undefined) fail(cursor);
  cursor.at += 1;
  return { type: type.text, labels, body: inner, start: type.start, end: endOf(cursor) };
}

/** Passes over what is neither attribute nor block. */
function skipLine(cursor: Cursor): void {
  fail(cursor);
  const from = cursor.at;
  skipExpression(cursor);
  if (cursor.at === from) cursor.at += 1;
}
