import { isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from "yaml";
import type { PublishingFault } from "../proposal.ts";
import type { Span } from "../protocol/span.ts";
import type { Side } from "./side.ts";

/** A workflow that publishes a site, as far as that matters here. */
export interface PagesWorkflow {
  readonly path: string;
  readonly steps: readonly UsesStep[];
}

/** One `uses:` of a workflow. */
interface UsesStep {
  /** `actions/upload-pages-artifact`, lower case. */
  readonly action: string;
  /** Of the tag, or of the comment behind a commit id: `v5.0.1 # …` is [5, 0]; undefined: not said. */
  readonly version: readonly [number, number | undefined] | undefined;
  readonly inputs: ReadonlyMap<string, string>;
  readonly span: Span;
}

const PUBLISHES = /upload-pages-artifact|deploy-pages|actions-gh-pages|github-pages-deploy-action/i;
const MOST_WORKFLOWS = 100;
const LARGEST = 256 * 1024;

/** The workflows of a side that publish with the actions of GitHub Pages. One that is no YAML runs nothing, and is left out. */
export async function readPagesWorkflows({ paths, text }: Side): Promise<readonly PagesWorkflow[]> {
  const files = [...paths].filter((path) => /^\.github\/workflows\/[^/]+\.ya?ml$/.test(path)).toSorted();
  const found: PagesWorkflow[] = [];
  for (const path of files.slice(0, MOST_WORKFLOWS)) {
    const source = (await text(path)) ?? "";
    if (source.length <= LARGEST && PUBLISHES.test(source)) found.push({ path, steps: stepsIn(source) });
  }
  return found.filter(({ steps }) => steps.length > 0);
}

function stepsIn(source: string): readonly UsesStep[] {
  const lines = new LineCounter();
  const { contents, errors } = parseDocument(source, { lineCounter: lines, uniqueKeys: false, logLevel: "silent" });
  const jobs = errors.length === 0 && isMap(contents) ? contents.get("jobs") : undefined;
  if (!isMap(jobs)) return [];
  return jobs.items.flatMap(({ value }) => {
    const steps = isMap(value) ? value.get("steps") : undefined;
    return isSeq(steps) ? steps.items.flatMap((step) => (isMap(step) ? usesStep(step, lines) : [])) : [];
  });
}

function usesStep(step: YAMLMap, lines: LineCounter): UsesStep[] {
  const uses = step.get("uses", true);
  const [, action, ref] = /^([^@\s]+)@(\S+)$/.exec(scalarText(uses)) ?? [];
  if (!isScalar(uses) || action === undefined || ref === undefined) return [];
  const { range } = uses as Node;
  const [from, to] = [lines.linePos(range?.[0] ?? 0), lines.linePos(range?.[1] ?? 0)];
  const given = step.get("with");
  const inputs = isMap(given)
    ? given.items.map(({ key, value }) => [scalarText(key).toLowerCase(), scalarText(value)] as const)
    : [];
  const span = { startLine: from.line, startColumn: from.col, endLine: to.line, endColumn: to.col };
  return [
    {
      action: action.toLowerCase(),
      version: versionIn(ref) ?? (/^[0-9a-f]{40}$/.test(ref) ? versionIn(uses.comment?.trim() ?? "") : undefined),
      inputs: new Map(inputs),
      span,
    },
  ];
}

function scalarText(node: unknown): string {
  const value = isScalar(node) ? node.value : undefined;
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? String(value) : "";
}

function versionIn(text: string): UsesStep["version"] {
  const [, major, minor] = /^(?:tag=)?v?([0-9]{1,4})(?:\.([0-9]{1,4}))?(?:\.[0-9]+)?(?![0-9A-Za-z.])/.exec(text) ?? [];
  return major === undefined ? undefined : [Number(major), minor === undefined ? undefined : Number(minor)];
}

/** The steps of a workflow that leave dot folders out of an artifact which `carries` the policy. */
export function artifactFaults(
  { path, steps }: PagesWorkflow,
  carries: (published: string) => boolean,
): readonly PublishingFault[] {
  const feeds = steps.some(({ action }) => action === "actions/download-artifact");
  return steps.flatMap((step): readonly PublishingFault[] => {
    const why = whyDropped(step, feeds);
    if (why === undefined || !published(step).some(carries)) return [];
    const message = `${step.action} leaves .well-known out of the site: ${why}`;
    return [{ code: "artifact-drops", message, location: { kind: "file", path, span: step.span } }];
  });
}

const KEEP = "say include-hidden-files: true";

// actions/upload-pages-artifact #129: v4 leaves dot folders out with no way to keep them, v5 has an input for it.
function whyDropped({ action, version, inputs }: UsesStep, feeds: boolean): string | undefined {
  if (version === undefined || /^\s*true\s*$/i.test(inputs.get("include-hidden-files") ?? "")) {
    const [major] = version ?? [];
    return action === "actions/upload-pages-artifact" && major === 4 ? `take v5 and ${KEEP}` : undefined;
  }
  const [major, minor] = version;
  if (action === "actions/upload-pages-artifact" && major >= 4) return major === 4 ? `take v5 and ${KEEP}` : KEEP;
  // The tag v4 has moved on to 4.4 and later, which keep no dot folder unless told.
  const late = major > 4 || (major === 4 && (minor ?? 4) >= 4);
  return action === "actions/upload-artifact" && late && feeds ? KEEP : undefined;
}

/** The paths that a step uploads; a tar made by hand has in it what it has. */
function published({ action, inputs }: UsesStep): readonly string[] {
  const given = inputs.get("path") ?? (action === "actions/upload-pages-artifact" ? "_site/" : "");
  return given
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "" && !line.startsWith("!") && !/\.(tar|tgz|zip)(\.gz)?$/.test(line));
}
