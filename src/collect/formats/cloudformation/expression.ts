import { itemsOf, memberOf, textOf, type YamlNode } from "../../yaml-file.ts";

/** What an expression of a template comes to, as far as the template says it. */
export type Value =
  | {
      readonly kind: "text";
      readonly text: string;
      /** Where the text stands: of a `!Ref`, the parameter's default. */
      readonly node: YamlNode;
      /** Parameters whose defaults are in it: a deployment may override them. */
      readonly defaults: readonly string[];
    }
  | { readonly kind: "unknown"; readonly what: string };

/** A template, as far as expressions need it. */
export interface Scope {
  readonly parameters: YamlNode | undefined;
  readonly mappings: YamlNode | undefined;
  /** How many expressions may still be looked at: substitutions within substitutions multiply. */
  readonly left: { steps: number };
}

export const MOST_STEPS = 200_000;

/** `!Sub x`, `{"Fn::Sub": x}`: the function's name without `Fn::`, and its argument. */
export interface Call {
  readonly name: string;
  readonly argument: YamlNode;
}

const SHORT = /^!([A-Za-z]+)$/;

/** Undefined: a literal. */
export function callOf(node: YamlNode): Call | undefined {
  const [, short] = SHORT.exec(node.tag ?? "") ?? [];
  if (short !== undefined) return { name: short, argument: node };
  if (node.kind !== "map" || node.members.size !== 1) return undefined;
  const [[key, { value }] = ["", { value: node }]] = node.members;
  const name =
    key === "Ref" || key === "Condition" ? key : key.startsWith("Fn::") ? key.slice("Fn::".length) : undefined;
  return name === undefined ? undefined : { name, argument: value };
}

const DEEPEST = 16;

/** The text of an expression. Never runs anything: what a stack, a macro or the account decides is unknown. */
export function evaluate(scope: Scope, node: YamlNode, depth = 0): Value {
  scope.left.steps -= 1;
  if (depth > DEEPEST || scope.left.steps < 0) return unknown("an expression that is too large");
  const call = callOf(node);
  if (!call) {
    const text = textOf(node);
    return text === undefined ? unknown("a value that is no text") : { kind: "text", text, node, defaults: [] };
  }
  const { name, argument } = call;
  if (name === "Ref") return parameter(scope, textOf(argument) ?? "");
  if (name === "Sub") return substituted(scope, argument, depth);
  if (name === "Join") return joined(scope, argument, depth);
  if (name === "Select") return selected(scope, argument, depth);
  if (name === "FindInMap") return mapped(scope, argument, depth);
  return unknown(`!${name.slice(0, 32)}`);
}

const unknown = (what: string): Value => ({ kind: "unknown", what });

// Of these the default is the value itself; of an SSM parameter it is only the name under which the value is kept.
const PLAIN_TYPE = /^(String|Number|CommaDelimitedList|List<Number>)$/;

function parameter({ parameters }: Scope, name: string): Value {
  const declared = memberOf(parameters, name);
  const node = memberOf(declared, "Default");
  const text = textOf(node);
  const hidden = /^true$/i.test(textOf(memberOf(declared, "NoEcho")) ?? "");
  const plain = PLAIN_TYPE.test(textOf(memberOf(declared, "Type")) ?? "String");
  return node && text !== undefined && plain && !hidden
    ? { kind: "text", text, node, defaults: [name] }
    : unknown(`!Ref ${name.slice(0, 64)}`);
}

/** `!Sub text` or `!Sub [text, {Name: value}]`; `${!x}` is `${x}` itself. */
function substituted(scope: Scope, argument: YamlNode, depth: number): Value {
  const list = argument.kind === "list" ? argument.items : [argument];
  const [template, own] = [textOf(list[0]), list[1]];
  if (template === undefined || list[0] === undefined) return unknown("!Sub without a text");
  const parts: Value[] = [];
  let at = 0;
  for (const match of template.matchAll(/\$\{([^{}]*)\}/g)) {
    const name = (match[1] ?? "").trim();
    const value = memberOf(own, name);
    parts.push(literal(template.slice(at, match.index), list[0]));
    if (name.startsWith("!")) parts.push(literal(`\${${name.slice(1)}}`, list[0]));
    else parts.push(value ? evaluate(scope, value, depth + 1) : parameter(scope, name));
    at = match.index + match[0].length;
  }
  return concatenated([...parts, literal(template.slice(at), list[0])], "", list[0]);
}

const literal = (text: string, node: YamlNode): Value => ({ kind: "text", text, node, defaults: [] });

function joined(scope: Scope, argument: YamlNode, depth: number): Value {
  const [delimiter, list] = argument.kind === "list" ? argument.items : [];
  const between = delimiter?.kind === "scalar" ? delimiter.text : undefined;
  if (between === undefined || list === undefined || argument.kind !== "list") return unknown("!Join");
  return concatenated(valuesOf(scope, list, depth + 1), between, argument);
}

const LONGEST = 64 * 1024;

function concatenated(parts: readonly Value[], between: string, node: YamlNode): Value {
  const texts: string[] = [];
  const defaults: string[] = [];
  let length = 0;
  for (const part of parts) {
    if (part.kind === "unknown") return part;
    length += part.text.length + between.length;
    if (length > LONGEST) return unknown("a text of more than 64 KiB");
    texts.push(part.text);
    defaults.push(...part.defaults);
  }
  return { kind: "text", text: texts.join(between), node, defaults: [...new Set(defaults)] };
}

function selected(scope: Scope, argument: YamlNode, depth: number): Value {
  const [index, list] = argument.kind === "list" ? argument.items : [];
  if (list === undefined || !/^[0-9]{1,4}$/.test(textOf(index) ?? "")) return unknown("!Select");
  return valuesOf(scope, list, depth + 1)[Number(textOf(index))] ?? unknown("!Select");
}

function mapped(scope: Scope, argument: YamlNode, depth: number): Value {
  let node = scope.mappings;
  const defaults: string[] = [];
  for (const key of argument.kind === "list" ? argument.items.slice(0, 3) : []) {
    const name = evaluate(scope, key, depth + 1);
    if (name.kind === "unknown") return unknown("!FindInMap");
    defaults.push(...name.defaults);
    node = memberOf(node, name.text);
  }
  const text = textOf(node);
  return node && text !== undefined ? { kind: "text", text, node, defaults } : unknown("!FindInMap");
}

/** The values of a list: written out, split, or a parameter whose default is one. */
export function valuesOf(scope: Scope, node: YamlNode, depth = 0): readonly Value[] {
  const call = callOf(node);
  if (!call) return itemsOf(node).map((item) => evaluate(scope, item, depth + 1));
  const [delimiter, text] = call.name === "Split" && call.argument.kind === "list" ? call.argument.items : [];
  const value = text ? evaluate(scope, text, depth + 1) : evaluate(scope, node, depth + 1);
  const between = call.name === "Ref" ? "," : delimiter?.kind === "scalar" ? delimiter.text : "";
  if (value.kind === "unknown" || between === "") return [value];
  return value.text.split(between).map((part) => ({ ...value, text: part.trim() }));
}
