// Edits that people made to policies and zones, each in a world where the state before it is deployed. CORPUS=<folder> runs them.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { collect } from "../src/collect/collect.ts";
import { FORMATS } from "../src/collect/formats.ts";
import { judge } from "../src/judge/judge.ts";
import { parseOptions } from "../src/options.ts";
import { type Policy, parsePolicy } from "../src/protocol/policy.ts";
import type { DomainVerdict } from "../src/verdict.ts";
import { type Files, literalRepository } from "./collect/tree.ts";
import { AT, evidenceOf, type SceneLive } from "./judge/scene.ts";

const CORPUS = process.env["CORPUS"] ?? "";
const read = (...path: readonly string[]): string => readFileSync(join(CORPUS, ...path), "utf8");
const listed = <T>(folder: string): readonly T[] =>
  CORPUS !== "" && existsSync(join(CORPUS, folder, "index.json")) ? JSON.parse(read(folder, "index.json")) : [];

async function verdictOf(base: Files, proposed: Files, live: SceneLive): Promise<DomainVerdict | undefined> {
  const inputs = { domain: "example.com", "if-none": "ready" };
  const records = Object.keys(proposed).some((path) => path.startsWith("zones/")) ? { records: "zones/*" } : {};
  const { proposals } = await collect(literalRepository(base, proposed), parseOptions({ ...inputs, ...records }), []);
  const [proposal] = proposals;
  if (!proposal) return undefined;
  const mx = proposal.proposed.mxRecords.kind === "said" ? proposal.proposed.mxRecords.value : [];
  const hosts = mx.map(({ data }) => (data ?? "").split(" ")[1] ?? "");
  const evidence = evidenceOf({ live, proposed: { mx: hosts } });
  return judge({ proposal, evidence, asOf: AT, settings: { certificateExpiryDays: 14, off: [], waivers: [] } });
}

const errorsOf = (verdict: DomainVerdict | undefined): readonly string[] =>
  (verdict?.rules ?? []).flatMap((outcome) =>
    outcome.kind === "failed" && outcome.findings.some(({ level }) => level === "error") ? [outcome.rule] : [],
  );
const firedOf = (verdict: DomainVerdict | undefined): readonly string[] =>
  (verdict?.rules ?? []).flatMap((outcome) =>
    "findings" in outcome ? (outcome.findings ?? []).map(({ level }) => `${outcome.rule} ${level}`) : [],
  );

interface PolicyEdit {
  readonly dir: string;
}

interface Sides {
  readonly before: string;
  readonly after: string;
  readonly was: Policy | undefined;
  readonly is: Policy | undefined;
}

function sidesOf({ dir }: PolicyEdit): Sides {
  const [before, after] = ["before", "after"].map((name) => read("policies/transitions", dir, `${name}.txt`)) as [
    string,
    string,
  ];
  const valid = (text: string): Policy | undefined => {
    const parse = parsePolicy(Buffer.from(text));
    return parse.kind === "valid" ? parse.policy : undefined;
  };
  return { before, after, was: valid(before), is: valid(after) };
}

/** Hosts that a policy covers: of a wildcard one that it matches. */
const hostsOf = (policy: Policy | undefined): readonly string[] =>
  [...new Set((policy?.mx ?? []).map(({ wildcard, host }) => (wildcard ? `mx.${host}` : host)))].slice(0, 8);

/** What an edit is, by its two texts alone. */
function kindOf({ was, is }: Sides): "broken" | "repair" | "harmless" | "tightening" {
  if (!is) return "broken";
  if (!was) return "repair";
  const covered = new Set(is.mx.map(({ wildcard, host }) => `${wildcard}${host}`));
  const narrower = was.mx.some(({ wildcard, host }) => !covered.has(`${wildcard}${host}`));
  const stricter = is.mode === "enforce" && was.mode !== "enforce";
  return stricter || (narrower && is.mode === "enforce") ? "tightening" : "harmless";
}

const SITE = { CNAME: "mta-sts.example.com\n", ".nojekyll": "" };
const POLICY = ".well-known/mta-sts.txt";

/** `stays`: mail goes where the policy before says; `moved`: where the one after says, so the edit comes late. */
async function judged(sides: Sides, mail: "stays" | "moved"): Promise<DomainVerdict | undefined> {
  const { before, after, was, is } = sides;
  const mx = mail === "stays" && was ? hostsOf(was) : hostsOf(is ?? was);
  const live = { policy: before, mx: mx.length > 0 ? mx : ["mx1"], id: "A" };
  return verdictOf({ ...SITE, [POLICY]: before }, { ...SITE, [POLICY]: after }, live);
}

const POLICY_EDITS = listed<PolicyEdit>("policies/transitions");

describe.runIf(POLICY_EDITS.length > 0)("policy edits", () => {
  test("none that is harmless is blocked, wherever mail goes", async () => {
    for (const edit of POLICY_EDITS) {
      const sides = sidesOf(edit);
      if (kindOf(sides) !== "harmless") continue;
      for (const mail of ["stays", "moved"] as const) {
        const verdict = await judged(sides, mail);
        expect([edit.dir, mail, errorsOf(verdict)]).toEqual([edit.dir, mail, []]);
      }
    }
  });

  test("a repair is blocked by nothing but enforce that nobody tested", async () => {
    for (const edit of POLICY_EDITS) {
      const sides = sidesOf(edit);
      if (kindOf(sides) !== "repair") continue;
      const errors = errorsOf(await judged(sides, "moved"));
      const meant = /^mode: *enforce\s*$/m.test(sides.before);
      const wanted = sides.is?.mode === "enforce" && !meant ? ["rollout-enforce-untested"] : [];
      expect([edit.dir, ...errors.filter((rule) => !wanted.includes(rule))]).toEqual([edit.dir]);
    }
  });

  test("a file that is no policy is blocked, with its defect", async () => {
    for (const edit of POLICY_EDITS) {
      const sides = sidesOf(edit);
      if (kindOf(sides) !== "broken") continue;
      expect([edit.dir, ...firedOf(await judged(sides, "stays"))].join()).toContain("policy-syntax");
    }
  });

  test.runIf(process.env["SHOW"])("the table of docs/corpus-transitions.md", async () => {
    const rows = new Map<string, { count: number; readonly fired: Map<string, number> }>();
    for (const edit of POLICY_EDITS) {
      const sides = sidesOf(edit);
      for (const mail of ["stays", "moved"] as const) {
        const key = `${kindOf(sides)}, mail ${mail}`;
        const row = rows.get(key) ?? { count: 0, fired: new Map<string, number>() };
        rows.set(key, row);
        const verdict = await judged(sides, mail);
        row.count += 1;
        for (const fired of new Set([`= ${verdict?.verdict ?? "untouched"}`, ...firedOf(verdict)]))
          row.fired.set(fired, (row.fired.get(fired) ?? 0) + 1);
      }
    }
    for (const [key, { count, fired }] of rows)
      console.log(key, count, Object.fromEntries([...fired].toSorted(([a], [b]) => a.localeCompare(b))));
  });
});

interface Zone {
  readonly mx: readonly (readonly [number, string])[];
  readonly sts?: readonly string[];
}
interface ZoneEdit {
  readonly dir: string;
  readonly zone: string;
  readonly changes: readonly { readonly before: Zone; readonly after: Zone }[];
}

const ZONE_EDITS = listed<ZoneEdit>("dns/transitions");

const zoneText = ({ mx, sts = [] }: Zone): string =>
  [
    "$TTL 300",
    "@ SOA ns1 admin 1 2 3 4 5",
    ...mx.map(([preference, host]) => `@ MX ${preference} ${host}.`),
    ...sts.map((text) => `_mta-sts TXT "${text}"`),
    "",
  ].join("\n");

/** The edit in a world where the policy, kept elsewhere, enforces the hosts that mail goes to before (or, for a revert, after) it. */
function zoneVerdict(
  { before, after }: { before: Zone; after: Zone },
  trusted: Zone,
): Promise<DomainVerdict | undefined> {
  const hosts = trusted.mx.map(([, host]) => host);
  const policy = `enforce 604800 ${hosts.join(" ")}`;
  const id = /id=(\w+)/.exec(before.sts?.[0] ?? "")?.[1] ?? "A";
  const live = { policy, id, mx: before.mx.map(([, host]) => host) };
  const path = "zones/example.com.zone";
  return verdictOf({ [path]: zoneText(before) }, { [path]: zoneText(after) }, live);
}

describe.runIf(ZONE_EDITS.length > 0)("zone edits", () => {
  test.each(ZONE_EDITS.filter(({ changes }) => changes.length > 0))("$dir", async ({ changes }) => {
    for (const change of changes) {
      const moved = JSON.stringify(change.before.mx) !== JSON.stringify(change.after.mx);
      const removed = change.before.sts !== undefined && (change.after.sts ?? []).length === 0;
      const wanted = moved ? ["mx-not-covered"] : removed ? ["rollout-removed-early"] : [];
      const verdict = await zoneVerdict(change, change.before);
      if (wanted.length === 0) expect(errorsOf(verdict)).toEqual([]);
      else expect(errorsOf(verdict)).toEqual(expect.arrayContaining(wanted));
      // The same edit back: it repairs, and is let through.
      if (moved) expect(errorsOf(await zoneVerdict(change, change.after))).toEqual([]);
    }
  });

  const octodns = FORMATS.find(({ id }) => id === "octodns");
  test.runIf(octodns)("what changes neither MX nor record touches nothing", async () => {
    for (const { dir, zone, changes } of ZONE_EDITS) {
      const file = (name: string): Files => ({ [`zones/${zone}.yaml`]: read("dns/transitions", dir, `${name}.yaml`) });
      const options = parseOptions({ records: "zones/*", "if-none": "ready" });
      const { proposals, mxOnly } = await collect(literalRepository(file("before"), file("after")), options, []);
      expect([dir, proposals.length + mxOnly.length]).toEqual([dir, changes.length]);
    }
  });
});
