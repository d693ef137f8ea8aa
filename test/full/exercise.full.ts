// That the tests here can fail at all.
import { expect, test } from "vitest";
import { exercise } from "./exercise.ts";
import { digit, many } from "./grammar.ts";
import type { Parser } from "./parser.ts";

const parser = (name: string, read: Parser["read"]): Parser => ({
  name,
  grammar: many(digit, 1, 20),
  samples: ["123", "4567"],
  pieces: ["1", "22", ","],
  wide: false,
  read,
});

function spin(milliseconds: number): string {
  const until = performance.now() + milliseconds;
  while (performance.now() < until);
  return "";
}

test("a throw is found", async () => {
  const throwing = parser("throwing", (input) => {
    if (input.includes("22,1")) throw new RangeError("no");
    return "";
  });
  await expect(exercise(throwing)).rejects.toThrow("throwing throws");
});

test("a rejected promise is found", async () => {
  const rejecting = parser("rejecting", async (input) => {
    if (input.includes("22,1")) throw new RangeError("no");
    return "";
  });
  await expect(exercise(rejecting)).rejects.toThrow("rejecting throws");
});

test("one slow input is found", async () => {
  const slow = parser("slow", (input) => spin(input.includes("22,1") ? 40 : 0));
  await expect(exercise(slow)).rejects.toThrow("slow takes 4");
});

test("time that grows with the square of the length is found", async () => {
  const squared = parser("squared", (input) => spin((input.length / 20_000) ** 2));
  await expect(exercise(squared)).rejects.toThrow("for 4 times the length");
});
