// The licences that ncc collects, one block a package: a line with its name, then the text.
import { existsSync } from "node:fs";

/**
 * One list out of several, each package once, sorted by name.
 * @param {readonly string[]} texts
 * @param {(name: string) => boolean} isPackage tells the name of a package from a line of a licence
 */
export function mergeLicences(texts, isPackage = isInstalled) {
  const blocks = new Map(texts.flatMap((text) => licenceBlocks(text, isPackage)));
  return [...blocks.keys()]
    .sort()
    .map((name) => `${blocks.get(name)}\n`)
    .join("\n");
}

/**
 * @param {string} text
 * @param {(name: string) => boolean} isPackage
 * @returns {(readonly [name: string, block: string])[]}
 */
function licenceBlocks(text, isPackage) {
  const lines = text.split(/\r?\n/);
  const starts = lines.flatMap((line, at) => ((at === 0 || lines[at - 1] === "") && isPackage(line) ? [at] : []));
  if (text.trim() !== "" && starts[0] !== 0) throw new Error(`a list of licences begins with no package: ${lines[0]}`);
  return starts.map((start, at) => [
    lines[start] ?? "",
    lines
      .slice(start, starts[at + 1])
      .join("\n")
      .trimEnd(),
  ]);
}

/** @param {string} name */
const isInstalled = (name) => /^(@[\w.-]+\/)?[\w.-]+$/.test(name) && existsSync(`node_modules/${name}/package.json`);
