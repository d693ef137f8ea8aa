import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openRunClock } from "../../src/run/run-clock.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("openRunClock", () => {
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

  test("work that settles is what it is, and leaves no timer", async () => {
    const clock = openRunClock(1_000);
    expect(await clock.settled(Promise.resolve(7))).toBe(7);
    await expect(clock.settled(Promise.reject(new Error("x")))).rejects.toThrow("x");
    clock.close();
    expect(vi.getTimerCount()).toBe(0);
  });
});
