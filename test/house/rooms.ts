// Who may import whom, as one table, and what a pure room may not touch.
import { posix } from "node:path";
import { bareCode, hiddenImports, importsOf } from "./source.ts";

/** Files at the root of src/ that are no nouns. */
const ROOT_ROOMS = ["gate", "index"];

const PURE_BUILTINS = ["node:crypto", "node:path", "node:url", "node:util"];
const NOUNS_BELOW = ["protocol", "nouns"];
const ROOMS = [...NOUNS_BELOW, "collect", "observe", "judge", "report"];

/** For each room: the rooms and packages it may import. `node:` stands for every module of Node. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  protocol: [],
  nouns: ["protocol"],
  collect: [...NOUNS_BELOW, ...PURE_BUILTINS, "yaml"],
  observe: [...NOUNS_BELOW, ...PURE_BUILTINS],
  judge: [...NOUNS_BELOW, ...PURE_BUILTINS, "tldts"],
  report: [...NOUNS_BELOW, ...PURE_BUILTINS],
  world: [...NOUNS_BELOW, "node:", "dns-packet", "undici"],
  gate: [...NOUNS_BELOW, "collect", "observe", "judge"],
  run: [...ROOMS, "gate", "world", "generated", "node:"],
  demo: [...ROOMS, "gate", "index", "world", "run", "node:", "dns-packet", "undici", "yaml"],
  action: [
    ...ROOMS,
    "gate",
    "index",
    "world",
    "run",
    "demo",
    "node:",
    "@actions/core",
    "@actions/github",
    "undici",
    "yaml",
  ],
  cli: [...ROOMS, "gate", "index", "world", "run", "demo", "node:", "undici", "yaml"],
  index: [...ROOMS, "gate", "world"],
};

/** Rooms whose answer is a function of what they are given (SPEC §2). */
const PURE = [...ROOMS];

const IMPURE =
  /\b(?:process|globalThis|console)\s*\.|\bfetch\s*\(|\bDate\.now\b|\bnew Date\s*\(\s*\)|\bMath\.random\b|\brandom(?:Bytes|UUID|Int|FillSync)\b|\bset(?:Timeout|Interval|Immediate)\b|\bperformance\./;

/** The room of a path such as `src/judge/rule.ts`. */
export function roomOf(path: string): string {
  const [, head = ""] = path.split("/");
  if (!head.endsWith(".ts")) return head;
  const stem = head.slice(0, -".ts".length);
  return ROOT_ROOMS.includes(stem) ? stem : "nouns";
}

/** What is wrong with where `path` reaches: one line each, naming file and target. */
export function trespasses(path: string, text: string): readonly string[] {
  const room = roomOf(path);
  const allowed = MAY_IMPORT[room];
  if (!allowed) return [`${path} lies in no room that the house knows`];
  const wrong = importsOf(text).filter((target) => !mayImport(path, target, allowed));
  const impure = PURE.includes(room) ? IMPURE.exec(bareCode(text)) : null;
  return [
    ...wrong.map((target) => `${path} imports ${target}`),
    ...hiddenImports(text).map((way) => `${path} hides an import behind ${way}`),
    ...(impure ? [`${path} is not pure: ${impure[0]}`] : []),
  ];
}

function mayImport(path: string, target: string, allowed: readonly string[]): boolean {
  if (!target.startsWith("."))
    return allowed.includes(target) || (target.startsWith("node:") && allowed.includes("node:"));
  const found = posix.join(posix.dirname(path), target);
  return found.startsWith("src/") && (roomOf(found) === roomOf(path) || allowed.includes(roomOf(found)));
}
