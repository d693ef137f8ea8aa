type Part = { readonly kind: "char"; readonly char: string } | { readonly kind: "one" | "name" | "any" | "folders" };

const LONGEST = 256;
const MOST_ALTERNATIVES = 64;

/**
 * Whether a path matches a glob of `*` (within a name), `**` (across folders), `?` and `{a,b}`. Dots are ordinary. Globs come
 * from the change under review, so no regular expression is made of them: time is linear in the path. A glob that is too long
 * or has too many alternatives matches nothing.
 */
export function globMatcher(glob: string): (path: string) => boolean {
  const matchers = glob.length > LONGEST ? [] : alternatives(glob).map((pattern) => matcherOf(parts(pattern)));
  return (path) => matchers.some((matches) => matches(path));
}

/** Most globs are a text, one star and a text: there may be many paths, and comparing the two ends tells. */
function matcherOf(pattern: readonly Part[]): (path: string) => boolean {
  const first = pattern.findIndex(({ kind }) => kind !== "char");
  const last = pattern.findLastIndex(({ kind }) => kind !== "char");
  const [before, after] = [textOf(pattern.slice(0, Math.max(0, first))), textOf(pattern.slice(last + 1))];
  if (first < 0) return (path) => path === after;
  const between = pattern
    .slice(first, last + 1)
    .map(({ kind }) => kind)
    .join(" ");
  const ends = (path: string) =>
    path.length >= before.length + after.length && path.startsWith(before) && path.endsWith(after);
  if (between === "any" || between === "folders name") return ends;
  if (between === "name")
    return (path) => ends(path) && !path.slice(before.length, path.length - after.length).includes("/");
  return (path) => ends(path) && fits(pattern, path);
}

const textOf = (chars: readonly Part[]): string =>
  chars.map((part) => (part.kind === "char" ? part.char : "")).join("");

/** `{a,b}` written out, innermost first; a brace without a partner or a comma is an ordinary character. */
function alternatives(glob: string): readonly string[] {
  const done: string[] = [];
  const open = [glob];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (done.length + open.length > MOST_ALTERNATIVES) return [];
    const group = /\{([^{}]*,[^{}]*)\}/.exec(next);
    if (!group) done.push(next);
    else open.push(...(group[1] ?? "").split(",").map((choice) => next.replace(group[0], () => choice)));
  }
  return done;
}

function parts(pattern: string): readonly Part[] {
  const found: Part[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const char = pattern[at] as string;
    if (char === "?") found.push({ kind: "one" });
    else if (char !== "*") found.push({ kind: "char", char });
    else {
      const many = pattern[at + 1] === "*";
      while (pattern[at + 1] === "*") at += 1;
      const folders = many && pattern[at + 1] === "/" && (found.length === 0 || pattern[at - 2] === "/");
      if (folders) at += 1;
      found.push({ kind: folders ? "folders" : many ? "any" : "name" });
    }
  }
  return found;
}

/** All the places in the pattern that the text so far can have reached, one character at a time. */
function fits(pattern: readonly Part[], path: string): boolean {
  let reached = settle(pattern, new Set([0]), "/");
  for (const char of path) {
    const next = new Set<number>();
    for (const place of reached) {
      const part = pattern[place];
      if (part?.kind === "any" || part?.kind === "folders" || (part?.kind === "name" && char !== "/")) next.add(place);
      else if (part?.kind === "char" ? part.char === char : part?.kind === "one" && char !== "/") next.add(place + 1);
    }
    if (next.size === 0) return false;
    reached = settle(pattern, next, char);
  }
  return reached.has(pattern.length);
}

/** A star may end here; `**` before a slash only where a folder begins. */
function settle(pattern: readonly Part[], reached: ReadonlySet<number>, before: string): ReadonlySet<number> {
  const all = new Set(reached);
  for (const place of all) {
    const kind = pattern[place]?.kind;
    if (kind === "name" || kind === "any" || (kind === "folders" && before === "/")) all.add(place + 1);
  }
  return all;
}
