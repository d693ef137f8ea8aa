import { describe, expect, test } from "vitest";
import { collect } from "../../src/collect/collect.ts";
import { parseOptions } from "../../src/options.ts";
import type { PastState, Proposal } from "../../src/proposal.ts";
import type { PathVersion, Repository } from "../../src/world.ts";
import { type Files, literalRepository } from "./tree.ts";

const POLICY = "mta-sts.example.com/.well-known/mta-sts.txt";
const ZONE = "zones/example.com.zone";
const CONFIG = ".github/mta-sts-gate.yml";
const RECORDS = { [CONFIG]: "records: zones/*\n" };
const policy = (mode: string): string => `version: STSv1\nmode: ${mode}\nmx: mx.example.com\nmax_age: 604800\n`;
const zone = (id: string): string =>
  `$TTL 300\n@ SOA ns1 admin 1 2 3 4 5\n@ MX 10 mx\n_mta-sts TXT "v=STSv1; id=${id}"\n`;

/** Commit 7 was made on 2026-01-07. */
const at = (day: number, text: string | null, hour = 12): PathVersion => ({
  commit: String(day * 100 + hour).padStart(40, "0"),
  at: `2026-01-${String(day).padStart(2, "0")}T${hour}:00:00.000Z`,
  bytes: text === null ? null : Buffer.from(text),
});

interface Given {
  readonly base?: Files;
  readonly proposed: Files;
  readonly versions: Readonly<Record<string, readonly PathVersion[]>>;
  readonly shallow?: readonly string[];
  readonly inputs?: Readonly<Record<string, string>>;
}

async function run({ base, proposed, versions, shallow = [], inputs = {} }: Given) {
  const asked: string[] = [];
  const before = base ?? { ...RECORDS, [POLICY]: policy("testing"), [ZONE]: zone("B") };
  const repository: Repository = {
    ...literalRepository(before, { ...before, ...proposed }),
    history: async (path) => {
      asked.push(path);
      return { versions: versions[path] ?? [], complete: !shallow.includes(path) };
    },
  };
  const { proposals } = await collect(repository, parseOptions(inputs), []);
  return { asked, proposals, proposal: proposals[0] as Proposal };
}

const shown = ({ history }: Proposal): readonly string[] => history.states.map(stateShown);

function stateShown({ at: when, policy: body, id }: PastState): string {
  const mode = body ? /mode: (\w+)/.exec(body.data)?.[1] : body === null ? "none there" : "?";
  return `${when.slice(8, 13)} ${mode} ${id === undefined ? "?" : id}`;
}

const EDIT = { [POLICY]: policy("enforce") };

describe("states of two files, merged by commit, newest first", () => {
  test.each<[string, Given["versions"], readonly string[]]>([
    [
      "both in one commit",
      {
        [POLICY]: [at(5, policy("testing")), at(1, policy("none"))],
        [ZONE]: [at(5, zone("B")), at(1, zone("A"))],
      },
      ["05T12 testing B", "01T12 none A"],
    ],
    [
      "in turn",
      { [POLICY]: [at(7, policy("testing")), at(3, policy("none"))], [ZONE]: [at(5, zone("B")), at(1, zone("A"))] },
      ["07T12 testing B", "05T12 none B", "03T12 none A", "01T12 none there A"],
    ],
    [
      "commits of one second leave one state behind",
      {
        [POLICY]: [at(5, policy("testing")), at(1, policy("none"))],
        [ZONE]: [{ ...at(5, zone("B")), commit: "f".repeat(40) }, at(1, zone("A"))],
      },
      ["05T12 testing B", "01T12 none A"],
    ],
    [
      "a file that went and came back",
      { [POLICY]: [at(7, policy("testing")), at(5, null), at(3, policy("none"))], [ZONE]: [at(1, zone("A"))] },
      ["07T12 testing A", "05T12 none there A", "03T12 none A", "01T12 none there A"],
    ],
    [
      "a record file in no format, with no usable record, and with two",
      {
        [POLICY]: [at(1, policy("testing"))],
        [ZONE]: [at(7, "nothing that reads as records\n"), at(5, zone("a-b")), at(3, `${zone("A")}${zone("B")}`)],
      },
      ["07T12 testing ?", "05T12 testing null", "03T12 testing null", "01T12 testing null"],
    ],
  ])("%s", async (_, versions, wanted) => {
    const { proposal } = await run({ proposed: EDIT, versions });
    expect(shown(proposal)).toEqual(wanted);
    expect(proposal.history.complete).toBe(true);
  });

  test("each file is walked once, and baseSince comes from the same walk", async () => {
    const versions = {
      [POLICY]: [at(9, policy("testing"), 10), at(5, policy("testing")), at(2, policy("none"))],
      [ZONE]: [at(1, zone("A"))],
    };
    const { asked, proposal } = await run({ proposed: EDIT, versions });
    expect(asked.toSorted()).toEqual([POLICY, ZONE].toSorted());
    expect(proposal.baseSince).toEqual({ kind: "since", at: at(5, "").at });
  });

  test("a record that moved to another file stood in one of them", async () => {
    const base = { ...RECORDS, [POLICY]: policy("testing"), [ZONE]: zone("B") };
    const proposed = { ...EDIT, [ZONE]: "; moved\n", "zones/other.zone": `$ORIGIN example.com.\n${zone("B")}` };
    const { proposal } = await run({
      base,
      proposed,
      versions: { [POLICY]: [at(1, policy("testing"))], [ZONE]: [at(1, zone("B"))] },
    });
    expect(shown(proposal)).toEqual(["01T12 testing B"]);
  });
});

describe("what is not known is said", () => {
  const versions = { [POLICY]: [at(5, policy("testing"))], [ZONE]: [at(5, zone("B")), at(3, zone("A"))] };

  test("a shallow clone names fetch-depth, and what lies before is unknown", async () => {
    const { proposal } = await run({ proposed: EDIT, versions, shallow: [POLICY] });
    expect(proposal.history).toMatchObject({ complete: false, why: expect.stringContaining("fetch-depth: 0") });
    expect(shown(proposal)).toEqual(["05T12 testing B", "03T12 ? A"]);
  });

  test("an id that an input says has no past", async () => {
    const { proposal } = await run({ proposed: EDIT, versions, inputs: { "record-id": "C" } });
    // The zone is walked for its MX.
    expect(shown(proposal)).toEqual(["05T12 testing ?", "03T12 none there ?"]);
  });

  test("an id in the config has the config's past", async () => {
    const config = (id: string) =>
      `domains:\n  - domain: example.com\n    policy: ${POLICY}\n    record: { id: ${id} }\n`;
    const { proposal } = await run({
      base: { [CONFIG]: config("B"), [POLICY]: policy("testing") },
      proposed: { ...EDIT, [CONFIG]: config("C") },
      versions: {
        [POLICY]: [at(1, policy("testing"))],
        [CONFIG]: [at(7, config("B")), at(5, "no-such-key: 1\n"), at(3, config("A"))],
      },
    });
    expect(shown(proposal)).toEqual(["07T12 testing B", "05T12 testing ?", "03T12 testing A", "01T12 testing null"]);
  });

  test("what an old version includes is not guessed", async () => {
    const versionsWithInclude = {
      [POLICY]: [at(1, policy("testing"))],
      [ZONE]: [at(5, '$INCLUDE "sts.inc"\n@ MX 10 mx\n')],
    };
    const { proposal } = await run({ proposed: EDIT, versions: versionsWithInclude });
    expect(shown(proposal)[0]).toBe("05T12 testing ?");
  });
});

const mxShown = ({ history }: Pick<Proposal, "history">): readonly string[] =>
  history.states.map(({ at: when, recordTtl, mx }) => {
    const hosts = mx && `${mx.hosts.map((host) => host.replace(".example.com", "")).join()} ${mx.ttl ?? "?"}`;
    return `${when.slice(8, 10)} ${recordTtl ?? "-"} | ${hosts ?? "unknown"}`;
  });

describe("TTL of the record and the MX set of each state", () => {
  const soa = "$TTL 300\n@ SOA ns1 admin 1 2 3 4 5\n";
  const sts = '_mta-sts 3600 TXT "v=STSv1; id=B"\n';
  const pasts = async (zones: readonly (string | null)[], more: Partial<Given> = {}) => {
    const versions = { [ZONE]: zones.map((text, index) => at(9 - index, text)), ...more.versions };
    return mxShown((await run({ proposed: EDIT, ...more, versions })).proposal);
  };

  test.each<[string, string | null, string]>([
    ["two hosts with two TTLs", `${soa}@ 60 MX 10 mx1\n@ 90 MX 20 mx2\n${sts}`, "09 3600 | mx1,mx2 90"],
    ["a null MX names no host", `${soa}@ MX 0 .\n${sts}`, "09 3600 |  300"],
    ["a whole zone without MX: the domain itself", `${soa}${sts}`, "09 3600 | example.com ?"],
    ["part of a zone without MX", "$TTL 300\n_mta-sts TXT x\n", "09 - | unknown"],
    ["a wildcard may answer", `${soa}* MX 10 mx\n${sts}`, "09 3600 | unknown"],
    ["what it includes may have more", `${soa}$INCLUDE more.inc\n@ MX 10 mx\n${sts}`, "09 3600 | unknown"],
    ["a broken line may be one", `${soa}@ MX 10 mx\n@ MX ten mx2\n${sts}`, "09 3600 | unknown"],
    ["no format that is known", "nothing of the kind\n", "09 - | unknown"],
    ["no usable record", `${soa}@ MX 10 mx\n`, "09 - | mx 300"],
    ["the file was gone", null, "09 - | unknown"],
  ])("%s", async (_, text, wanted) => expect(await pasts([text])).toEqual([wanted]));

  test("through time, and before the file was there they stood elsewhere", async () => {
    const zones = [`${soa}@ MX 10 b\n${sts}`, `${soa}@ 7200 MX 10 a\n${sts}`];
    const versions = { [POLICY]: [at(1, policy("testing"))] };
    expect(await pasts(zones, { versions })).toEqual(["09 3600 | b 300", "08 3600 | a 7200", "01 - | unknown"]);
  });

  test("what a shallow clone hides is unknown, and makes no history incomplete that policy and record tell", async () => {
    const mxZone = "zones/mx.zone";
    const origin = "$ORIGIN example.com.\n$TTL 300\n";
    const base = { ...RECORDS, [POLICY]: policy("testing"), [ZONE]: origin + sts, [mxZone]: `${origin}@ MX 10 a\n` };
    const { proposal } = await run({
      base,
      proposed: { [mxZone]: `${origin}@ MX 10 b\n` },
      versions: {
        [POLICY]: [at(1, policy("testing"))],
        [ZONE]: [at(2, origin + sts)],
        [mxZone]: [at(5, `${origin}@ MX 10 a\n`)],
      },
      shallow: [mxZone],
    });
    expect(mxShown(proposal)).toEqual(["05 3600 | a 300", "02 3600 | unknown", "01 - | unknown"]);
    expect(proposal.history.complete).toBe(true);
  });

  test("MX in two files, and in the one that they moved from", async () => {
    const [one, two] = ["zones/one.zone", "zones/two.zone"];
    const origin = "$ORIGIN example.com.\n$TTL 300\n";
    const base = { ...RECORDS, [POLICY]: policy("testing"), [one]: `${origin}${sts}@ MX 10 a\n` };
    const { proposal } = await run({
      base,
      proposed: { [one]: `${origin}${sts}`, [two]: `${origin}@ 60 MX 10 a\n@ 60 MX 10 b\n` },
      versions: {
        [one]: [at(5, `${origin}${sts}@ MX 10 a\n`)],
        [two]: [at(7, null), at(3, `${origin}@ 60 MX 10 b\n`)],
      },
    });
    expect(mxShown(proposal)).toEqual(["07 3600 | a 300", "05 3600 | a,b 300", "03 - | b 60"]);
  });

  test("an alias whose target stands elsewhere tells no id, and one beside it does", async () => {
    const alias = (rest: string) => `${soa}@ MX 10 mx\n_mta-sts CNAME sts\n${rest}`;
    const { proposal } = await run({
      proposed: EDIT,
      versions: { [ZONE]: [at(5, alias('sts TXT "v=STSv1; id=A"\n')), at(3, alias(""))] },
    });
    expect(shown(proposal).map((one) => one.split(" ").at(-1))).toEqual(["A", "?"]);
  });

  const mxOnlyOf = async (zones: (host: string) => Files, versions: Given["versions"] = {}) => {
    const asked: string[] = [];
    const repository: Repository = {
      ...literalRepository({ ...RECORDS, ...zones("a") }, { ...RECORDS, ...zones("b") }),
      history: async (path) => {
        asked.push(path);
        return { versions: versions[path] ?? [], complete: true };
      },
    };
    const { mxOnly } = await collect(repository, parseOptions({}), []);
    return { asked, mxOnly };
  };

  test("a domain of which only the MX stand in the repository", async () => {
    const versions = { [ZONE]: [at(5, `${soa}@ MX 10 a\n`), at(1, `${soa}@ 60 MX 10 z\n`)] };
    const { mxOnly } = await mxOnlyOf((host) => ({ [ZONE]: `${soa}@ MX 10 ${host}\n` }), versions);
    expect(mxOnly.map(mxShown)).toEqual([["05 - | a 300", "01 - | z 60"]]);
    expect(mxOnly[0]?.history).toMatchObject({ complete: false, why: expect.stringContaining("policy") });
  });

  const lines = (host: string, count: number): string =>
    Array.from({ length: count }, (_, index) => `d${index} MX 10 ${host}\n`).join("");
  const zones = (host: string, count: number): Files =>
    Object.fromEntries(
      Array.from({ length: count }, (_, index) => [`zones/d${index}.example.zone`, `${soa}@ MX 10 ${host}\n`]),
    );
  test.each<[string, (host: string) => Files, number, number]>([
    ["256 domains of one zone", (host) => ({ [ZONE]: `${soa}${lines(host, 256)}` }), 256, 1],
    ["257 domains of one zone", (host) => ({ [ZONE]: `${soa}${lines(host, 257)}` }), 257, 0],
    ["32 zones", (host) => zones(host, 32), 32, 32],
    ["33 zones", (host) => zones(host, 33), 33, 0],
  ])("the MX of the past are read of few such domains: %s", async (_, files, count, walks) => {
    const { asked, mxOnly } = await mxOnlyOf(files);
    expect([mxOnly.length, asked.length]).toEqual([count, walks]);
  });
});

describe("a domain that the change does not touch costs no walk of its record", () => {
  test("without all: nothing is walked", async () => {
    const { asked, proposals } = await run({ proposed: { "README.md": "x" }, versions: {} });
    expect([asked, proposals]).toEqual([[], []]);
  });

  test("with all: the policy alone", async () => {
    const { asked, proposal } = await run({ proposed: { "README.md": "x" }, versions: {}, inputs: { all: "true" } });
    expect(asked).toEqual([POLICY]);
    expect(proposal.history).toMatchObject({ states: [], complete: false });
  });
});
