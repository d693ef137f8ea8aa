import type { Contact } from "../evidence.ts";

/** Everyone this run talked to, each once, in the order first met. */
export interface ContactList {
  readonly add: (contact: Contact) => void;
  readonly list: () => readonly Contact[];
}

export function createContactList(): ContactList {
  const met = new Map<string, Contact>();
  return {
    add: ({ purpose, name, address, port }) => {
      const key = [purpose, name, address, port].join(" ");
      if (!met.has(key)) met.set(key, { purpose, name, address, port });
    },
    list: () => [...met.values()],
  };
}
