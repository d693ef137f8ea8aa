import type { DomainName } from "../protocol/domain-name.ts";

/** Asks something of one host at one address. */
export type Ask<T> = (host: DomainName, address: string) => Promise<T>;

/** Each host and address once, however many ask and whenever. */
export function once<T>(ask: Ask<T>): Ask<T> {
  const asked = new Map<string, Promise<T>>();
  return (host, address) => {
    const key = `${host} ${address}`;
    const answer = asked.get(key) ?? ask(host, address);
    asked.set(key, answer);
    return answer;
  };
}

/** One at a time for each host and address: who asks meanwhile gets the same answer, and who comes later a new one. */
export function sharedWhileInFlight<T>(ask: Ask<T>): Ask<T> {
  const inFlight = new Map<string, Promise<T>>();
  return (host, address) => {
    const key = `${host} ${address}`;
    const answer = inFlight.get(key) ?? ask(host, address).finally(() => inFlight.delete(key));
    inFlight.set(key, answer);
    return answer;
  };
}
