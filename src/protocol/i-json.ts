export type JsonReading =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "invalid"; readonly why: "no-json" | "duplicate-name" };

// One token that matters for names: a whole string, or a bracket, comma or colon. Everything else is passed over.
const TOKEN = /"(?:[^"\\]|\\.)*"|[{}[\],:]/g;

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

/** Only for text that is JSON. Names count as they are meant: `"\u0061"` is `"a"`. */
function hasDuplicateName(text: string): boolean {
  const open: (Set<string> | undefined)[] = []; // the names of each object around this place; undefined for an array
  let last = "";
  for (const [token] of text.matchAll(TOKEN)) {
    if (token === "{") open.push(new Set());
    else if (token === "[") open.push(undefined);
    else if (token === "}" || token === "]") open.pop();
    else if (token === ":") {
      const names = open.at(-1);
      const name = last.includes("\\") ? String(JSON.parse(last)) : last.slice(1, -1);
      if (names?.has(name)) return true;
      names?.add(name);
    }
    last = token;
  }
  return false;
}
