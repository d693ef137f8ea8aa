import { expect, test } from "vitest";
import { createDeadline } from "../../src/world/deadline.ts";

const never = () => new Promise<string>(() => {});

async function milliseconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

test("work that is done in time is the result, and its signal never aborts", async () => {
  const deadline = createDeadline(1000);
  let signal: AbortSignal | undefined;
  const result = await deadline.within(
    30,
    async (own) => {
      signal = own;
      return "done";
    },
    () => "late",
  );
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(result).toBe("done");
  expect(signal?.aborted).toBe(false);
  deadline.close();
});

test("work that never settles is late after its own limit, and is told", async () => {
  const deadline = createDeadline(10_000);
  let signal: AbortSignal | undefined;
  const step = () =>
    deadline.within(
      40,
      (own) => {
        signal = own;
        return never();
      },
      () => "late",
    );
  const elapsed = await milliseconds(async () => expect(await step()).toBe("late"));
  expect(elapsed).toBeGreaterThan(35);
  expect(elapsed).toBeLessThan(500);
  expect(signal?.aborted).toBe(true);
  expect(deadline.expired()).toBe(false);
  deadline.close();
});

test("a step cannot outlive the run", async () => {
  const deadline = createDeadline(40);
  const elapsed = await milliseconds(() => deadline.within(Number.POSITIVE_INFINITY, never, () => "late"));
  expect(elapsed).toBeLessThan(500);
  expect(deadline.expired()).toBe(true);
  expect(deadline.remaining()).toBe(0);
  await new Promise((resolve) => setTimeout(resolve, 5));
  expect(deadline.signal.aborted).toBe(true);
});

test("after the end no work is started", async () => {
  const deadline = createDeadline(0);
  let started = false;
  const result = await deadline.within(
    100,
    async () => {
      started = true;
      return "done";
    },
    () => "late",
  );
  expect(result).toBe("late");
  expect(started).toBe(false);
});

test("a rejection in time is thrown on; one after the deadline is dropped", async () => {
  const deadline = createDeadline(1000);
  const broken = deadline.within(
    100,
    () => Promise.reject(new Error("a bug")),
    () => "late",
  );
  await expect(broken).rejects.toThrow("a bug");
  const thrown = deadline.within(
    100,
    () => {
      throw new Error("a bug before the first await");
    },
    () => "late",
  );
  await expect(thrown).rejects.toThrow("before the first await");
  const late = deadline.within(
    10,
    async (signal) => {
      await new Promise((resolve) => signal.addEventListener("abort", resolve));
      throw new Error("aborted");
    },
    () => "late",
  );
  // vitest fails the file on an unhandled rejection, so this also shows that there is none.
  expect(await late).toBe("late");
  deadline.close();
});

test("close ends what waits", async () => {
  const deadline = createDeadline(60_000);
  const step = deadline.within(50_000, never, () => "late");
  deadline.close();
  expect(await step).toBe("late");
  expect(deadline.remaining()).toBe(0);
});

test("a length no timer takes does not fire at once", async () => {
  const deadline = createDeadline(2 ** 40);
  const result = await deadline.within(
    2 ** 40,
    () => new Promise((resolve) => setTimeout(() => resolve("done"), 10)),
    () => "late",
  );
  expect(result).toBe("done");
  deadline.close();
});
