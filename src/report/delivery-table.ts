import type { Delivery, DomainVerdict, HostVerdict } from "../verdict.ts";
import { type DeliveryView, deliveryViews } from "./delivery-view.ts";
import { code, inertMarkdown, joined, type Markdown, markdown } from "./inert.ts";
import { table } from "./markdown-table.ts";

// A table wider than this is no longer read; the JSON report has every column.
const COLUMNS = 8;

/** Host × what a sender holds and sees. Refused hosts first. */
export function deliveryTable({ deliveries }: DomainVerdict, octets: number): Markdown {
  if (deliveries.length === 0) return markdown``;
  const views = deliveryViews(deliveries);
  const shown = views.slice(0, COLUMNS);
  const head = [markdown`MX host`, ...shown.map(heading)];
  const rows = hostsOf(shown).map((host) => () => [
    code(host),
    ...shown.map((delivery) => cell(hostIn(delivery, host))),
  ]);
  const outcome = [markdown`**Delivery**`, ...shown.map(({ outcome: kind }) => markdown`**${inertMarkdown(kind)}**`)];
  const left = views.length - shown.length;
  const note = left > 0 ? markdown`\n\n${left} more combinations are in the report file.` : markdown``;
  return markdown`${table(head, [() => outcome, ...rows], { octets, rest: "more MX hosts" })}${note}`;
}

const heading = ({ holds }: DeliveryView): Markdown => markdown`Sender holds ${inertMarkdown(holds)}`;

const RANK = { refused: 0, unknown: 1, accepted: 2 } as const;

/** Every host of these deliveries once, the ones a sender would refuse first. */
export function hostsOf(deliveries: readonly Pick<Delivery, "hosts">[]): readonly string[] {
  const ranks = new Map<string, number>();
  for (const host of deliveries.flatMap(({ hosts }) => hosts))
    ranks.set(host.host, Math.min(RANK[host.verdict], ranks.get(host.host) ?? 3));
  return [...ranks].toSorted(([, a], [, b]) => a - b).map(([host]) => host);
}

const hostIn = ({ hosts }: DeliveryView, name: string): HostVerdict | undefined =>
  hosts.find(({ host }) => host === name);

function cell(host: HostVerdict | undefined): Markdown {
  switch (host?.verdict) {
    case undefined:
      return markdown`–`;
    case "accepted":
      return markdown`accepted`;
    case "refused": {
      const reason = host.reasonCode === "" ? [] : [code(host.reasonCode)];
      return markdown`**refused**: ${joined([code(host.resultType), ...reason], ", ")}`;
    }
    case "unknown":
      return markdown`unknown: ${inertMarkdown(host.because)}`;
  }
}
