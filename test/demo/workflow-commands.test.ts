import { expect, test } from "vitest";
import { commandsIn } from "../../src/demo/workflow-commands.ts";

test.each<[string, string, readonly string[]]>([
  ["at the start of a line", "::error::x", ["error"]],
  ["after blanks", " \t::warning::x", ["warning"]],
  ["after a lone CR", "text\r::notice::x", ["notice"]],
  ["names in any case", "::ERROR::x", ["error"]],
  ["not within a line", "text ::error::x", []],
  ["not without its end", "::error:x", []],
  ["not registered", "::banana::x", []],
  ["the old syntax, within a line", "text ##[add-mask]x", ["add-mask"]],
  ["the old syntax, not registered", "##[section]x", []],
  ["the old syntax, broken up", "# #[error]x", []],
  ["after stop-commands", "::stop-commands::t\n::error::x", ["stop-commands", "error"]],
])("%s", (_, printed, names) => {
  expect(commandsIn(printed).map(({ name }) => name)).toEqual(names);
});

test("properties and text are unescaped", () => {
  expect(commandsIn("::error file=a%2Cb.txt,line=3::50%25%0Anext")).toEqual([
    { name: "error", properties: { file: "a,b.txt", line: "3" }, text: "50%\nnext", syntax: 2 },
  ]);
});
