/** Repeatable chance: the same seed says the same numbers. */
export interface Chance {
  /** An integer from 0 to `limit` - 1. */
  readonly below: (limit: number) => number;
  /** True once in `times`. */
  readonly once: (times: number) => boolean;
  readonly of: <T>(values: readonly T[]) => T;
}

/** mulberry32: a 32-bit counter, mixed. */
export function chanceOf(seed: number): Chance {
  let state = seed | 0;
  const below = (limit: number): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 0x1_0000_0000) * limit);
  };
  return { below, once: (times) => below(times) === 0, of: (values) => values[below(values.length)] as never };
}

/** The seed of one input, so that each can be made again without those before it. */
export function seedOf(run: number, name: string, index: number): number {
  let seed = run | 0;
  for (let at = 0; at < name.length; at += 1) seed = Math.imul(seed ^ name.charCodeAt(at), 0x01000193);
  return Math.imul(seed ^ index, 0x9e3779b1) ^ (index >>> 7);
}
