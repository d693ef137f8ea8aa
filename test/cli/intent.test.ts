import { describe, expect, test } from "vitest";
import { INTENTS, readIntent } from "../../src/cli/intent.ts";
import { OptionError } from "../../src/errors.ts";

function refusal(words: readonly string[]): OptionError {
  try {
    readIntent(words);
  } catch (error) {
    if (error instanceof OptionError) return error;
    throw error;
  }
  throw new Error(`${words.join(" ")} was taken`);
}

describe("readIntent", () => {
  test.each<[string, object]>([
    ["testing", { kind: "testing" }],
    ["enforce", { kind: "enforce" }],
    ["add-mx MX2.Example.com.", { kind: "add-mx", host: "mx2.example.com" }],
    ["remove-mx mx2.example.com", { kind: "remove-mx", host: "mx2.example.com" }],
    ["rename-mx a.example.com b.example.com", { kind: "rename-mx", from: "a.example.com", to: "b.example.com" }],
    ["replace-provider a.example,b.example,a.example", { kind: "replace-provider", hosts: ["a.example", "b.example"] }],
    ["max-age 31536000", { kind: "max-age", seconds: 31_536_000 }],
    ["move-policy-host pages.example.net", { kind: "move-policy-host", host: "pages.example.net" }],
    ["retire", { kind: "retire" }],
    ["emergency", { kind: "emergency" }],
  ])("%s", (words, intent) => expect(readIntent(words.split(" "))).toEqual(intent));

  test("the table names every intent that is read, and no other", () => {
    const read = ["testing", "enforce", "add-mx", "remove-mx", "rename-mx", "replace-provider", "max-age"];
    expect(INTENTS.map((intent) => intent.split(" ")[0])).toEqual([...read, "move-policy-host", "retire", "emergency"]);
  });

  test.each<[string, RegExp, readonly string[] | undefined]>([
    ["panic", /is none that is known/, INTENTS],
    ["constructor", /is none that is known/, INTENTS],
    ["", /is missing/, INTENTS],
    ["retire now", /is followed by other words/, ["retire"]],
    ["add-mx", /is followed by other words/, ["add-mx HOST"]],
    ["add-mx a.example b.example", /is followed by other words/, ["add-mx HOST"]],
    ["add-mx mx2", /is no host name/, undefined],
    ["add-mx *.example.com", /is no host name/, undefined],
    ["replace-provider a.example,", /is no host name/, undefined],
    ["rename-mx a.example A.example.", /the new name is the old one/, undefined],
    ["max-age 1d", /a number of seconds/, undefined],
    ["max-age -1", /a number of seconds/, undefined],
    ["max-age 31557601", /at most 31557600/, undefined],
  ])("%j is refused", (words, message, allowed) => {
    const error = refusal(words === "" ? [] : words.split(" "));
    expect(error.message).toMatch(message);
    if (allowed) expect(error.allowed).toEqual(allowed);
  });
});
