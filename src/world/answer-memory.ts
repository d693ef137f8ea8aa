/**
 * Finds each key once: the promise is kept before anything is awaited, so that whoever asks meanwhile waits for the same answer.
 * At most `size` are kept, and those that nobody asked for the longest are forgotten first: hosts that many domains share stay.
 */
export function createAnswerMemory(size: number): <V>(key: string, find: () => Promise<V>) => Promise<V> {
  const kept = new Map<string, Promise<unknown>>();
  return <V>(key: string, find: () => Promise<V>): Promise<V> => {
    const answer = (kept.get(key) as Promise<V> | undefined) ?? find();
    // A Map keeps the order of insertion: the first key is the one that was not used for the longest.
    kept.delete(key);
    kept.set(key, answer);
    const [oldest] = kept.keys();
    if (kept.size > size && oldest !== undefined) kept.delete(oldest);
    return answer;
  };
}
