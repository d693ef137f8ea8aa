import { expect, test } from "vitest";
import { createTokenBucket } from "../../src/world/token-bucket.ts";

const never = new AbortController().signal;
const elapsed = async (work: () => Promise<unknown>): Promise<number> => {
  const begun = performance.now();
  await work();
  return performance.now() - begun;
};

test("a burst at once, then so many a second, in the order they came", async () => {
  const bucket = createTokenBucket(200, 10);
  const order: number[] = [];
  const turns = Array.from({ length: 50 }, (_, at) => bucket.take(never).then(() => order.push(at)));
  expect(await elapsed(() => Promise.all(turns.slice(0, 10)))).toBeLessThan(50);
  const rest = await elapsed(() => Promise.all(turns));
  expect(rest).toBeGreaterThan(150);
  expect(rest).toBeLessThan(600);
  expect(order).toEqual(Array.from({ length: 50 }, (_, at) => at));
});

test("after a pause there is a burst again, and no more", async () => {
  const bucket = createTokenBucket(100, 2);
  await Promise.all([bucket.take(never), bucket.take(never)]);
  await new Promise((resolve) => setTimeout(resolve, 100));
  const three = await elapsed(() => Promise.all([1, 2, 3].map(() => bucket.take(never))));
  expect(three).toBeGreaterThan(5);
});

test("what could not wait is waited for by the next one", async () => {
  const bucket = createTokenBucket(100, 1);
  for (let debt = 0; debt < 6; debt += 1) bucket.spend();
  expect(await elapsed(() => bucket.take(never))).toBeGreaterThan(40);
});

test("an abort ends a wait at once, and the others keep their place", async () => {
  const bucket = createTokenBucket(50, 1);
  const stop = new AbortController();
  await bucket.take(never);
  const left = bucket.take(stop.signal);
  const next = bucket.take(never);
  stop.abort();
  expect(await elapsed(() => left)).toBeLessThan(10);
  expect(await elapsed(() => next)).toBeLessThan(200);
  expect(await elapsed(() => bucket.take(stop.signal))).toBeLessThan(10);
});
