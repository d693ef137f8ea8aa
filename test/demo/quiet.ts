/** Waits for the first arrival, and then until nothing more has come for a moment. Milliseconds. */
export function quiet(patience = 400): { readonly arrived: () => void; readonly over: Promise<void> } {
  const { promise: over, resolve } = Promise.withResolvers<void>();
  let timer = setTimeout(resolve, patience);
  const arrived = (): void => {
    clearTimeout(timer);
    timer = setTimeout(resolve, 60);
  };
  return { arrived, over };
}
