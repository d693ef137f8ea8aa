/** Spreads work over time: on average `perSecond` pieces, and at most `burst` at once after a pause. */
export interface TokenBucket {
  /** Waits for a turn, first come first served. Aborting `signal` ends the wait. */
  readonly take: (signal: AbortSignal) => Promise<void>;
  /** Takes a turn that cannot wait; whoever comes next waits for it instead. */
  readonly spend: () => void;
}

export function createTokenBucket(perSecond: number, burst: number): TokenBucket {
  const waiting: { readonly go: () => void }[] = [];
  let tokens = burst;
  let filledAt = performance.now();
  let timer: NodeJS.Timeout | undefined;
  const fill = () => {
    const now = performance.now();
    tokens = Math.min(burst, tokens + ((now - filledAt) / 1_000) * perSecond);
    filledAt = now;
  };
  const serve = () => {
    timer = undefined;
    fill();
    for (; waiting.length > 0 && tokens >= 1; tokens -= 1) waiting.shift()?.go();
    if (waiting.length > 0) timer = setTimeout(serve, Math.max(1, ((1 - tokens) / perSecond) * 1_000));
  };
  return {
    take: (signal) => {
      fill();
      if (waiting.length === 0 && tokens >= 1) {
        tokens -= 1;
        return Promise.resolve();
      }
      return new Promise((resolve) => {
        const go = () => {
          signal.removeEventListener("abort", leave);
          resolve();
        };
        const turn = { go };
        const leave = () => {
          const at = waiting.indexOf(turn);
          if (at >= 0) waiting.splice(at, 1);
          go();
        };
        if (signal.aborted) return resolve();
        signal.addEventListener("abort", leave, { once: true });
        waiting.push(turn);
        timer ??= setTimeout(serve, Math.max(1, ((1 - tokens) / perSecond) * 1_000));
      });
    },
    spend: () => {
      fill();
      tokens -= 1;
    },
  };
}
