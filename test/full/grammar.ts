import type { Chance } from "./chance.ts";

/** Makes a text by chance. Octets are the characters U+0000 to U+00FF. */
export type Grammar = (chance: Chance) => string;
export type Part = string | Grammar;

const made = (part: Part, chance: Chance): string => (typeof part === "string" ? part : part(chance));

export const oneOf =
  (...parts: readonly Part[]): Grammar =>
  (chance) =>
    made(chance.of(parts), chance);

/** All of them in order; now and then one is missing or comes twice. */
export const sequence =
  (...parts: readonly Part[]): Grammar =>
  (chance) => {
    let text = "";
    for (const part of parts) {
      if (chance.once(400)) continue;
      text += made(part, chance);
      if (chance.once(400)) text += made(part, chance);
    }
    return text;
  };

/** From `least` to `most` of `part`; few more often than many. */
export const many =
  (part: Part, least: number, most: number): Grammar =>
  (chance) => {
    let text = "";
    const count = least + chance.below(chance.below(most - least + 1) + 1);
    for (let times = 0; times < count; times += 1) text += made(part, chance);
    return text;
  };

/** `usual`, but once in `times` one of the others. */
export const mostly =
  (times: number, usual: Part, ...others: readonly Part[]): Grammar =>
  (chance) =>
    made(chance.once(times) ? chance.of(others) : usual, chance);

export const char =
  (from: number, to: number): Grammar =>
  (chance) =>
    String.fromCharCode(from + chance.below(to - from + 1));

export const octet = char(0, 0xff);
export const digit = char(0x30, 0x39);
export const letter = char(0x61, 0x7a);
const labelChar = oneOf(letter, letter, letter, digit, "-", char(0x41, 0x5a));
const letterOrDigit = oneOf(letter, digit);
export const label = mostly(
  30,
  oneOf(letterOrDigit, sequence(letterOrDigit, many(labelChar, 0, 9), letterOrDigit)),
  many(labelChar, 1, 12),
  "x".repeat(63),
  "x".repeat(64),
  "xn--mnchen-3ya",
  "_dmarc",
  "",
  "*",
);
export const name = mostly(
  20,
  sequence(label, many(sequence(".", label), 0, 4)),
  `${"a.".repeat(126)}a`,
  `${"a.".repeat(127)}a`,
  sequence(label, "."),
  "münchen.example",
  "192.0.2.1",
);

/** Octets or, where `wide`, any UTF-16 units at all. Mostly short. */
export const noise =
  (wide: boolean): Grammar =>
  (chance) => {
    const length = chance.below(chance.once(50) ? 2_000 : 100);
    const [from, to] = chance.of([[0, 0xff], [0x20, 0x7e], [0x80, 0xff], wide ? [0, 0xffff] : [0, 0x20]] as const);
    let text = "";
    for (let at = 0; at < length; at += 1) text += String.fromCharCode(from + chance.below(to - from + 1));
    return text;
  };

/** One of the samples with up to four changes. */
export const mutated =
  (samples: readonly string[], pieces: readonly string[]): Grammar =>
  (chance) => {
    let text = chance.of(samples);
    for (let changes = chance.below(4); changes >= 0; changes -= 1) {
      const at = chance.below(text.length + 1);
      const length = 1 + chance.below(chance.once(3) ? text.length + 1 : 4);
      const [before, cut, after] = [text.slice(0, at), text.slice(at, at + length), text.slice(at + length)];
      const change = chance.below(6);
      if (change === 0) text = before + octet(chance) + text.slice(at + 1);
      else if (change === 1) text = before + after;
      else if (change === 2) text = before + cut.repeat(2 + chance.below(3)) + after;
      else if (change === 3) text = before + chance.of(pieces) + after;
      else if (change === 4) text = before + chance.of(pieces) + cut + after;
      else text = before + chance.of(samples).slice(-length);
    }
    // Doubling could otherwise double again and again.
    return text.slice(0, 8_192);
  };
