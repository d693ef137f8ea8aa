import type { Socket } from "node:net";
import type { Contact } from "../evidence.ts";

/** Everyone this run talked to, each once, in the order first met, with the octets that went to and fro. */
export interface ContactList {
  readonly add: (contact: Contact) => void;
  readonly count: (contact: Contact, octets: number) => void;
  /** Counts what `socket` carries from now on, as it is on the wire: TLS and all. */
  readonly meter: (contact: Contact, socket: Socket) => void;
  readonly list: () => readonly Contact[];
}

interface Entry {
  readonly contact: Contact;
  bytes: number;
  /** What open sockets have carried so far. */
  readonly meters: Set<() => number>;
}

export function createContactList(): ContactList {
  const met = new Map<string, Entry>();
  const entryOf = ({ purpose, name, address, port }: Contact): Entry => {
    const key = [purpose, name, address, port].join(" ");
    const entry = met.get(key) ?? { contact: { purpose, name, address, port }, bytes: 0, meters: new Set() };
    met.set(key, entry);
    return entry;
  };
  return {
    add: entryOf,
    count: (contact, octets) => {
      entryOf(contact).bytes += octets;
    },
    meter: (contact, socket) => {
      const entry = entryOf(contact);
      const carried = () => socket.bytesRead + socket.bytesWritten;
      const before = carried();
      const meter = () => carried() - before;
      entry.meters.add(meter);
      socket.once("close", () => {
        entry.meters.delete(meter);
        entry.bytes += meter();
      });
    },
    list: () =>
      [...met.values()].map(({ contact, bytes, meters }) => ({
        ...contact,
        bytes: [...meters].reduce((sum, meter) => sum + meter(), bytes),
      })),
  };
}
