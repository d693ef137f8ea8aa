import { getMaxListeners } from "node:events";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openRunClock } from "../../src/run/run-clock.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("openRunClock", () => {
  test("a hundred may wait for its signal, and Node prints no warning", () => {
    expect(getMaxListeners(openRunClock(undefined).signal)).toBe(0);
  });

  test("3 minutes, and 20 ms a domain once their number is known", () => {
    const clock = openRunClock(undefined);
    vi.advanceTimersByTime(100_000);
    const deadline = clock.judging(1_000);
    expect(Math.round(deadline.remaining())).toBe(100_000);
    vi.advanceTimersByTime(99_000);
    expect(clock.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1_001);
    expect([clock.signal.aborted, deadline.expired()]).toEqual([true, true]);
  });

  test("a timeout that was said is not lengthened", () => {
    expect(Math.round(openRunClock(5_000).judging(1_000).remaining())).toBe(5_000);
  });

  test("collecting ends with the time too", () => {
    const clock = openRunClock(undefined);
    vi.advanceTimersByTime(180_001);
    expect(clock.signal.aborted).toBe(true);
  });

  test("work that never settles is given up soon after", async () => {
    const clock = openRunClock(1_000);
    const given = expect(clock.settled(new Promise(() => undefined))).rejects.toThrow(/not finished/);
    await vi.advanceTimersByTimeAsync(11_001);
    await given;
  });

  test("a wait is not counted: what was left before it is left after it", async () => {
    const clock = openRunClock(10_000);
    const before = clock.judging(1);
    vi.advanceTimersByTime(4_000);
    const waiting = clock.paused(
      900_000,
      () => new Promise((resolve) => void setTimeout(() => resolve("seen"), 800_000)),
    );
    expect(before.expired()).toBe(true);
    await vi.advanceTimersByTimeAsync(800_000);
    const { done, deadline } = await waiting;
    expect([done, Math.round(deadline.remaining()), clock.signal.aborted]).toEqual(["seen", 6_000, false]);
    vi.advanceTimersByTime(6_001);
    expect([clock.signal.aborted, clock.remaining()]).toEqual([true, 0]);
    clock.close();
  });

  test("a wait that does not end with its time is given up", async () => {
    const clock = openRunClock(10_000);
    clock.judging(1);
    const given = expect(clock.settled(clock.paused(1_000, () => new Promise(() => undefined)))).rejects.toThrow(
      /not finished/,
    );
    await vi.advanceTimersByTimeAsync(21_002);
    await given;
  });

  test("work that settles is what it is, and leaves no timer", async () => {
    const clock = openRunClock(1_000);
    expect(await clock.settled(Promise.resolve(7))).toBe(7);
    await expect(clock.settled(Promise.reject(new Error("x")))).rejects.toThrow("x");
    clock.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});
