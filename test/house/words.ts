// Names that say nothing about what is inside.
import { bareCode } from "./source.ts";

const EMPTY_WORDS = [
  "util",
  "utils",
  "helper",
  "helpers",
  "common",
  "misc",
  "manager",
  "handler",
  "processor",
  "wrapper",
  "impl",
];
/** Words that are nouns of this field inside a longer name (`base-tree`), and nothing alone. */
const EMPTY_ALONE = ["base", "core", "shared", "lib", "data", "info", "item", "service", "engine", "provider", "types"];
const EMPTY_VERBS =
  /\b(?:function\*?|const|let)\s+((?:process|handle|do|check)(?=[A-Z])\w*|is\w*Valid|utils?|helpers?|common|misc)\b(?=\s*(?:<[^>]*>)?\s*(?:\(|=\s*(?:async\s*)?(?:\(|\w+\s*=>)))/g;

/** The parts of a path that say nothing, such as `utils` of `src/world/dns-utils.ts`. */
export function emptyNames(path: string): readonly string[] {
  return path.split("/").flatMap((part) => {
    const stem = part.replace(/(?:\.test|\.d)?\.\w+$/, "").toLowerCase();
    return EMPTY_ALONE.includes(stem) ? [stem] : stem.split("-").filter((word) => EMPTY_WORDS.includes(word));
  });
}

/** Functions of a text whose names say nothing, such as `processPolicy`. */
export function emptyFunctions(text: string): readonly string[] {
  return [...bareCode(text).matchAll(EMPTY_VERBS)].map(([, name = ""]) => name);
}
