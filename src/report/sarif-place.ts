import type { Location } from "../location.ts";
import type { Span } from "../protocol/span.ts";
import { inertMessage } from "./inert.ts";
import { placeOf } from "./place.ts";

/** SARIF 2.1.0 §3.28, as far as it is written here. */
export interface SarifLocation {
  readonly physicalLocation: PhysicalLocation;
  readonly logicalLocations?: readonly {
    readonly fullyQualifiedName: string;
    readonly kind: "resource" | "parameter";
  }[];
}

/** SARIF 2.1.0 §3.29. */
interface PhysicalLocation {
  readonly artifactLocation: { readonly uri: string };
  readonly region: Span;
}

/** Where a finding is shown, and, where that is not where it lies, its real place in words. */
export interface Shown {
  readonly location: SarifLocation;
  readonly elsewhere: string | null;
}

/** What GitHub shows nothing for unless a repository has it; there it is the file that says which domains are gated. */
const CONFIG_FILE = ".github/mta-sts-gate.yml";
const START: Span = { startLine: 1, startColumn: 1, endLine: 1, endColumn: 1 };
const PATH_LIMIT = 1_024;
const RELATED = 10;

/** `path` as a relative URI (RFC 3986 §4.2), percent-encoded; undefined for what is no path inside a repository. */
export function relativeUri(path: string): string | undefined {
  const parts = path.split("/");
  if (path.length > PATH_LIMIT || parts.some((part) => ["", ".", ".."].includes(part))) return undefined;
  return parts.map((part) => encodeURIComponent(part.toWellFormed())).join("/");
}

/** GitHub drops a result without a file: such a finding is shown at a related line, else at the first line of `anchorFile`. */
export function shownAt(
  location: Location | null,
  related: readonly Location[],
  anchorFile: string = CONFIG_FILE,
): Shown {
  const own = location && fileLocation(location);
  if (own) return { location: own, elsewhere: null };
  const physicalLocation =
    related.flatMap((other) => fileLocation(other)?.physicalLocation ?? [])[0] ??
    physical(relativeUri(anchorFile) ?? CONFIG_FILE, START);
  if (!location) return { location: { physicalLocation }, elsewhere: null };
  const elsewhere = inertMessage(placeOf(location), 300);
  const kind = location.kind === "input" ? "parameter" : "resource";
  return { location: { physicalLocation, logicalLocations: [{ fullyQualifiedName: elsewhere, kind }] }, elsewhere };
}

/** The other lines that a finding speaks of; those that lie in no file are left to its message. */
export function relatedLocations(related: readonly Location[]): readonly (SarifLocation & { readonly id: number })[] {
  const files = related.flatMap((location) => fileLocation(location) ?? []);
  return files.slice(0, RELATED).map((location, at) => ({ id: at + 1, ...location }));
}

function fileLocation(location: Location): SarifLocation | undefined {
  const uri = location.kind === "file" ? relativeUri(location.path) : undefined;
  return location.kind === "file" && uri !== undefined ? { physicalLocation: physical(uri, location.span) } : undefined;
}

const physical = (uri: string, { startLine, startColumn, endLine, endColumn }: Span): PhysicalLocation => ({
  artifactLocation: { uri },
  region: { startLine, startColumn, endLine, endColumn },
});
