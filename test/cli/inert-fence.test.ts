import fc from "fast-check";
import { expect, test } from "vitest";
import { inertFences } from "../../src/cli/inert-fence.ts";
import { hostileText } from "../report/hostile.ts";
import { commandsIn } from "../report/runner.ts";

test("a fence starts no command", () =>
  expect(inertFences("```diff\n ::error::a\n-##[debug]b\n+a: ::b\n```")).toBe(
    "```diff\n \\u{3a}:error::a\n-#\\u{23}[debug]b\n+a: ::b\n```",
  ));

test("whatever it holds", () =>
  fc.assert(
    fc.property(hostileText, (text) => {
      const lines = text.replace(/[^\n\x20-\x7e]/g, "?");
      expect(commandsIn(inertFences(`\`\`\`diff\n${lines}\n\`\`\``))).toEqual([]);
    }),
  ));
