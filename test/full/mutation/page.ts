// docs/mutation.md: the survivors that are known, each with the reason why it may be one.
import { readFileSync } from "node:fs";
import type { Mutant } from "./mutants.ts";
import type { Judged } from "./run.ts";

export interface Known {
  readonly file: string;
  readonly operator: string;
  readonly change: string;
  readonly why: string;
}

/** The rows of the page's table of survivors. */
export function knownSurvivors(page = readFileSync("docs/mutation.md", "utf8")): readonly Known[] {
  const section = page.split(/^## Survivors$/m).at(-1) ?? "";
  const rows = section.split("\n").filter((line) => /^\| `src\//.test(line));
  return rows.map((row) => {
    const [file = "", operator = "", change = "", why = ""] = row
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((one) => one.trim());
    return { file: plain(file), operator, change: plain(change), why };
  });
}

const plain = (code: string): string => code.replace(/^(`+) ?([^]*?) ?\1$/, "$2").replaceAll("\\|", "|");

/** A row for the page, to which only the reason has to be added. */
export function survivorRow({ file, operator, change }: Mutant): string {
  const escaped = change.replaceAll("|", "\\|");
  const code = change.includes("`") ? `\`\` ${escaped} \`\`` : `\`${escaped}\``;
  return `| \`${file}\` | ${operator} | ${code} |  |`;
}

export const nameOf = ({ file, operator, change }: Pick<Mutant, "file" | "operator" | "change">): string =>
  `${file} ${operator} ${change}`;

/** Figures for each source, as the table of the page. */
export function figures(judged: readonly Judged[]): string {
  const bySource = Map.groupBy(judged, ({ mutant }) => mutant.file);
  const rows = [...bySource].map(([file, all]) => [`\`${file}\``, ...counts(all)]);
  const table = [["source", "mutants", "noticed", "survived"], ["---", "---", "---", "---"], ...rows];
  return [...table, ["all", ...counts(judged)]].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function counts(judged: readonly Judged[]): readonly string[] {
  const survived = judged.filter(({ noticedBy }) => noticedBy === undefined).length;
  return [judged.length, judged.length - survived, survived].map(String);
}
