import type { DomainName } from "./protocol/domain-name.ts";

/** A counter-example: what happens, in the order in which it happens, until a named sender refuses a host. */
export interface Story {
  /** As people know it. */
  readonly sender: string;
  readonly host: DomainName;
  readonly events: readonly StoryEvent[];
  /** ISO 8601: how long a sender may go on like this; `null`: without end. */
  readonly until: string | null;
}

/** ISO 8601 dates. */
export type StoryEvent =
  /** The policy is served, and its id published, from `at` until `until` (`null`: nothing ends it). */
  | {
      readonly kind: "served";
      readonly at: string;
      readonly until: string | null;
      readonly policy: StoryPolicy;
      /** `null`: not known. */
      readonly id: string | null;
      /** Seconds that resolvers keep the record. */
      readonly ttl: number;
    }
  /** The sender has a message to deliver, fetches what is served then and holds it. */
  | { readonly kind: "fetch"; readonly at: string }
  /** MX hosts that are there until the change takes them away; resolvers keep them for `ttl` seconds. */
  | { readonly kind: "mx"; readonly at: string; readonly hosts: readonly DomainName[]; readonly ttl: number }
  /** The change arrives: what it replaces. A part that it leaves alone is left out. */
  | {
      readonly kind: "merge";
      readonly at: string;
      /** `null`: the policy, or its record, is gone. */
      readonly policy?: StoryPolicy | null;
      readonly id?: string | null;
      readonly mx?: readonly DomainName[];
    }
  /** Something that is not part of the change and that it makes dangerous: the MX moves to another host later. */
  | { readonly kind: "later-mx"; readonly at: string; readonly mx: readonly DomainName[] }
  /** The next message: the sender refuses the host. */
  | { readonly kind: "delivery"; readonly at: string };

export interface StoryPolicy {
  readonly mode: "enforce" | "testing" | "none";
  /** Seconds. */
  readonly maxAge: number;
  /** As in the file. */
  readonly mx: readonly string[];
}
