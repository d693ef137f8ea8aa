/** A command as the runner would take it from a line of a step's output. */
export interface RunnerCommand {
  readonly name: string;
  readonly properties: Readonly<Record<string, string>>;
  readonly data: string;
}

// .NET's Char.IsWhiteSpace, which String.TrimStart uses: 25 characters, U+0085 among them, which JavaScript's \s is not.
const DOTNET_SPACE = "\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000";
const V2 = new RegExp(`^[${DOTNET_SPACE}]*::([^\\s:]+)(?: ([^]*?))?::([^]*)$`);
const V1 = /##\[([^\]\s]+)(?: ([^\]]*))?\]([^]*)$/;

/** Every workflow command in the output of a step, by the rules of actions/runner (ActionCommand.cs, ProcessInvoker.cs). */
export function commandsIn(output: string): readonly RunnerCommand[] {
  return output.split(/\r\n|\r|\n/).flatMap((line) => {
    const v2 = V2.exec(line);
    if (v2) return [command(v2[1], v2[2], v2[3], ",")];
    const v1 = V1.exec(line);
    return v1 ? [command(v1[1], v1[2], v1[3], ";")] : [];
  });
}

function command(name = "", properties = "", data = "", separator: "," | ";"): RunnerCommand {
  const pairs = properties.split(separator).filter((pair) => pair.includes("="));
  const read = pairs.map((pair) => [pair.slice(0, pair.indexOf("=")), unescaped(pair.slice(pair.indexOf("=") + 1))]);
  return { name: name.toLowerCase(), properties: Object.fromEntries(read), data: unescaped(data) };
}

const unescaped = (text: string): string =>
  text.replace(/%(0D|0A|3A|2C|25)/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
