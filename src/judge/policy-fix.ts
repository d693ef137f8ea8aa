import type { DomainName } from "../protocol/domain-name.ts";
import type { PolicyDefect } from "../protocol/policy.ts";
import type { Finding, Fix } from "../verdict.ts";
import type { Inspection } from "./inspection.ts";
import { fieldPlace } from "./locate.ts";

/** The text of the proposed policy file; undefined where the repository has none, or one that is no UTF-8. */
function policySource({ proposal: { proposed } }: Inspection): Source | undefined {
  const file = proposed.policyFile.kind === "said" ? proposed.policyFile.value : null;
  if (!file || file.octets.encoding !== "utf-8") return undefined;
  return { path: file.path, lines: file.octets.data.split("\n") };
}

interface Source {
  readonly path: string;
  /** Without their line feeds; a carriage return before one is still there. */
  readonly lines: readonly string[];
}

/** A line `mx: host` behind the last mx line, with the file's own line end. */
export function mxLineFix(inspection: Inspection, host: DomainName): Pick<Finding, "fix"> {
  const source = policySource(inspection);
  const last = fieldPlace(inspection.policy.proposed, "mx");
  if (!source || last.kind !== "file") return {};
  const number = last.span.endLine;
  const line = source.lines[number - 1];
  if (line === undefined || !/^\s*mx\s*:/.test(line)) return {};
  const bare = line.replace(/\r$/, "");
  const end = bare.length < line.length ? "\r\n" : "\n";
  const column = bare.length + 1;
  const span = { startLine: number, startColumn: column, endLine: number, endColumn: column };
  return { fix: { path: source.path, span, text: `${end}mx: ${host}`, lines: bare } };
}

/** What would put one defect right, where that is plain: the line that was meant, or the characters that are too many. */
export function defectFix(inspection: Inspection, defect: PolicyDefect): Pick<Finding, "fix"> {
  const source = policySource(inspection);
  const edit = source && editFor(defect, source);
  return source && edit ? { fix: { path: source.path, ...edit } } : {};
}

const TOO_MUCH = ["byte-order-mark", "white-space"];

function editFor({ code, span, instead }: PolicyDefect, { lines }: Source): Omit<Fix, "path"> | undefined {
  const { startLine, endLine } = span;
  const touched = lines.slice(startLine - 1, endLine).map((line) => line.replace(/\r$/, ""));
  const [first = ""] = touched;
  if (instead !== undefined) {
    const whole = { startLine, startColumn: 1, endLine: startLine, endColumn: first.length + 1 };
    return { span: whole, text: instead, lines: first };
  }
  if (TOO_MUCH.includes(code)) return { span, text: "", lines: first };
  if (code !== "blank-line") return undefined;
  // At the end of the file there is no next line to go on to.
  const next = lines[endLine];
  const end = next === undefined ? span : { ...span, endLine: endLine + 1, endColumn: 1 };
  const shown = next === undefined ? touched : [...touched, next.replace(/\r$/, "")];
  return { span: { ...end, startColumn: 1 }, text: "", lines: shown.join("\n") };
}
