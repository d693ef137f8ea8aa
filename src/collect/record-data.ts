import { escapeAt, PLACEHOLDER, zoneName } from "./formats/zonefile/name.ts";
import type { DataType } from "./formats/zonefile/rdata.ts";

/** Record data as another notation than a zone file's writes it. */
export type RecordData =
  | { readonly kind: "data"; readonly data: string }
  | { readonly kind: "undetermined"; readonly why: string }
  | { readonly kind: "fault"; readonly message: string };

export interface DataNotation {
  /** Of TXT: `needed` and `optional` quotes are taken away and the strings joined; `kept`: the text is the data. */
  readonly quotes: "needed" | "optional" | "kept";
  /** What `\NNN` means: Route 53 writes octal, zone files decimal (RFC 1035 §5.1). */
  readonly escapes: "octal" | "decimal";
  /** What a host name without a final dot is relative to; null: every name is absolute. */
  readonly origin: string | null;
}

/** The data of one TXT, MX (`10 mx1.example.com.`) or CNAME record. */
export function recordData(type: DataType, text: string, notation: DataNotation): RecordData {
  const placeholder = PLACEHOLDER.test(text);
  if (placeholder) return { kind: "undetermined", why: "a placeholder in it is filled in when it is deployed" };
  if (type === "TXT") return textData(text, notation);
  const [, preference, host] =
    type === "MX" ? (/^\s*([0-9]{1,5})\s+(\S+)\s*$/.exec(text) ?? []) : ["", "0", text.trim()];
  if (preference === undefined || host === undefined || Number(preference) > 65_535)
    return { kind: "fault", message: "an MX record is a preference up to 65535 and one host name" };
  const name = hostName(host, notation);
  if (name === undefined) return { kind: "fault", message: `the target of this ${type} record is no host name` };
  return { kind: "data", data: type === "MX" ? `${Number(preference)} ${name}` : name };
}

/** Lower case, no trailing dot; the root stays `.` (RFC 7505 §3). Undefined: no name. */
export function hostName(raw: string, { escapes, origin }: Omit<DataNotation, "quotes">): string | undefined {
  const text = escapes === "octal" ? unescapedOctal(raw) : raw;
  if (text === "" || (text === "@" && origin === null) || /[\s"]/.test(text)) return undefined;
  const name = zoneName(origin === null && !text.endsWith(".") ? `${text}.` : text, origin);
  return name.kind === "name" ? name.name || "." : undefined;
}

/** `\137mta-sts` is `_mta-sts`. A dot inside a label stays escaped. */
const unescapedOctal = (raw: string): string =>
  raw.replaceAll(/\\([0-3][0-7]{2})/g, (_, digits: string) => {
    const char = String.fromCharCode(Number.parseInt(digits, 8));
    return char === "." || char === "\\" ? `\\${char}` : char;
  });

function textData(raw: string, { quotes, escapes }: DataNotation): RecordData {
  if (quotes === "kept") return { kind: "data", data: raw };
  const text = raw.trim();
  if (text.startsWith('"')) return joined(text, escapes);
  if (quotes === "needed")
    return { kind: "fault", message: "a TXT value stands in quotation marks here; without them it is refused" };
  // Chunks of an unquoted value are written `a""b` or `a" "b`: the provider puts the outer quotes.
  return text.includes('"') ? joined(`"${raw}"`, escapes) : { kind: "data", data: raw };
}

/** `"a" "b"` and `"a""b"` are one text (RFC 8461 §3.1: joined without a space). */
function joined(text: string, escapes: DataNotation["escapes"]): RecordData {
  let data = "";
  let inside = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text[at] as string;
    if (char === '"') inside = !inside;
    else if (!inside && /\s/.test(char)) continue;
    else if (!inside) return { kind: "fault", message: "a TXT value goes on after its closing quotation mark" };
    else if (char !== "\\") data += char;
    else {
      const escape = escapes === "octal" ? octalAt(text, at) : escapeAt(text, at);
      if (!escape) return { kind: "fault", message: "a backslash in a TXT value starts no escape" };
      data += escape.char;
      at += escape.length - 1;
    }
  }
  return inside ? { kind: "fault", message: "a quotation mark of a TXT value is not closed" } : { kind: "data", data };
}

function octalAt(text: string, at: number): ReturnType<typeof escapeAt> {
  const digits = /^[0-3][0-7]{2}/.exec(text.slice(at + 1, at + 4))?.[0];
  if (digits !== undefined) return { char: String.fromCharCode(Number.parseInt(digits, 8)), length: 4 };
  const next = text[at + 1];
  return next === undefined ? undefined : { char: next, length: 2 };
}
