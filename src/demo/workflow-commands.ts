/** Something that a runner would act upon, found in what a step printed. */
export interface WorkflowCommand {
  /** Lower case: `error`, `add-mask`, `set-output` … */
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly text: string;
  /** `2`: `::name::` at the start of a line; `1`: `##[name]` anywhere in it. */
  readonly syntax: 1 | 2;
}

// The commands that actions/runner registers, retired ones too: what it refuses aloud, it has read.
const NAMES = new Set([
  "add-mask",
  "add-matcher",
  "add-path",
  "debug",
  "echo",
  "endgroup",
  "error",
  "group",
  "internal-set-repo-path",
  "notice",
  "remove-matcher",
  "save-state",
  "set-env",
  "set-output",
  "stop-commands",
  "warning",
]);

/**
 * The workflow commands in a step's stdout or stderr, by the runner's own rules (actions/runner, `ActionCommand.cs`): lines end at
 * LF, CR or CRLF. `stop-commands` is listed and not obeyed, so what stands behind it is found as well.
 */
export function commandsIn(printed: string): readonly WorkflowCommand[] {
  return printed.split(/\r\n|\r|\n/).flatMap((line) => secondSyntax(line) ?? firstSyntax(line) ?? []);
}

function secondSyntax(line: string): WorkflowCommand | undefined {
  // .NET trims U+0085 as well.
  const [, head, text] = /^[\s\u0085]*::(.*?)::(.*)$/s.exec(line) ?? [];
  if (head === undefined || text === undefined) return undefined;
  return command(head, { text: plain(text), separator: ",", syntax: 2 });
}

function firstSyntax(line: string): WorkflowCommand | undefined {
  const [, head, text] = /##\[(.*?)\](.*)$/s.exec(line) ?? [];
  if (head === undefined || text === undefined) return undefined;
  return command(head, { text: plain(text), separator: ";", syntax: 1 });
}

function command(
  head: string,
  { text, separator, syntax }: { text: string; separator: string; syntax: 1 | 2 },
): WorkflowCommand | undefined {
  const space = head.indexOf(" ");
  const name = (space < 0 ? head : head.slice(0, space)).toLowerCase();
  if (!NAMES.has(name)) return undefined;
  const pairs = (space < 0 ? "" : head.slice(space + 1)).split(separator).flatMap((pair) => {
    const equals = pair.indexOf("=");
    return equals > 0 ? [[pair.slice(0, equals).trim(), plain(pair.slice(equals + 1))] as const] : [];
  });
  return { name, properties: Object.fromEntries(pairs), text, syntax };
}

const ESCAPES: Readonly<Record<string, string>> = {
  "%0D": "\r",
  "%0A": "\n",
  "%3A": ":",
  "%2C": ",",
  "%3B": ";",
  "%5D": "]",
  "%25": "%",
};

const plain = (text: string): string =>
  text.replace(/%(?:0D|0A|3A|2C|3B|5D|25)/gi, (escape) => ESCAPES[escape.toUpperCase()] ?? escape);
