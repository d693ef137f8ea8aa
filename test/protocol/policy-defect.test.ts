import { expect, test } from "vitest";
import { didYouMean, quoted } from "../../src/protocol/policy-defect.ts";

const SIXTY = `${"0123456789".repeat(5)}abcdefghij`;

test.each([
  ["", "``"],
  ["mode", "`mode`"],
  [SIXTY, `\`${SIXTY}\``],
  [`${SIXTY}k`, `\`${SIXTY}…\``],
])("%j is quoted as %s", (text, shown) => expect(quoted(text)).toBe(shown));

test("a guess is a question, and no guess is nothing", () => {
  expect(didYouMean("mode: none")).toBe(" (did you mean `mode: none`?)");
  expect(didYouMean(undefined)).toBe("");
});
