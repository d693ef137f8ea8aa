import { type Grammar, many, mutated, noise, oneOf, sequence } from "./grammar.ts";

/** A parser, and what its inputs are made of. */
export interface Parser {
  readonly name: string;
  /** A complete input by the rules, with slips. */
  readonly grammar: Grammar;
  readonly samples: readonly string[];
  /** Words and characters that mean something to it. */
  readonly pieces: readonly string[];
  /** UTF-16 units above U+00FF are given to it as well. */
  readonly wide: boolean;
  /** What became of it, in a word. Throws only where the parser is wrong. */
  readonly read: (input: string) => string | Promise<string>;
  /** What must hold of every input besides; throws where it does not. Not timed. */
  readonly holds?: (input: string) => void;
}

export const octets = (input: string): Buffer => Buffer.from(input, "latin1");
export const octetText = (text: string): string => Buffer.from(text).toString("latin1");

/** For lists of pieces. */
export const words = (text: string): readonly string[] => text.split(" ");

/**
 * A quarter noise, a quarter samples with changes, a quarter by the grammar, a quarter words of the grammar in any order. Half of the
 * noise and of the words follow the first octets of a sample, which a parser would otherwise seldom get beyond.
 */
export function inputsOf({ grammar, samples, pieces, wide }: Parser): Grammar {
  const char = noise(wide);
  const word = oneOf(...pieces, ...pieces, (chance) => char(chance).slice(0, 3));
  const beginning: Grammar = (chance) => {
    const sample = chance.of(samples);
    return chance.once(2) ? sample.slice(0, chance.below(sample.length)) : "";
  };
  return oneOf(sequence(beginning, char), mutated(samples, pieces), grammar, sequence(beginning, many(word, 1, 40)));
}

/** The same again and again between a start and an end, for a parser whose time may grow faster than its input. */
export interface Pump {
  readonly start: string;
  readonly unit: string;
  readonly end: string;
}

export const pumpOf =
  ({ grammar, samples, pieces, wide }: Parser): ((...chance: Parameters<Grammar>) => Pump) =>
  (chance) => {
    const piece = oneOf(...pieces, ...pieces, (each) => noise(wide)(each).slice(0, 2));
    const part = (text: string): string => {
      const at = chance.below(text.length + 1);
      return text.slice(at, at + chance.below(chance.once(3) ? 80 : 8));
    };
    const whole = (): string => (chance.once(2) ? grammar(chance) : chance.of(samples)).slice(0, 2_000);
    const text = whole();
    const cut = chance.below(text.length + 1);
    const unit = chance.once(2) ? many(piece, 1, 3)(chance) : part(whole());
    return {
      start: chance.once(3) ? many(piece, 0, 3)(chance) : text.slice(0, cut),
      unit: unit === "" ? "a" : unit,
      end: chance.once(3) ? many(piece, 0, 3)(chance) : text.slice(cut),
    };
  };

export function pumped({ start, unit, end }: Pump, length: number): string {
  return start + unit.repeat(Math.max(1, Math.ceil((length - start.length - end.length) / unit.length))) + end;
}
