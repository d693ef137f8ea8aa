import type { Contact } from "../evidence.ts";

/** Everyone that the networks of one run talked to, each once. */
export interface ContactSum {
  readonly add: (contacts: readonly Contact[]) => void;
  readonly all: () => readonly Contact[];
}

export function openContactSum(): ContactSum {
  const met = new Map<string, Contact>();
  return {
    add: (contacts) => {
      for (const contact of contacts) {
        const { purpose, name, address, port, bytes } = contact;
        const key = JSON.stringify([purpose, name, address, port]);
        const before = met.get(key);
        const sum =
          bytes === undefined && before?.bytes === undefined ? {} : { bytes: (bytes ?? 0) + (before?.bytes ?? 0) };
        met.set(key, { ...contact, ...sum });
      }
    },
    all: () => [...met.values()],
  };
}
