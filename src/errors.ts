import type { Location } from "./location.ts";

/** The user's options or configuration are wrong: exit 2, printed without a stack. `allowed` is the set that would have worked. */
export class OptionError extends Error {
  override readonly name = "OptionError";
  readonly option: string;
  readonly allowed: readonly string[];
  readonly location: Location | undefined;

  constructor(
    option: string,
    message: string,
    { allowed = [], location }: { allowed?: readonly string[]; location?: Location } = {},
  ) {
    super(message);
    this.option = option;
    this.allowed = allowed;
    this.location = location;
  }
}

/** The repository cannot be read as asked: exit 2, verdict unknown, with the place to mend. */
export class CollectError extends Error {
  override readonly name = "CollectError";
  readonly location: Location | undefined;
  /** Lines to paste that would settle it. */
  readonly remedy: string | undefined;

  constructor(message: string, { location, remedy }: { location?: Location; remedy?: string } = {}) {
    super(message);
    this.location = location;
    this.remedy = remedy;
  }
}
