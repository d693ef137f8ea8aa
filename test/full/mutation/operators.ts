// What is changed in a source, one place at a time. Types, strings and regular expressions stay as they are.

/** A node of the ESTree that `parseAst` gives; offsets in UTF-16 units. */
export interface SyntaxNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  readonly [key: string]: unknown;
}

export interface Edit {
  readonly operator: string;
  readonly start: number;
  readonly end: number;
  readonly replacement: string;
}

type Operator = (node: SyntaxNode, text: string) => readonly Edit[];

const nodeIn = (node: SyntaxNode, key: string): SyntaxNode => node[key] as SyntaxNode;
const sliceOf = (text: string, { start, end }: SyntaxNode): string => text.slice(start, end);
const replaced = (operator: string, { start, end }: SyntaxNode, replacement: string): Edit => ({
  operator,
  start,
  end,
  replacement,
});

const SIGNS = new Map([
  ["<", ["comparison", "<="]],
  ["<=", ["comparison", "<"]],
  [">", ["comparison", ">="]],
  [">=", ["comparison", ">"]],
  ["===", ["comparison", "!=="]],
  ["!==", ["comparison", "==="]],
  ["&&", ["logic", "||"]],
  ["||", ["logic", "&&"]],
  ["+", ["arithmetic", "-"]],
  ["-", ["arithmetic", "+"]],
  ["*", ["arithmetic", "/"]],
  ["/", ["arithmetic", "*"]],
  ["+=", ["arithmetic", "-="]],
  ["-=", ["arithmetic", "+="]],
]);

const sign: Operator = (node, text) => {
  if (!["BinaryExpression", "LogicalExpression", "AssignmentExpression"].includes(node.type)) return [];
  const [operator, other] = SIGNS.get(String(node["operator"])) ?? [];
  if (operator === undefined || other === undefined) return [];
  const from = nodeIn(node, "left").end;
  const start = from + text.slice(from, nodeIn(node, "right").start).indexOf(String(node["operator"]));
  return [{ operator, start, end: start + String(node["operator"]).length, replacement: other }];
};

const negation: Operator = (node, text) =>
  node.type === "UnaryExpression" && node["operator"] === "!"
    ? [replaced("negation", node, sliceOf(text, nodeIn(node, "argument")))]
    : [];

const literal: Operator = (node) => {
  const { value } = node;
  if (node.type !== "Literal") return [];
  if (typeof value === "boolean") return [replaced("boolean", node, String(!value))];
  if (typeof value === "number") return [value + 1, value - 1].map((one) => replaced("number", node, String(one)));
  if (typeof value === "bigint") return [value + 1n, value - 1n].map((one) => replaced("number", node, `${one}n`));
  return [];
};

const branches: Operator = (node, text) => {
  if (node.type === "IfStatement") return [replaced("condition", nodeIn(node, "test"), "false")];
  if (node.type !== "ConditionalExpression") return [];
  const [then, other] = [nodeIn(node, "consequent"), nodeIn(node, "alternate")];
  const swapped = `${sliceOf(text, other)}${text.slice(then.end, other.start)}${sliceOf(text, then)}`;
  return [{ operator: "branches", start: then.start, end: other.end, replacement: swapped }];
};

/** Calls whose answer is like what they were called on. */
const DROPPED = new Set(
  "filter sort toSorted reverse toReversed slice trim trimEnd trimStart toLowerCase toUpperCase".split(" "),
);
const QUANTIFIERS = new Map([
  ["some", "every"],
  ["every", "some"],
]);

const calls: Operator = (node, text) => {
  const callee = node["callee"] as SyntaxNode | undefined;
  if (node.type !== "CallExpression" || callee?.type !== "MemberExpression") return [];
  const name = nodeIn(callee, "property");
  const other = QUANTIFIERS.get(sliceOf(text, name));
  if (other !== undefined) return [replaced("quantifier", name, other)];
  if (!DROPPED.has(sliceOf(text, name))) return [];
  return [replaced("dropped-call", node, sliceOf(text, nodeIn(callee, "object")))];
};

const LISTS = new Map([
  ["ArrayExpression", "elements"],
  ["ObjectExpression", "properties"],
  ["CallExpression", "arguments"],
]);

const spread: Operator = (node, text) => {
  const list = (node[LISTS.get(node.type) ?? ""] ?? []) as readonly (SyntaxNode | null)[];
  return list.flatMap((one, index) => {
    if (one?.type !== "SpreadElement") return [];
    const [start, next] = [list[index - 1]?.end, list[index + 1]?.start];
    // With the comma before it or after it; the only element of a list may have one of its own.
    const comma = /^,?/.exec(text.slice(one.end))?.[0].length ?? 0;
    if (next !== undefined) return [{ operator: "spread", start: one.start, end: next, replacement: "" }];
    const end = start === undefined ? one.end + comma : one.end;
    return [{ operator: "spread", start: start ?? one.start, end, replacement: "" }];
  });
};

/** Values that a function can answer at once, by its declared return type. */
function earlyValues(type: SyntaxNode): readonly string[] {
  switch (type.type) {
    case "TSBooleanKeyword":
    case "TSTypePredicate":
      return ["true", "false"];
    case "TSStringKeyword":
      return ['""'];
    case "TSArrayType":
    case "TSTypeOperator":
      return ["[]"];
    case "TSUndefinedKeyword":
      return ["undefined"];
    case "TSNullKeyword":
      return ["null"];
    case "TSUnionType":
      return (type["types"] as readonly SyntaxNode[]).flatMap(earlyValues);
    default:
      return [];
  }
}

const early: Operator = (node) => {
  const type = node["returnType"] as { readonly typeAnnotation: SyntaxNode } | null | undefined;
  const body = node["body"] as SyntaxNode | null | undefined;
  if (!type || !body || !node.type.includes("Function")) return [];
  return earlyValues(type.typeAnnotation).map((value) =>
    body.type === "BlockStatement"
      ? { operator: "early-return", start: body.start + 1, end: body.start + 1, replacement: ` return ${value};` }
      : replaced("early-return", body, value),
  );
};

export const OPERATORS: readonly Operator[] = [sign, negation, literal, branches, calls, spread, early];
