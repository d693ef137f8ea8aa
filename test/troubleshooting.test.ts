// The page goes by what a run says, so what it quotes must be what a run can say.
import { globSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { OPTIONS } from "../src/options.ts";

const page = readFileSync("docs/troubleshooting.md", "utf8");
const source = globSync("src/**/*.ts")
  .map((path) => readFileSync(path, "utf8"))
  .join("\n")
  .replaceAll("\\`", "");

const options = [...OPTIONS.map(({ name }) => name), "on"];

/** The parts of a quoted message between what differs from run to run, without the option that is said in front. */
function partsOf(message: string): readonly string[] {
  const [, name = "", rest = ""] = /^([a-z-]+): (.+)$/.exec(message) ?? [];
  const said = options.includes(name) ? rest : message;
  const parts = said.split("…").map((part) => part.replace(/^: /, ""));
  return parts.filter((part) => part.trim().length > 2);
}

const rows = [...page.matchAll(/^\| `([^`]+)`/gm)].map(([, message = ""]) => message);
const quoted = [...page.matchAll(/\*\*"([^"]+)"/g)].map(([, message = ""]) => message);

test("the page quotes messages", () => expect([rows.length > 15, quoted.length > 4]).toEqual([true, true]));

test.each([...rows, ...quoted])("%s", (message) => {
  const parts = partsOf(message);
  expect(parts.length).toBeGreaterThan(0);
  for (const part of parts) expect(source.includes(part), part).toBe(true);
});
