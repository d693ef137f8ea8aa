export type JsonReading =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "invalid"; readonly why: "no-json" | "duplicate-name" };

/**
 * Reads I-JSON (RFC 7493 §2.3): JSON without two members of one name in one object, of which `JSON.parse` would keep the last.
 * Members come as own properties, `__proto__` too: read them with `Object.hasOwn`.
 */
export function readIJson(text: string): JsonReading {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return { kind: "invalid", why: "no-json" };
  }
  return hasDuplicateName(text) ? { kind: "invalid", why: "duplicate-name" } : { kind: "value", value };
}

/**
 * Only for text that is JSON. Names count as they are meant: `"\u0061"` is `"a"`. By hand, because a regular expression for
 * strings runs out of stack on a long one.
 */
function hasDuplicateName(text: string): boolean {
  const open: (Set<string> | undefined)[] = []; // the names of each object around this place; undefined for an array
  let last = "";
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at];
    if (char === '"') {
      const end = stringEnd(text, at);
      last = text.slice(at, end);
      at = end - 1;
    } else if (char === "{") open.push(new Set());
    else if (char === "[") open.push(undefined);
    else if (char === "}" || char === "]") open.pop();
    else if (char === ":") {
      const names = open.at(-1);
      const name = last.includes("\\") ? String(JSON.parse(last)) : last.slice(1, -1);
      if (names?.has(name)) return true;
      names?.add(name);
    }
  }
  return false;
}

/** The index after the quote that ends the string beginning at `start`: the first with an even number of backslashes before it. */
function stringEnd(text: string, start: number): number {
  for (let at = text.indexOf('"', start + 1); at >= 0; at = text.indexOf('"', at + 1)) {
    let slashes = 0;
    while (text[at - 1 - slashes] === "\\") slashes += 1;
    if (slashes % 2 === 0) return at + 1;
  }
  return text.length;
}
