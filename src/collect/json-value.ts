import { type JsonFile, type JsonNode, type JsonObject, readJson } from "./json-file.ts";
import { addDefect, addNote, type ReadingDraft } from "./reading-draft.ts";

/** Reading one step into a JSON value; undefined where it is something else. */
export const memberOf = (node: JsonNode | undefined, key: string): JsonNode | undefined =>
  node?.kind === "object" ? node.members.get(key) : undefined;

export const itemsOf = (node: JsonNode | undefined): readonly JsonNode[] => (node?.kind === "list" ? node.items : []);

export const objectsOf = (node: JsonNode | undefined): readonly JsonObject[] =>
  itemsOf(node).filter((item): item is JsonObject => item.kind === "object");

export const textOf = (node: JsonNode | undefined): string | undefined =>
  node?.kind === "text" ? node.text : undefined;

/** Seconds of a TTL, written as a number or as digits; null: it is not said, or no TTL (RFC 2181 §8). */
export function ttlOf(node: JsonNode | undefined): number | null {
  const digits = node?.kind === "text" && /^[0-9]{1,10}$/.test(node.text) ? Number(node.text) : undefined;
  const seconds = node?.kind === "number" ? node.number : digits;
  return seconds !== undefined && Number.isInteger(seconds) && seconds >= 0 && seconds <= 2 ** 31 - 1 ? seconds : null;
}

/** The file's JSON; a fault in it is a defect of the reading, a key that stands twice a note. */
export function openJson(draft: ReadingDraft, text: string, keep?: (object: JsonObject) => boolean): JsonFile {
  const json = readJson(text, keep);
  const { fault, duplicates, spanOf } = json;
  if (fault) addDefect(draft, spanOf(fault), { message: fault.message, concerns: true });
  for (const twice of duplicates)
    addNote(draft, spanOf(twice), "the key stands twice in its object, and the last counts");
  return json;
}
