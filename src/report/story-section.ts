import type { Story } from "../story.ts";
import type { DomainVerdict, Finding } from "../verdict.ts";
import { code, joined, type Markdown, markdown, sentence } from "./inert.ts";
import { findingsOf } from "./ranking.ts";
import { storyLines } from "./story-lines.ts";

/** The story of the worst finding that has one: how mail is lost, event by event. */
export function storySection(domain: DomainVerdict): Markdown {
  const found = worstStory(domain);
  return found ? markdown`**How mail is lost**\n\n${storyList(found)}` : markdown``;
}

function worstStory(domain: DomainVerdict): Story | undefined {
  const told = findingsOf(domain).flatMap(({ finding }) => (finding.story ? [finding] : []));
  return (told.find(({ level }) => level === "error") ?? told.find(isNew))?.story;
}

const isNew = ({ alreadySo }: Finding): boolean => alreadySo !== true;

function storyList(story: Story): Markdown {
  const items = storyLines(story).map(
    ({ at, told }, index) => markdown`${index + 1}. ${code(dayAndTime(at))} ${sentence(told)}`,
  );
  return joined(items, "\n");
}

/** `2026-11-24 12:00:05 UTC`. */
function dayAndTime(at: string): string {
  return at.replace("T", " ").replace(/([.][0-9]+)?Z$/, " UTC");
}
