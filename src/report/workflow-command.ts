import type { Location } from "../location.ts";
import type { Level } from "../verdict.ts";
import type { LogText } from "./inert.ts";
import { inertLog, log } from "./inert.ts";
import { placeOf } from "./place.ts";

/** One annotation: what a workflow command says on one line of the log. */
export interface Annotation {
  readonly level: Level;
  readonly title: string;
  readonly message: LogText;
  readonly location: Location | null;
}

// The runner cuts at 4,096 characters; ours is whole.
const MESSAGE_LIMIT = 4_000;
// A path is a property only if it can stand there as it is; any other path is told in the message.
const NAMEABLE_PATH = /^[\p{L}\p{M}\p{N}\x20-\x7e]{1,1024}$/u;

/** `::level properties::message`, on one line, as `actions/runner` reads it (ActionCommand.cs). */
export function workflowCommand({ level, title, message, location }: Annotation): string {
  const file = location?.kind === "file" && nameable(location.path) ? location : undefined;
  const properties = [...(file ? position(file) : []), ["title", inertLog(title)] as const];
  const written = properties.map(([name, value]) => `${name}=${escapedProperty(String(value))}`).join(",");
  const told = file || !location ? message : withPlace(message, inertLog(placeOf(location)));
  return `::${level} ${written}::${escapedMessage(told.slice(0, MESSAGE_LIMIT))}`;
}

const nameable = (path: string): boolean => NAMEABLE_PATH.test(path) && !path.includes("##[");

const withPlace = (message: LogText, place: LogText): LogText =>
  message.includes(place) ? message : log`${message} At ${place}.`;

// The runner drops columns that span lines, and a column without a line (ExecutionContext.ValidateLinesAndColumns).
function position({
  path,
  span,
}: Extract<Location, { kind: "file" }>): readonly (readonly [string, string | number])[] {
  const lines = [["file", path] as const, ["line", span.startLine] as const];
  if (span.endLine > span.startLine) return [...lines, ["endLine", span.endLine]];
  if (span.endColumn <= span.startColumn) return [...lines, ["endLine", span.startLine]];
  return [...lines, ["endLine", span.startLine], ["col", span.startColumn], ["endColumn", span.endColumn]];
}

const escapedMessage = (text: string): string => text.replace(/%/g, "%25").replace(/\r/g, "%0D").replace(/\n/g, "%0A");
const escapedProperty = (text: string): string => escapedMessage(text).replace(/:/g, "%3A").replace(/,/g, "%2C");
