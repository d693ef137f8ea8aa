import { randomUUID } from "node:crypto";
import { closeSync, constants, lstatSync, mkdirSync, openSync, renameSync, rmSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { OptionError } from "../errors.ts";
import { writeAll } from "./write-all.ts";

/** A file that appears whole, or not at all. */
export interface ReportFile {
  /** As the operator said it, for the output of the same name. */
  readonly path: string;
  readonly write: (piece: string) => void;
  /** Everything is on disk; the file gets its name. @throws OptionError when it could not be written. */
  readonly finish: () => void;
  /** Leaves nothing behind. */
  readonly discard: () => void;
}

/** The inputs that name such a file. */
type FileOption = "report-file" | "sarif-file" | "evidence-file";

/** Octets kept before they are written. */
const CHUNK = 65_536;

/**
 * Opens the report file, relative to the workspace or absolute; parents are made. What an earlier step left at `path` goes, so
 * that no one takes an old report for this run's.
 * @throws OptionError for a path that is no file, leaves the workspace, or leads through a link: the repository under review may
 * hold links.
 */
export function openReportFile(workspace: string, path: string, option: FileOption = "report-file"): ReportFile {
  const attempt = attempting(option, path);
  const target = resolve(workspace, path);
  const temporary = join(dirname(target), `.${randomUUID()}.partial`);
  const file = attempt(() => {
    makeParents(workspace, target, isAbsolute(path));
    clear(target);
    return openSync(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW, 0o644);
  });
  let held = "";
  let failure: unknown;
  const flush = (): void => {
    try {
      if (failure === undefined) writeAll(file, held);
    } catch (error) {
      failure = error ?? new Error("write failed");
    }
    held = "";
  };
  return {
    path,
    // A full disk is told at the end: it ends the run with exit 2, not in the middle of a verdict.
    write: (piece) => {
      held += piece;
      if (held.length > CHUNK) flush();
    },
    finish: () => {
      flush();
      attempt(() => {
        closeSync(file);
        if (failure !== undefined) throw failure;
        renameSync(temporary, target);
      });
    },
    discard: () => rmSync(temporary, { force: true }),
  };
}

/** Turns what goes wrong with a path into an error that the user can mend. */
function attempting(option: FileOption, path: string): <T>(action: () => T) => T {
  return (action) => {
    try {
      return action();
    } catch (error) {
      const { code, cause } = error as NodeJS.ErrnoException;
      const why = typeof cause === "string" ? cause : `cannot be written${code ? ` (${code})` : ""}`;
      const [, what] = /^(\w+)-file$/.exec(option) ?? [];
      throw new OptionError(option, `${path} ${why}, so there is no ${what}`, { allowed: ["a path in the workspace"] });
    }
  };
}

const refused = (why: string): Error => new Error(why, { cause: why });

/** Below the workspace every folder is looked at before it is entered or made. */
function makeParents(workspace: string, target: string, absolute: boolean): void {
  const inside = relative(workspace, dirname(target));
  const leaves = inside === ".." || inside.startsWith(`..${sep}`) || isAbsolute(inside);
  if (leaves && !absolute) throw refused("is outside the workspace");
  if (leaves) return void mkdirSync(dirname(target), { recursive: true });
  let folder = workspace;
  for (const name of inside.split(sep).filter(Boolean)) {
    folder = join(folder, name);
    const found = lstatSync(folder, { throwIfNoEntry: false });
    if (found && !found.isDirectory()) throw refused("leads through a link or a file");
    if (!found) mkdirSync(folder);
  }
}

function clear(target: string): void {
  const found = lstatSync(target, { throwIfNoEntry: false });
  if (found && !found.isFile()) throw refused("is a link or no file");
  if (found) rmSync(target);
}
