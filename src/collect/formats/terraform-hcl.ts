import type { Format, Reading, RecordFile } from "../format.ts";
import { addDefect, addNote, finished, newDraft, type ReadingDraft } from "../reading-draft.ts";
import { hostName } from "../record-data.ts";
import { spanFinder } from "../text-span.ts";
import { guessesOf, type Located, type Place, recordsOf } from "./terraform/records.ts";
import { recordShape } from "./terraform/shapes.ts";
import { type Attributes, textOf, type Value } from "./terraform/value.ts";
import { type Block, type HclFile, readHcl } from "./terraform-hcl/body.ts";
import { type Known, knownIn, zoneOfReference } from "./terraform-hcl/lookup.ts";

/** Literals of Terraform's own language. Nothing is evaluated: what variables and functions decide is not determined here. */
export const terraformHcl: Format = {
  id: "terraform-hcl",
  title: "Terraform HCL",
  bestEffort: true,
  complete: false,
  recognises,
  read,
};

const BLOCK =
  /^[ \t]*(?:(?:resource|data|ephemeral)[ \t]+"[^"\n]*"[ \t]+"[^"\n]*"|(?:module|variable|output|provider|check)[ \t]+"[^"\n]*"|terraform|locals|moved|import|removed)[ \t]*\{/m;

/** By its blocks; a file named `.tf` may be nothing but comments. */
function recognises({ path, text }: RecordFile): boolean {
  if (/^\uFEFF?\s*[{[<;$]/.test(text)) return false;
  return BLOCK.test(text) || /\.(?:tf|tofu)$/.test(path);
}

const COMMAND = "`terraform plan -out=p && terraform show -json p`";
// Text that makes a file worth stopping for when it is broken.
const OURS = /_mta-sts|_smtp\._tls|STSv1|TLSRPTv1|\bMX\b|_mx_record/;

async function read({ path, text }: RecordFile): Promise<Reading> {
  const draft = newDraft(path);
  const place: Place = { path, spanOf: spanFinder(text) };
  const known = knownIn(readHcl(text));
  const file = readHcl(text, (reference) => known.texts.get(reference));
  if (file.broken !== undefined)
    addDefect(draft, place.spanOf({ start: file.broken, end: file.broken }), {
      message: "this is no HCL from here on",
      concerns: OURS.test(text),
    });
  const located = file.blocks.flatMap((block) => locate(known, block) ?? []);
  const guesses = guessesOf(located);
  for (const one of located) {
    const found = recordsOf(place, one, guesses);
    draft.records.push(...found.records);
    for (const { at, why, ours, fault } of found.lost)
      if (fault) addDefect(draft, place.spanOf(at), { message: why, concerns: ours });
      else if (ours) addNote(draft, place.spanOf(at), `${why}; ${COMMAND} says which`);
  }
  for (const { zone } of [...guesses.values(), ...located]) if (zone !== null) draft.zones.set(zone, false);
  const loose = tellLoose(draft, place, { file, located });
  if (located.length > 0 || loose > 0)
    draft.notes.add(`${path} was read as far as its values are literal; ${COMMAND} says all of it`);
  return finished(draft);
}

function locate(known: Known, block: Block): Located | undefined {
  const [type = ""] = block.labels;
  const shape = block.type === "resource" ? recordShape(type) : undefined;
  if (!shape) return undefined;
  const attributes = withBlocks(block);
  const named = shape.zone === undefined ? undefined : attributes.get(shape.zone);
  const id = shape.zoneId === undefined ? undefined : attributes.get(shape.zoneId);
  const written = textOf(named);
  const zone =
    (written === undefined ? undefined : hostName(written, { escapes: "decimal", origin: null })) ??
    zoneOfReference(known, referenceOf(named)) ??
    zoneOfReference(known, referenceOf(id));
  const many = ["count", "for_each"].find((name) => attributes.has(name));
  const at = { start: block.start, end: block.end };
  return {
    resource: { type, attributes, at },
    shape,
    key: textOf(id) ?? referenceOf(id) ?? `${block.start}`,
    zone,
    ...(many ? { unsure: `${many} decides whether it exists; ${COMMAND} says it` } : {}),
  };
}

const referenceOf = (value: Value | undefined): string | undefined =>
  value?.kind === "unknown" ? value.reference : undefined;

/** Nested blocks of one type are a list of maps, as a plan has them. `dynamic` blocks are not determined. */
function withBlocks({ body }: Block): Attributes {
  const attributes = new Map<string, Value>(body.attributes);
  const lists = new Map<string, Value[]>();
  for (const { type, labels, body: inner, start, end } of body.blocks) {
    const at = { start, end };
    const items = lists.get(type) ?? [];
    items.push({ kind: "map", members: inner.attributes, at });
    if (type === "dynamic")
      attributes.set(labels[0] ?? "", { kind: "unknown", why: `a dynamic block makes it; ${COMMAND} says it`, at });
    else if (!lists.has(type) && !attributes.has(type)) attributes.set(type, { kind: "list", items, at });
    lists.set(type, items);
  }
  return attributes;
}

/** Texts of our records outside of record resources, as arguments of modules and in maps: found, for no known domain. */
function tellLoose(draft: ReadingDraft, { spanOf }: Place, { file, located }: HclResources): number {
  let [next, told] = [0, 0];
  for (const token of file.tokens) {
    // Both are in the order of the text.
    while ((located[next]?.resource.at.end ?? Number.POSITIVE_INFINITY) <= token.start) next += 1;
    const inside = (located[next]?.resource.at.start ?? Number.POSITIVE_INFINITY) <= token.start;
    if (inside || !token.parts?.some(({ text }) => /v=(?:STSv1|TLSRPTv1)/.test(text))) continue;
    addNote(draft, spanOf(token), `the text of a record stands here; only ${COMMAND} says for which domain`);
    told += 1;
    if (told === 16) break;
  }
  return told;
}

interface HclResources {
  readonly file: HclFile;
  readonly located: readonly Located[];
}
