import { describe, expect, test } from "vitest";
import { readInputs } from "../../src/action/inputs.ts";
import { OptionError } from "../../src/errors.ts";
import { OPTIONS } from "../../src/options.ts";

describe("readInputs", () => {
  test("the runner's variables, hyphens kept", () => {
    const env = { "INPUT_RECORD-ID": "20261123", INPUT_DOMAIN: "example.com", INPUT_POLICY: "", PATH: "/bin" };
    expect(readInputs(env)).toEqual({ "record-id": "20261123", domain: "example.com", policy: "" });
  });

  test("every row of the table can be said", () => {
    const env = Object.fromEntries(OPTIONS.map(({ name }) => [`INPUT_${name.toUpperCase()}`, "x"]));
    expect(Object.keys(readInputs(env))).toEqual(OPTIONS.map(({ name }) => name));
  });

  test.each(["INPUT_DOMAINS", "INPUT_RECORD_ID", "INPUT_", "INPUT_domain"])("%s is refused", (variable) => {
    expect(() => readInputs({ [variable]: "x" })).toThrow(OptionError);
  });

  test("a name that was refused comes with the names that exist", () => {
    const refused = (): unknown => readInputs({ "INPUT_FAIL-ONN": "never" });
    expect(refused).toThrow(
      expect.objectContaining({ option: "fail-onn", allowed: expect.arrayContaining(["fail-on"]) }),
    );
  });
});
