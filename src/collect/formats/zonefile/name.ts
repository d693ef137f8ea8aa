/** A name as a zone file writes it, made absolute. `unknown`: it is relative and nothing says to what. */
export type ZoneName =
  | { readonly kind: "name"; readonly name: string }
  | { readonly kind: "unknown" }
  | { readonly kind: "placeholder" }
  | { readonly kind: "malformed" };

/** Text that a tool replaces before the zone is loaded: `{{x}}`, `{% x %}`, `${x}`, `<% x %>`, `@@x@@`, `%%x%%`. */
export const PLACEHOLDER = /\{\{|\{%|\$\{|<%|@@\w+@@|%%\w+%%/;

/**
 * RFC 1035 §5.1: `@` is the origin, and a name without a final dot is relative to it. Lower case, no trailing dot; the root is
 * the empty name. `origin` null: not known.
 */
export function zoneName(raw: string, origin: string | null): ZoneName {
  if (PLACEHOLDER.test(raw)) return { kind: "placeholder" };
  if (raw === "@") return origin === null ? { kind: "unknown" } : { kind: "name", name: origin };
  if (raw === ".") return { kind: "name", name: "" };
  const labels = labelsOf(raw);
  if (labels === undefined) return { kind: "malformed" };
  const absolute = labels.at(-1) === "";
  const relative = (absolute ? labels.slice(0, -1) : labels).join(".");
  if (absolute) return { kind: "name", name: relative };
  if (origin === null) return { kind: "unknown" };
  return { kind: "name", name: origin === "" ? relative : `${relative}.${origin}` };
}

/** The labels, the last one empty when the name ends in a dot. A dot inside a label stays escaped, so that names compare right. */
function labelsOf(raw: string): readonly string[] | undefined {
  const labels = [""];
  for (let at = 0; at < raw.length; at += 1) {
    const char = raw[at] as string;
    if (char === ".") labels.push("");
    else {
      const escape = char === "\\" ? escapeAt(raw, at) : { char, length: 1 };
      if (!escape) return undefined;
      labels.push(`${labels.pop()}${escape.char === "." ? "\\." : escape.char.toLowerCase()}`);
      at += escape.length - 1;
    }
  }
  const inner = labels.at(-1) === "" ? labels.slice(0, -1) : labels;
  return inner.length > 0 && inner.every((label) => label !== "" && label.length <= 63) ? labels : undefined;
}

/** `\DDD` is the octet with that decimal number, `\X` is X itself (RFC 1035 §5.1). Undefined: neither. */
export function escapeAt(raw: string, at: number): { readonly char: string; readonly length: number } | undefined {
  const next = raw[at + 1];
  if (next === undefined) return undefined;
  if (!/[0-9]/.test(next)) return { char: next, length: 2 };
  const digits = /^[0-9]{3}/.exec(raw.slice(at + 1, at + 4))?.[0];
  return digits !== undefined && Number(digits) < 256
    ? { char: String.fromCharCode(Number(digits)), length: 4 }
    : undefined;
}

// Endings that say what a file is; a name that ends in another one is no domain's. `example.zone` alone is not taken for a domain.
const NOT_A_DOMAIN =
  /\.(zone|db|txt|inc|include|conf|cfg|hosts|dns|bind|local|in|j2|tmpl|tpl|md|json|ya?ml|tf|key|signed)$/;
const DOMAIN = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+([a-z]{2,63}|xn--[a-z0-9-]{1,59}|(\d{1,3}\.)*in-addr\.arpa)$/;

/** The zone that a file is named for: `example.com`, `example.com.zone`, `db.example.com`, `example.com.db`, `example.com.txt`. */
export function originOfPath(path: string): string | null {
  const file = path.slice(path.lastIndexOf("/") + 1).toLowerCase();
  const stem = file.replace(/^(db|zone|pri|named)\./, "").replace(/\.(zone|db|txt)$/, "");
  return DOMAIN.test(stem) && !NOT_A_DOMAIN.test(stem) ? stem : null;
}

/** Whether `name` is `zone` or lies below it. */
export function within(name: string, zone: string): boolean {
  return zone === "" || name === zone || name.endsWith(`.${zone}`);
}
