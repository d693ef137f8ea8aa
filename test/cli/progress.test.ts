import { describe, expect, it } from "vitest";
import { openProgress, type Progress, progressLine } from "../../src/cli/progress.ts";

/** A terminal of one line, and a clock that only a test moves. */
function terminal(columns = 80) {
  let [now, line] = [0, ""];
  const writes: string[] = [];
  const timers = new Set<{ readonly every: number; readonly call: () => void; next: number }>();
  const progress: Progress = openProgress({
    write: (text) => {
      writes.push(text);
      line = text.replace("\r\u001b[K", "");
    },
    columns: () => columns,
    now: () => now,
    every: (every, call) => {
      const timer = { every, call, next: now + every };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
  });
  const pass = (milliseconds: number): void => {
    for (const end = now + milliseconds; now < end; now += 100)
      for (const timer of timers)
        if (timer.next <= now + 100) {
          timer.next += timer.every;
          timer.call();
        }
  };
  return { ...progress, pass, line: () => line, writes, timers };
}

describe("when it is shown", () => {
  it("not before anyone knows how many domains there are", () => {
    const { pass, writes } = terminal();
    pass(10_000);
    expect(writes).toEqual([]);
  });

  it("not where there is nothing to do", () => {
    const { expect: total, pass, writes } = terminal();
    total(0);
    pass(10_000);
    expect(writes).toEqual([]);
  });

  it("at once where there are many", () => {
    const { expect: total, step, pass, line } = terminal();
    total(51);
    step();
    pass(1_000);
    expect(line()).toMatch(/^1 of 51 domains/);
  });

  it("of few only when it takes its time", () => {
    const { expect: total, pass, line, writes } = terminal();
    total(50);
    pass(2_000);
    expect(writes).toEqual([]);
    pass(500);
    expect(line()).toBe("0 of 50 domains, 2 s");
  });
});

describe("the line", () => {
  it("is updated in place, a few times a second however many domains are done", () => {
    const { expect: total, step, pass, writes } = terminal();
    total(10_000);
    for (let at = 0; at < 5_000; at += 1) step();
    pass(1_000);
    expect(writes.length).toBeLessThanOrEqual(5);
    for (const text of writes) expect(text).toMatch(/^\r\u001b\[K[\x20-\x7e]+$/);
  });

  it("makes room for other text and comes back", () => {
    const { expect: total, pass, clear, line, writes } = terminal();
    total(60);
    pass(500);
    clear();
    expect(line()).toBe("");
    const before = writes.length;
    clear();
    expect(writes).toHaveLength(before);
    pass(500);
    expect(line()).not.toBe("");
  });

  it("goes for good, and leaves no timer", () => {
    const { expect: total, pass, end, line, timers } = terminal();
    total(60);
    pass(500);
    end();
    pass(5_000);
    expect([line(), timers.size]).toEqual(["", 0]);
  });

  it("an end before the beginning writes nothing", () => {
    const { end, writes } = terminal();
    end();
    expect(writes).toEqual([]);
  });

  it("never wraps", () => {
    const { expect: total, pass, line } = terminal(12);
    total(60);
    pass(500);
    expect(line()).toHaveLength(11);
  });
});

it.each([
  [{ total: 300, done: 12, elapsed: 3_000 }, "12 of 300 domains, 4.0 a second, about 72 s left"],
  [{ total: 1, done: 0, elapsed: 2_400 }, "0 of 1 domain, 2 s"],
  [{ total: 100_000, done: 5_000, elapsed: 10_000 }, "5000 of 100000 domains, 500 a second, about 3 min left"],
  [{ total: 10_000, done: 1, elapsed: 1_000 }, "1 of 10000 domains, 1.0 a second, about 2 h 47 min left"],
  [{ total: 3, done: 3, elapsed: 1_000 }, "3 of 3 domains, 3.0 a second, about 0 s left"],
  [{ total: 3, done: 4, elapsed: 0 }, "4 of 3 domains, 0 s"],
])("%j reads %s", (state, line) => expect(progressLine(state)).toBe(line));
