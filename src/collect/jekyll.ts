import { isMap, isScalar, isSeq, parseDocument } from "yaml";

const LARGEST = 64 * 1024;

/** Whether Jekyll's `_config.yml` includes a dot folder by name (its `include` list). A file that is no YAML includes nothing. */
export function jekyllIncludes(text: string, folder: string): boolean {
  if (text.length > LARGEST) return false;
  const { contents, errors } = parseDocument(text, { uniqueKeys: false, logLevel: "silent" });
  const include = errors.length === 0 && isMap(contents) ? contents.get("include", true) : undefined;
  const items: readonly unknown[] = isSeq(include) ? include.items : [include];
  return items.some((item) => {
    const name = isScalar(item) && typeof item.value === "string" ? item.value.replace(/^\.?\//, "") : "";
    return name === folder || name.startsWith(`${folder}/`) || name === ".*" || name === "**";
  });
}

/** The `permalink` in a file's Jekyll front matter; undefined: there is none. */
export function permalinkOf(text: string): string | undefined {
  const [, front] = /^---\r?\n([^]{0,4096}?)\r?\n---[ \t]*(\r?\n|$)/.exec(text) ?? [];
  return /^permalink:[ \t]*["']?([^"'\s]+)/m.exec(front ?? "")?.[1];
}
