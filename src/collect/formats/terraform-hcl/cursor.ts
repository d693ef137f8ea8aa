import type { HclToken } from "./token.ts";

/** Where reading stands. Changed in place. */
export interface Cursor {
  readonly text: string;
  readonly tokens: readonly HclToken[];
  at: number;
  depth: number;
  /** The first place that cannot be read as HCL. */
  broken: number | undefined;
  /** The text that a reference such as `local.domain` stands for, where the file says it. */
  readonly lookup: (reference: string) => string | undefined;
}

export const DEEPEST_HCL = 64;

export const peek = ({ tokens, at }: Cursor): HclToken | undefined => tokens[at];

export const isMark = (token: HclToken | undefined, text: string): boolean =>
  token?.kind === "mark" && token.text === text;

/** Whether nothing more of an expression can follow. */
export const ends = (token: HclToken | undefined): boolean =>
  token === undefined || token.kind === "newline" || (token.kind === "mark" && /^[,)\]}]$/.test(token.text));

export function skipNewlines(cursor: Cursor): void {
  while (peek(cursor)?.kind === "newline") cursor.at += 1;
}

/** To the end of an expression: a comma, a closing bracket or a line's end that no bracket encloses. */
export function skipExpression(cursor: Cursor): void {
  let open = 0;
  for (let token = peek(cursor); token; token = peek(cursor)) {
    if (open === 0 && ends(token)) return;
    if (token.kind === "mark" && /^[([{]$/.test(token.text)) open += 1;
    else if (token.kind === "mark" && /^[)\]}]$/.test(token.text)) open -= 1;
    cursor.at += 1;
  }
}

/** The end of what was read last. */
export const endOf = ({ tokens, at, text }: Cursor): number => tokens[at - 1]?.end ?? text.length;

export function fail(cursor: Cursor): void {
  cursor.broken ??= peek(cursor)?.start ?? cursor.text.length;
}
