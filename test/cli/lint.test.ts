import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { lint } from "../../src/cli/lint.ts";
import { OptionError } from "../../src/errors.ts";
import { temporaryFile, temporaryFolder } from "../action/temporary.ts";
import { type Vector, vectors } from "../protocol/vectors.ts";
import { HOSTILE } from "../report/hostile.ts";
import { commandsIn } from "../report/runner.ts";

interface PolicyVector extends Vector {
  readonly input?: string;
  readonly input_base64?: string;
  readonly expect: "valid" | "invalid";
  readonly parsed?: { readonly mode: string; readonly max_age: number; readonly mx: readonly string[] };
}

const GOOD = "version: STSv1\nmode: enforce\nmx: mx1.example.com\nmx: *.example.net\nmax_age: 604800\n";
const BAD = "version: STSv1\nmode: enforced\nmx: mx1.*.com\nmax_age: 86400\n";

async function linted(paths: readonly string[], format?: string) {
  const printed: string[] = [];
  const status = await lint(paths, format, (text) => void printed.push(text));
  return { status, text: printed.join("") };
}

async function refusal(...paths: readonly string[]): Promise<OptionError> {
  const error = await linted(paths).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(OptionError);
  return error as OptionError;
}

describe("json", () => {
  const folder = temporaryFolder;
  const octets = ({ input, input_base64: base64 }: PolicyVector): Buffer =>
    base64 === undefined ? Buffer.from(input ?? "") : Buffer.from(base64, "base64");

  test("every vector: its kind, and what a sender would take from it", async () => {
    const path = join(folder(), "mta-sts.txt");
    const wrong: string[] = [];
    for (const vector of vectors<PolicyVector>("policy")) {
      writeFileSync(path, octets(vector));
      const { status, text } = await linted([path], "json");
      const { kind, policy, defects } = JSON.parse(text);
      const { mode, max_age: maxAge, mx = [] } = vector.parsed ?? {};
      const expected = vector.parsed ? { mode, maxAge, mx: mx.map((name) => name.toLowerCase()) } : policy;
      const told = { kind, status, policy, any: defects.length > 0 };
      const wanted = { kind: vector.expect, status: vector.expect === "valid" ? 0 : 1, policy: expected };
      const same = JSON.stringify(told) === JSON.stringify({ ...wanted, any: vector.expect === "invalid" });
      if (!same) wrong.push(`${vector.id}: ${text}`);
    }
    expect(wrong).toEqual([]);
  });

  test("a policy: nothing but these fields and more", async () => {
    const path = temporaryFile(GOOD);
    const { status, text } = await linted([path], "json");
    expect(status).toBe(0);
    expect(JSON.parse(text)).toMatchObject({
      kind: "valid",
      policy: { mode: "enforce", maxAge: 604800, mx: ["mx1.example.com", "*.example.net"] },
      defects: [],
      file: path,
    });
  });

  test("no policy: what could be read all the same, and each defect with its place", async () => {
    const { status, text } = await linted([temporaryFile(BAD)], "json");
    const { kind, policy, defects } = JSON.parse(text);
    expect([status, kind, policy]).toEqual([1, "invalid", { mode: null, maxAge: 86400, mx: [] }]);
    expect(defects).toEqual([
      expect.objectContaining({ code: "mode-value", line: 2, column: 7, message: expect.stringContaining("enforced") }),
      expect.objectContaining({ code: "mx-value", line: 3, column: 5 }),
    ]);
  });

  test("several files: a line each, and one that is none makes the status 1", async () => {
    const { status, text } = await linted([temporaryFile(GOOD), temporaryFile(BAD), temporaryFile(GOOD)], "json");
    const kinds = text
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line).kind);
    expect([status, kinds]).toEqual([1, ["valid", "invalid", "valid"]]);
  });
});

describe("text", () => {
  test("a policy: one line that says so", async () => {
    const path = temporaryFile(GOOD);
    expect(await linted([path])).toEqual({
      status: 0,
      text: `${path}: valid: mode enforce, max_age 604800, 2 mx\n`,
    });
  });

  test("no policy: each defect with its line, carets under what is wrong, and the sum", async () => {
    const path = temporaryFile(BAD);
    const { text } = await linted([path]);
    const shown = text.replaceAll(path, "FILE").replace(/(: error: ).*( \([a-z-]+\))$/gm, "$1…$2");
    expect(shown).toBe(
      [
        "FILE:2:7: error: … (mode-value)",
        "  2 | mode: enforced",
        "    |       ^^^^^^^^",
        "FILE:3:5: error: … (mx-value)",
        "  3 | mx: mx1.*.com",
        "    |     ^^^^^^^^^",
        "FILE: no policy: 2 defects",
        "",
      ].join("\n"),
    );
    expect(text).toMatch(/^\P{Cc}+: error: .*enforced.* so .*$/mu);
  });
});

describe("github", () => {
  test("an annotation on each line", async () => {
    const path = temporaryFile(BAD);
    const { text } = await linted([path], "github");
    const commands = commandsIn(text).map(({ name, properties }) => [name, properties["file"], properties["line"]]);
    expect(commands).toEqual([
      ["error", path, "2"],
      ["error", path, "3"],
    ]);
  });
});

describe.each(["text", "json", "github"])("hostile text in %s", (format) => {
  test.each(HOSTILE)("%j starts no command and no terminal sequence", async (hostile) => {
    const name = `${hostile.replace(/[/\u0000\ud800]/g, "")}.txt`.slice(0, 80);
    const path = temporaryFile(`version: STSv1\nmode: ${hostile}\n${hostile}: x\nmx: ${hostile}\nmax_age: 1\n`, name);
    const { status, text } = await linted([path], format);
    expect(status).toBe(1);
    expect(text).toMatch(/^[\n\x20-\x7e]+$/);
    // Ours are titled with the code of a defect.
    const ours = format === "github" ? text.trimEnd().split("\n").length : 0;
    const titles = commandsIn(text).map(({ name, properties }) => `${name} ${properties["title"]}`);
    expect(titles.filter((title) => /^error [a-z]+(-[a-z]+)*$/.test(title))).toHaveLength(ours);
    expect(titles).toHaveLength(ours);
  });
});

describe("what is not read", () => {
  test.each<[string, () => string, RegExp]>([
    ["a folder", temporaryFolder, /no regular file/],
    ["a device", () => "/dev/zero", /no regular file/],
    ["a link", () => linked(), /no regular file/],
    ["a file that is not there", () => join(temporaryFolder(), "none"), /ENOENT/],
    ["a file that is too long", () => temporaryFile("#".repeat((1 << 20) + 1)), /longer than 1048576 octets/],
  ])("%s", async (_, make, message) => {
    const path = make();
    const error = await refusal(path);
    expect(error.message).toMatch(message);
    expect(error.message).toContain(path);
  });

  test("no file at all", async () => expect((await refusal()).message).toMatch(/needs a file/));

  test("a format that is none names those that are", async () => {
    const error = await linted([temporaryFile(GOOD)], "xml").catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ option: "--format", allowed: ["text", "json", "github"] });
  });

  function linked(): string {
    const folder = temporaryFolder();
    mkdirSync(join(folder, "real"));
    symlinkSync(join(folder, "real"), join(folder, "link"));
    return join(folder, "link");
  }
});
