// A comment body: the marker, one line that dates it, and the report.

export interface Stamp {
  /** ISO 8601, when the evidence was gathered. */
  readonly asOf: string;
  /** Hex id of the head that was judged. */
  readonly head: string;
}

const STAMP = /^<!-- as of ([0-9TZ:.+-]{10,40}) head ([0-9a-f]{40,64}) -->$/;

/** `report` as the body to write: its first line is the marker, the second the stamp. */
export function stampedBody(report: string, marker: string, { asOf, head }: Stamp): string {
  const text = firstLine(report) === marker ? report.slice(marker.length + 1) : report;
  return `${marker}\n<!-- as of ${asOf} head ${head} -->\n${text}`.trimEnd();
}

/** What a body of ours says about itself; undefined where it says nothing. */
export function stampOf(body: string): Stamp | undefined {
  const [, asOf, head] = STAMP.exec(linesOf(body)[1] ?? "") ?? [];
  return asOf !== undefined && head !== undefined ? { asOf, head } : undefined;
}

/** Whether two bodies say the same, whenever they said it. GitHub may keep CRLF and drops space at the end. */
export const saysTheSame = (a: string, b: string): boolean => undated(a) === undated(b);

const undated = (body: string): string =>
  linesOf(body)
    .filter((line) => !STAMP.test(line))
    .join("\n")
    .trimEnd();

const linesOf = (body: string): readonly string[] => body.split(/\r?\n/);
const firstLine = (text: string): string => text.split("\n", 1)[0] ?? "";
