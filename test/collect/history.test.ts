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
    const { asked, proposal } = await run({ proposed: EDIT, versions, inputs: { "record-id": "C" } });
    expect(shown(proposal)).toEqual(["05T12 testing ?"]);
    expect(asked).toEqual([POLICY]);
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
