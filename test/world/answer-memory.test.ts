import { expect, test } from "vitest";
import { createAnswerMemory } from "../../src/world/answer-memory.ts";

test("one search for all who ask, while it lasts and afterwards", async () => {
  const remembered = createAnswerMemory(3);
  let searches = 0;
  const find = async () => (searches += 1);
  expect(await Promise.all([remembered("a", find), remembered("a", find)])).toEqual([1, 1]);
  expect(await remembered("a", find)).toBe(1);
  expect(await remembered("b", find)).toBe(2);
});

test("what was asked for the longest ago goes first", async () => {
  const remembered = createAnswerMemory(2);
  const searched: string[] = [];
  const ask = (key: string) => remembered(key, async () => searched.push(key));
  for (const key of ["host", "a", "host", "b", "host", "c", "host"]) await ask(key);
  expect(searched).toEqual(["host", "a", "b", "c"]);
  await ask("a");
  expect(searched).toHaveLength(5);
});
