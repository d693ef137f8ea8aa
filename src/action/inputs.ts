import { OptionError } from "../errors.ts";
import { OPTIONS } from "../options.ts";

const PREFIX = "INPUT_";

/** The runner upper-cases an input's name and keeps its hyphens: `record-id` arrives as `INPUT_RECORD-ID`. */
const variableOf = (name: string): string => PREFIX + name.toUpperCase();

/**
 * The inputs of this step, `name → text`, for `parseOptions`. For a `with:` key that action.yml does not declare the runner
 * only warns, and a misspelt setting would count as not said.
 * @throws OptionError for an input that is not in the table.
 */
export function readInputs(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = new Map(OPTIONS.map(({ name }) => [variableOf(name), name]));
  const given: Record<string, string> = {};
  for (const [variable, text] of Object.entries(env)) {
    if (!variable.startsWith(PREFIX) || text === undefined) continue;
    const name = names.get(variable);
    if (name === undefined) throw unknownInput(variable);
    given[name] = text;
  }
  return given;
}

function unknownInput(variable: string): OptionError {
  const name = variable.slice(PREFIX.length).toLowerCase();
  return new OptionError(name, "is no input of this action", { allowed: OPTIONS.map((option) => option.name) });
}
