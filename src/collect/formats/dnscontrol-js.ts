import type { ProposedRecord } from "../../proposal.ts";
import type { Format, Reading, RecordFile } from "../format.ts";
import { addDefect, addNote, finished, newDraft, type ReadingDraft } from "../reading-draft.ts";
import { hostName } from "../record-data.ts";
import { spanFinder } from "../text-span.ts";
import { mergedViews, type View } from "./dnscontrol-ir/views.ts";
import { type Call, callsOf } from "./dnscontrol-js/expression.ts";
import { type Block, COMMAND, readItem } from "./dnscontrol-js/records.ts";

/** Literals of a dnsconfig.js. It is a program; it is never run, so what it computes is not determined here. */
export const dnscontrolJs: Format = {
  id: "dnscontrol-js",
  title: "DNSControl's dnsconfig.js",
  bestEffort: true,
  complete: false,
  recognises,
  read,
};

const ZONES = new Set(["D", "D_EXTEND"]);
const TELLING = new Set([...ZONES, "NewRegistrar", "NewDnsProvider", "NewDSP", "require_glob", "TXT", "MX", "CNAME"]);
// A quick look: no file without one of these words is tokenized.
const WORDS = /\b(?:D|D_EXTEND|NewRegistrar|NewDnsProvider|NewDSP|require_glob|TXT|MX|CNAME)\s*\(/;

/** A configuration file has no brace or tag in front, and calls what DNSControl defines with a text as the first argument. */
function recognises({ text }: RecordFile): boolean {
  if (/^\uFEFF?\s*[{[<;]/.test(text) || !WORDS.test(text)) return false;
  return callsOf(text, TELLING).some(({ arguments: [first] }) => first?.kind === "text");
}

async function read({ path, text }: RecordFile): Promise<Reading> {
  const draft = newDraft(path);
  const views: View[] = [];
  const context = { draft, spanOf: spanFinder(text) };
  const calls = callsOf(text, ZONES);
  for (const call of calls) {
    const view = readZone(context, call);
    if (view) views.push(view);
  }
  draft.records.push(...mergedViews(views));
  const only = "is a program, and only its literal values were read; `dnscontrol print-ir` says all of it";
  if (calls.length > 0) draft.notes.add(`${path} ${only}`);
  return finished(draft);
}

interface Context {
  readonly draft: ReadingDraft;
  readonly spanOf: Block["spanOf"];
}

function readZone({ draft, spanOf }: Context, call: Call): View | undefined {
  const [name, ...items] = call.arguments;
  if (!call.closed)
    addDefect(draft, spanOf(call), { message: `the call of ${call.name} is not closed`, concerns: true });
  if (name?.kind !== "text")
    return addNote(draft, spanOf(name ?? call), `only the program names this zone; ${COMMAND}`);
  const [raw = "", tag = ""] = name.text.split("!");
  const zone = hostName(raw, { escapes: "decimal", origin: null });
  if (zone === undefined)
    return addDefect(draft, spanOf(name), { message: "the zone's name is no domain name", concerns: true });
  const records: ProposedRecord[] = [];
  const block: Block = { draft, spanOf, zone, records, ttl: null };
  if (call.name === "D") draft.zones.set(zone, false);
  // The second argument of D is the registrar.
  for (const item of call.name === "D" ? items.slice(1) : items) readItem(block, item);
  return { zone, tag, records };
}
