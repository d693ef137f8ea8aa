import { describe, expect, test } from "vitest";
import { type Asked, contextsOf, sameOnBothSides } from "../../src/collect/read-context.ts";
import { openSides } from "../../src/collect/side.ts";
import { literalSide } from "./formats/corpus.ts";
import { literalRepository } from "./tree.ts";

const FILES = { "a.yaml": "1", "zones/b.yaml": "2", "zones/c./d.yaml": "3", "zones/c./e.yaml": "4", "x/y/z": "5" };

describe("a commit", () => {
  test("folders are listed, with the folders in them", () => {
    const { commit } = contextsOf(literalSide(FILES), [])(new Set());
    const listed = ["", "zones", "zones/c.", "x", "x/y", "none", "zone"].map((folder) => commit?.list(folder));
    expect(listed).toEqual([
      ["a.yaml", "x/", "zones/"],
      ["b.yaml", "c./"],
      ["d.yaml", "e.yaml"],
      ["y/"],
      ["z"],
      [],
      [],
    ]);
  });

  test("record files are those that were named", () => {
    const { commit } = contextsOf(literalSide(FILES), ["zones/b.yaml"])(new Set());
    expect([commit?.isRecordFile("zones/b.yaml"), commit?.isRecordFile("a.yaml")]).toEqual([true, false]);
  });

  test("what is made once is made once, and whoever uses it has asked for all of it", async () => {
    const contextFor = contextsOf(literalSide(FILES), []);
    let made = 0;
    const use = async (asked: Asked) => {
      const found = await contextFor(asked).commit?.once("key", async (context) => {
        made += 1;
        context.commit?.list("x");
        return `${await context.include("a.yaml")}${await context.include("gone")}`;
      });
      return { found, asked };
    };
    const both = await Promise.all([use(new Set()), use(new Set(["b"]))]);
    expect(made).toBe(1);
    expect(both).toEqual([
      { found: "1undefined", asked: new Set(["x/", "a.yaml", "gone"]) },
      { found: "1undefined", asked: new Set(["b", "x/", "a.yaml", "gone"]) },
    ]);
  });
});

describe("the same on both sides", () => {
  const holds = async (asked: readonly string[]): Promise<boolean> => {
    const proposed = { ...FILES, "a.yaml": "changed", "zones/new.yaml": "6" };
    return sameOnBothSides(await openSides(literalRepository(FILES, proposed)))(new Set(asked));
  };
  test.each([
    [["zones/b.yaml", "zones/c./"], true],
    [["a.yaml"], false],
    [["zones/"], false], // a file was added in it
    [["/"], true], // `a.yaml` changed, and is still there
    [["zones/new.yaml"], false],
    [["gone"], true],
  ])("%j: %j", async (asked, same) => expect(await holds(asked)).toBe(same));
});
