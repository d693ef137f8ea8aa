import { isDeepStrictEqual } from "node:util";
import { readPlainPolicy } from "../../src/protocol/plain-policy.ts";
import { parsePolicy, parseWhole } from "../../src/protocol/policy.ts";
import { type Vector, vectors } from "../protocol/vectors.ts";
import { digit, many, mostly, name, octet, oneOf, type Part, sequence } from "./grammar.ts";
import { octets, octetText, type Parser, words } from "./parser.ts";

interface PolicyVector extends Vector {
  readonly input?: string;
  readonly input_base64?: string;
}

const blank = mostly(40, " ", "", "  ", "\t", " \t ", "\u00a0", octetText("\u3000"));
const end = mostly(60, oneOf("\n", "\r\n"), "\r", "", " \n", "\t\r\n", "\n\n", "\0\n", octetText("\u2028\n"));
const field = (key: string, value: Part) =>
  sequence(
    mostly(60, key, key.toUpperCase(), key.slice(1), `${key}x`, ` ${key}`),
    mostly(60, ":", " :", "=", "", "::"),
    blank,
    value,
    end,
  );
const policyFields = [
  field("version", mostly(30, "STSv1", "STSv2", "stsv1", "")),
  field("mode", mostly(30, oneOf("enforce", "testing", "none"), "Enforce", "report", "enforced")),
  field("max_age", mostly(30, oneOf("604800", "86400", "31557600"), many(digit, 0, 12), "31557601", "1d", "6e5")),
  many(field("mx", sequence(mostly(4, "", "*.", "*", "."), name)), 0, 6),
] as const;

export const policy: Parser = {
  name: "policy",
  grammar: sequence(
    mostly(100, "", "\xef\xbb\xbf", "\xff\xfe"),
    mostly(
      20,
      sequence(...policyFields),
      sequence(...policyFields.toReversed()),
      many(oneOf(...policyFields, field("x-note", many(octet, 0, 20))), 1, 8),
    ),
  ),
  samples: vectors<PolicyVector>("policy").map(({ input, input_base64 }) =>
    input === undefined ? Buffer.from(input_base64 ?? "", "base64").toString("latin1") : octetText(input),
  ),
  pieces: [
    ...words("version: mode: max_age: mx: : STSv1 enforce none 604800 *. a.example . - #"),
    " ",
    "\t",
    "\n",
    "\r\n",
    "\r",
    "\xef\xbb\xbf",
    "\xc2\xa0",
    "\xc3",
    "\0",
    "x: y\n",
    "mx: a\n",
  ],
  wide: false,
  read: (input) => {
    const parse = parsePolicy(octets(input));
    return parse.fields.length === 0 ? "no fields" : parse.kind;
  },
  // The short way must say what the whole reader says.
  holds: (input) => {
    const bytes = octets(input);
    const plain = readPlainPolicy(bytes);
    const whole = plain && parseWhole(bytes);
    if (whole && !(whole.kind === "valid" && isDeepStrictEqual(whole.policy, plain)))
      throw new Error(`read as ${JSON.stringify(plain)} and as ${JSON.stringify(whole)}`);
  },
};
