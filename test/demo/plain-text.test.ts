import { expect, test } from "vitest";
import { plainText } from "../../src/demo/plain-text.ts";

test("what a reader sees, and nothing else", () => {
  const markdown =
    "<!-- marker -->\n## Blocked\n\n- [<code>mx&#45;refused</code>](https://example.com/a): **no** at <code>a&#58;<wbr>4</code>\n";
  expect(plainText(markdown)).toBe("## Blocked\n\n- mx-refused: no at a:4\n");
});
