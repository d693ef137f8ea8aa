/** The folder of a path; `""` is the root. */
export const folderOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

export const nameOf = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

/** `wanted` as seen from `folder`. Undefined: it is absolute, or above the root. */
export function joined(folder: string, wanted: string): string | undefined {
  if (/^[/~]|\\/.test(wanted)) return undefined;
  const parts = folder === "" ? [] : folder.split("/");
  for (const part of wanted.split("/")) {
    if (part === "..") {
      if (parts.pop() === undefined) return undefined;
    } else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

/** The folder itself and all above it, the root last. */
export function upwards(folder: string): readonly string[] {
  const parts = folder === "" ? [] : folder.split("/");
  return [...parts.keys(), parts.length].toReversed().map((length) => parts.slice(0, length).join("/"));
}
