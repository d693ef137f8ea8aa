// What the house test reads of a source file. No parser: the sources keep to one style, and the style is checked too.

/** The text without comments, so that prose about `process.env` or an import is not taken for one. Strings stay. */
export function code(text: string): string {
  return text.replace(
    /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*')|\/\*[\s\S]*?\*\/|(?<![:\\])\/\/[^\n]*/g,
    (_, string?: string) => string ?? "",
  );
}

/** The text without comments and with every string emptied. */
export function bareCode(text: string): string {
  return code(text).replace(/"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g, '""');
}

/** Every module that the text names: static, re-exported, for its side effects, dynamic, as a type. */
export function importsOf(text: string): readonly string[] {
  const bare = code(text);
  const named = [
    ...bare.matchAll(/(?:\bfrom\s*|\bimport\s*|\bimport\s*\(\s*|\brequire\s*\(\s*)["'`]([^"'`\n]+)["'`]/g),
  ];
  return named.map(([, target = ""]) => target);
}

/** Ways to reach a module that {@link importsOf} cannot see. */
export function hiddenImports(text: string): readonly string[] {
  const ways = [
    /\bimport\s*\((?!\s*["'])/,
    /\bcreateRequire\b/,
    /\bgetBuiltinModule\b/,
    /\brequire\s*\(/,
    /\beval\s*\(/,
    /\bnew Function\b/,
  ];
  return ways.flatMap((way) => way.exec(code(text))?.[0].trim() ?? []);
}
