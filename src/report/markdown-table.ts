import { fitted } from "./budget.ts";
import { joined, type Markdown, markdown } from "./inert.ts";

export interface TableRoom {
  readonly octets: number;
  /** Constant words for the last row when rows are left out: `more MX hosts`. */
  readonly rest: "more MX hosts" | "more domains" | "more rules" | "more contacts";
  /** Rows that the caller did not keep. */
  readonly unseen?: number;
}

/** The cells of a row, made only if there is room for it. */
export type Row = () => readonly Markdown[];

/** A GFM table of whole rows. Cells are inert, so no cell can end itself or its row. */
export function table(head: readonly Markdown[], rows: readonly Row[], room: TableRoom): Markdown {
  const rest = (left: number): Markdown =>
    row([markdown`*${left} ${room.rest as Markdown}*`, ...head.slice(1).map(() => markdown``)]);
  const pieces = rows.map((cells) => () => row(cells()));
  const body = fitted(pieces, { octets: room.octets, separator: "\n", rest, unseen: room.unseen ?? 0 });
  return joined([row(head), row(head.map(() => markdown`---`)), ...(body === "" ? [] : [body])], "\n");
}

const row = (cells: readonly Markdown[]): Markdown => markdown`| ${joined(cells, " | ")} |`;
