import type { Story, StoryEvent, StoryPolicy } from "../story.ts";

/** One event of a story, as a reader is told it. The words may quote names from outside. */
export interface StoryLine {
  /** ISO 8601. */
  readonly at: string;
  readonly told: string;
  /** In a few words, for a picture. */
  readonly short: string;
}

/** The events in order, and what they come to. */
export function storyLines(story: Story): readonly StoryLine[] {
  return story.events.map((event, index) => ({ at: event.at, ...words(event, story, index) }));
}

function words(event: StoryEvent, story: Story, index: number): Pick<StoryLine, "told" | "short"> {
  const { sender, host, until } = story;
  switch (event.kind) {
    case "served": {
      const id = event.id === null ? "" : ` under the id ${event.id}`;
      return { told: `The policy that is served${id} is ${policyWords(event.policy)}.`, short: `policy served${id}` };
    }
    case "fetch": {
      const again = story.events.slice(0, index).some(({ kind }) => kind === "fetch");
      return again
        ? { told: `${sender} delivers again, sees the same id and keeps what it holds.`, short: `${sender} keeps it` }
        : { told: `${sender} delivers a message, fetches that policy and holds it.`, short: `${sender} fetches it` };
    }
    case "mx":
      return { told: `The MX records name ${event.hosts.join(", ")}.`, short: "old MX records" };
    case "merge":
      return { told: `This change arrives: ${mergeWords(event)}.`, short: "this change" };
    case "later-mx":
      return { told: `Some day the MX records name ${event.mx.join(", ")}.`, short: "MX moves" };
    case "delivery": {
      const end = until === null ? "and nothing ends that but another id" : `and so it goes on until ${until}`;
      return {
        told: `${sender} has the next message, goes by the policy that it holds and refuses ${host}, ${end}.`,
        short: `${sender} refuses ${host}`,
      };
    }
  }
}

function policyWords({ mode, maxAge, mx }: StoryPolicy): string {
  const hosts = mx.length > 4 ? `${mx.slice(0, 3).join(", ")} and ${mx.length - 3} more` : mx.join(", ");
  return `${mode} for ${hosts || "no MX host"}, max_age ${maxAge}`;
}

function mergeWords({ policy, id, mx }: Extract<StoryEvent, { kind: "merge" }>): string {
  const parts = [
    ...(policy === null ? ["the policy is gone"] : policy ? [`the policy is ${policyWords(policy)}`] : []),
    ...(id === null ? [] : id === undefined ? [] : [`the id is ${id}`]),
    ...(mx ? [`the MX records name ${mx.join(", ") || "no host"}`] : []),
  ];
  return parts.join(", ") || "nothing of this changes";
}
