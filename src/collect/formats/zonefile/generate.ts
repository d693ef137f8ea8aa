/** More steps than this are not written out: the value is then not determined here. */
export const MOST_STEPS = 1024;

export interface Range {
  readonly start: number;
  readonly stop: number;
  readonly step: number;
}

/** `start-stop[/step]` of BIND's `$GENERATE`. */
export function generateRange(text: string): Range | undefined {
  const [, start, stop, step] = /^([0-9]{1,9})-([0-9]{1,9})(?:\/([0-9]{1,9}))?$/.exec(text) ?? [];
  const range = { start: Number(start), stop: Number(stop), step: Number(step ?? 1) };
  return start !== undefined && range.start <= range.stop && range.step > 0 ? range : undefined;
}

export function stepsOf({ start, stop, step }: Range): readonly number[] | undefined {
  const count = Math.floor((stop - start) / step) + 1;
  return count <= MOST_STEPS ? Array.from({ length: count }, (_, index) => start + index * step) : undefined;
}

/** `$` is the number, `${offset,width,base}` the number moved and padded, `\$` a dollar sign. Undefined: no such base. */
export function substitute(template: string, value: number): string | undefined {
  let known = true;
  const text = template.replaceAll(
    /\\\$|\$(?:\{(-?[0-9]{1,9})(?:,([0-9]{1,2})(?:,(.))?)?\})?/g,
    (whole, offset: string | undefined, width: string | undefined, base: string | undefined) => {
      if (whole === "\\$") return "$";
      const number = value + Number(offset ?? 0);
      const digits = written(number, base ?? "d");
      known &&= digits !== undefined && number >= 0;
      return (digits ?? "").padStart(Number(width ?? 0), "0");
    },
  );
  return known ? text : undefined;
}

function written(value: number, base: string): string | undefined {
  if (base === "d") return String(value);
  if (base === "o") return value.toString(8);
  if (base === "x") return value.toString(16);
  return base === "X" ? value.toString(16).toUpperCase() : undefined;
}
