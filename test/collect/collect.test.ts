import { describe, expect, test } from "vitest";
import { type Collected, collect } from "../../src/collect/collect.ts";
import { CollectError } from "../../src/errors.ts";
import { parseOptions } from "../../src/options.ts";
import type { Proposal, Revision } from "../../src/proposal.ts";
import { type Files, type LiteralHistory, literalRepository, version } from "./tree.ts";

const POLICY = ".well-known/mta-sts.txt";
const CONFIG = ".github/mta-sts-gate.yml";
const ZONE = "zones/example.com.zone";
const policy = (mode = "enforce", mx = "mx.example.com") =>
  `version: STSv1\nmode: ${mode}\nmx: ${mx}\nmax_age: 604800\n`;
const zone = (...lines: string[]) => `$TTL 300\n@ SOA ns1 admin 1 2 3 4 5\n@ MX 10 mx\n${lines.join("\n")}\n`;
const STS = '_mta-sts TXT "v=STSv1; id=1"';

interface Given {
  readonly inputs?: Readonly<Record<string, string>>;
  readonly history?: Readonly<Record<string, LiteralHistory>>;
}

function run(base: Files, proposed: Files, { inputs = {}, history = {} }: Given = {}): Promise<Collected> {
  return collect(literalRepository(base, proposed, history), parseOptions(inputs), ["mx-alias", "mx-refused"]);
}

async function refusal(base: Files, proposed: Files, given: Given = {}): Promise<CollectError> {
  const error: unknown = await run(base, proposed, given).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof CollectError)) throw new Error(`no CollectError: ${String(error)}`);
  return error;
}

const pathOf = ({ policyFile }: Revision): string | null =>
  policyFile.kind === "said" ? (policyFile.value?.path ?? "(none)") : null;

const dataOf = (records: Revision["stsRecords"]): readonly (string | null)[] | null =>
  records.kind === "said" ? records.value.map(({ data }) => data) : null;

const shown = ({ proposals }: Collected): readonly unknown[] =>
  proposals.map(({ policyDomain, proposed, base, touched }) => [
    policyDomain,
    pathOf(base),
    pathOf(proposed),
    touched.join(),
  ]);

const one = ({ proposals }: Collected): Proposal => {
  expect(proposals).toHaveLength(1);
  return proposals[0] as Proposal;
};

describe("which policy for which domain", () => {
  const CNAME = { CNAME: "mta-sts.Example.com\n" };

  test("GitHub Pages: the CNAME file beside .well-known", async () => {
    const base = { ...CNAME, [POLICY]: policy() };
    expect(shown(await run(base, { ...base, [POLICY]: policy("testing") }))).toEqual([
      ["example.com", POLICY, POLICY, "policy"],
    ]);
  });

  test.each([
    ["sites/example.com/.well-known/mta-sts.txt", {}, "example.com"],
    ["sites/mta-sts.example.com/public/.well-known/mta-sts.txt", {}, "example.com"],
    ["example.org/mta-sts.lists.example.com/v1.2/.well-known/mta-sts.txt", {}, "lists.example.com"],
    ["docs/.well-known/mta-sts.txt", { "docs/CNAME": "mta-sts.example.com" }, "example.com"],
    [
      "mta-sts.example.com/.well-known/mta-sts.txt",
      { "mta-sts.example.com/CNAME": "mta-sts.example.com" },
      "example.com",
    ],
  ])("%s", async (path, beside, domain) => {
    expect(shown(await run({}, { ...beside, [path]: policy() }))).toEqual([
      [domain, "(none)", path, Object.keys(beside).length > 0 ? "policy,publishing" : "policy"],
    ]);
  });

  test.each<[string, Files]>([
    [POLICY, {}],
    [POLICY, { CNAME: "www.example.com" }], // no policy host
    [POLICY, { CNAME: "mta-sts.a.example\nmta-sts.b.example" }],
    ["site.v1/.well-known/mta-sts.txt", {}],
    [".hidden/x/.well-known/mta-sts.txt", {}],
    ["docs/.well-known/mta-sts.txt", { CNAME: "mta-sts.example.com" }], // not beside it
  ])("a policy with no domain: %s %j", async (path, beside) => {
    const { message, remedy, location } = await refusal({}, { ...beside, [path]: policy() });
    expect(message).toContain(`nothing says which domain the policy ${path} is for`);
    expect(remedy).toContain(`domains:\n  - domain: example.com\n    policy: "${path}"`);
    expect(location).toMatchObject({ kind: "file", path });
  });

  test("two files for one domain: an error with the lines that settle it, and they do", async () => {
    const two = {
      "a/mta-sts.example.com/.well-known/mta-sts.txt": policy(),
      "b/example.com/.well-known/mta-sts.txt": policy(),
    };
    const { message, remedy } = await refusal({}, two);
    expect(message).toContain("are both the policy of example.com");
    expect(shown(await run({}, { ...two, [CONFIG]: remedy ?? "" }))).toMatchObject([
      ["example.com", "(none)", "a/mta-sts.example.com/.well-known/mta-sts.txt", "policy,config"],
    ]);
  });

  test("a CNAME file and a folder that disagree", async () => {
    const files = { "example.org/CNAME": "mta-sts.example.com", "example.org/.well-known/mta-sts.txt": policy() };
    const { message, remedy } = await refusal({}, files);
    expect(message).toContain("name two domains, example.com and example.org");
    expect(remedy).toContain("domain: example.com");
  });

  test("inputs beat the config, and the config what is found", async () => {
    const files = {
      ...CNAME,
      [POLICY]: policy(),
      "a/x.txt": policy(),
      "b/x.txt": policy(),
      "c/example.org.txt": policy(),
    };
    const config = "domains: [{ domain: example.com, policy: a/x.txt }, example.org]\npolicies: c/{domain}.txt";
    const at = async (inputs: Record<string, string>, more: Files = {}) =>
      shown(await run({}, { ...files, ...more }, { inputs }));
    expect(await at({})).toMatchObject([["example.com", "(none)", POLICY, "policy,publishing"]]);
    expect(await at({}, { [CONFIG]: config })).toMatchObject([
      ["example.com", "(none)", "a/x.txt", "policy,config"],
      ["example.org", "(none)", "c/example.org.txt", "policy,config"],
    ]);
    expect(await at({ domain: "example.com" }, { [CONFIG]: config })).toMatchObject([
      ["example.com", "(none)", "a/x.txt", "policy,config"],
    ]);
    expect(await at({ domain: "example.net", policy: "./b/x.txt" }, { [CONFIG]: config })).toMatchObject([
      ["example.net", "(none)", "b/x.txt", "policy,config"],
    ]);
    expect(await at({ policy: POLICY })).toMatchObject([["example.com", "(none)", POLICY, "policy,publishing"]]);
  });

  test("one file may serve many domains", async () => {
    const files = { [POLICY]: policy(), [CONFIG]: "domains: [a.example, b.example]" };
    expect(shown(await run(files, { ...files, [POLICY]: policy("none") }))).toEqual([
      ["a.example", POLICY, POLICY, "policy"],
      ["b.example", POLICY, POLICY, "policy"],
    ]);
  });

  test("the config that settles it may come with the change", async () => {
    const base = { [POLICY]: policy() };
    const { proposals } = await run(base, { [POLICY]: policy("testing"), [CONFIG]: "domains: [example.com]" });
    expect(proposals.map(({ base: { policyFile }, touched }) => [policyFile.kind, touched.join()])).toEqual([
      ["said", "policy,config"],
    ]);
  });

  test.each<[Record<string, string>, Files]>([
    [{ domain: "example.com", policy: "gone.txt" }, {}],
    [{}, { [CONFIG]: "domains: [{ domain: example.com, policy: gone.txt }]" }],
    [{}, { [CONFIG]: "domains: [example.com]\npolicies: p/{domain}.txt" }],
  ])("a named policy that is on neither side: %j %j", async (inputs, more) => {
    const { message, location } = await refusal({}, { [POLICY]: policy(), ...more }, { inputs });
    expect(message).toMatch(/git tracks no regular file there, before or after the change/);
    expect(location?.kind).toBe("policy" in inputs ? "input" : "file");
  });

  test.each([
    { domain: "localhost" },
    { domain: "a b..c" },
    { policy: "../x" },
    { policy: "/etc/passwd" },
    { config: "none.yml" },
  ])("inputs that are wrong: %j", async (inputs) => {
    await expect(run({ [POLICY]: policy() }, { [POLICY]: policy() }, { inputs })).rejects.toMatchObject({
      name: "OptionError",
    });
  });
});

describe("removals and moves", () => {
  const site = { CNAME: "mta-sts.example.com", [POLICY]: policy() };

  test("a policy in base and not in proposed is a removal", async () => {
    expect(shown(await run(site, { CNAME: site.CNAME }))).toEqual([["example.com", POLICY, "(none)", "policy"]]);
    expect(shown(await run(site, { "README.md": "gone" }))).toEqual([
      ["example.com", POLICY, "(none)", "policy,publishing"],
    ]);
  });

  test("another CNAME takes the policy from one domain and gives it to another", async () => {
    expect(shown(await run(site, { ...site, CNAME: "mta-sts.example.org" }))).toEqual([
      ["example.com", POLICY, "(none)", "policy,publishing"],
      ["example.org", "(none)", POLICY, "policy,publishing"],
    ]);
  });

  test("a file that moves is no removal", async () => {
    const after = { "docs/CNAME": site.CNAME, "docs/.well-known/mta-sts.txt": policy() };
    expect(shown(await run(site, after))).toEqual([
      ["example.com", POLICY, "docs/.well-known/mta-sts.txt", "publishing"],
    ]);
  });

  test("a domain that the config no longer lists is still looked at while its file is there", async () => {
    const base = {
      "a.txt": policy(),
      "b.txt": policy(),
      [CONFIG]: "domains: [{ domain: a.example, policy: a.txt }, { domain: b.example, policy: b.txt }]",
    };
    const found = await run(base, { ...base, [CONFIG]: "domains: [{ domain: a.example, policy: a.txt }]" });
    expect(shown(found)).toEqual([["b.example", "b.txt", "b.txt", "config"]]);
    expect(found.loosened).toEqual(["The domain b.example is no longer listed after this change."]);
  });
});

describe("which record is proposed", () => {
  const inputs = { records: "zones/*.zone" };
  const base = { [ZONE]: zone(STS, '_smtp._tls TXT "v=TLSRPTv1; rua=mailto:a@example.com"') };

  test("from DNS as code, with the place", async () => {
    const after = { [ZONE]: (base[ZONE] ?? "").replace("id=1", "id=2") };
    const { proposed, base: before, touched, policyDomain } = one(await run(base, after, { inputs }));
    expect([policyDomain, touched, pathOf(proposed)]).toEqual(["example.com", ["record"], null]);
    expect([dataOf(before.stsRecords), dataOf(proposed.stsRecords)]).toEqual([["v=STSv1; id=1"], ["v=STSv1; id=2"]]);
    expect([dataOf(proposed.mxRecords), dataOf(proposed.tlsrptRecords)]).toEqual([
      ["10 mx.example.com"],
      ["v=TLSRPTv1; rua=mailto:a@example.com"],
    ]);
    expect(proposed.stsRecords).toMatchObject({
      value: [{ ttl: 300, location: { path: ZONE, span: { startLine: 4, startColumn: 14, endColumn: 29 } } }],
    });
  });

  test("nothing that concerns mail changed: nothing is proposed, unless all is asked for", async () => {
    const after = { [ZONE]: `${base[ZONE] ?? ""}www A 192.0.2.1\n; note\n` };
    expect((await run(base, after, { inputs })).proposals).toEqual([]);
    expect(shown(await run(base, after, { inputs: { ...inputs, all: "true" } }))).toEqual([
      ["example.com", null, null, ""],
    ]);
  });

  test.each<[string, string, string]>([
    ["mx", "@ MX 10 mx", "@ MX 10 mx2"],
    ["tlsrpt", "mailto:a@", "mailto:b@"],
    ["record,tlsrpt", "$TTL 300", "$TTL 86400"],
    ["", "@ MX 10 mx", "@ MX 10 MX.example.com."],
  ])("touches %j", async (touched, from, to) => {
    const { proposals } = await run(base, { [ZONE]: (base[ZONE] ?? "").replace(from, to) }, { inputs });
    expect(proposals.map((proposal) => proposal.touched.join())).toEqual(touched === "" ? [] : [touched]);
  });

  test("a line, or the file, that goes away is a removal", async () => {
    const gone = one(await run(base, { [ZONE]: zone() }, { inputs }));
    expect(dataOf(gone.proposed.stsRecords)).toEqual([]);
    const file = one(await run(base, { "zones/example.org.zone": zone() }, { inputs }));
    expect([file.touched, dataOf(file.proposed.stsRecords), dataOf(file.proposed.mxRecords)]).toEqual([
      ["record", "mx", "tlsrpt"],
      [],
      [],
    ]);
  });

  test("what the repository does not say is unsaid", async () => {
    const fragment = { "zones/sts.zone": '$ORIGIN example.com.\n_mta-sts 1 TXT "v=STSv1; id=1"' };
    const part = one(await run({}, fragment, { inputs }));
    expect([dataOf(part.proposed.stsRecords), part.proposed.mxRecords.kind, part.base.stsRecords.kind]).toEqual([
      ["v=STSv1; id=1"],
      "unsaid",
      "unsaid",
    ]);
    const delegated = one(await run(base, { [ZONE]: zone(STS, "_smtp._tls NS ns.example.net.") }, { inputs }));
    expect(delegated.proposed.tlsrptRecords).toEqual({ kind: "said", value: [] });
    const never = { [ZONE]: zone(STS, "_smtp._tls NS ns.example.net.") };
    expect(one(await run({}, never, { inputs })).proposed.tlsrptRecords.kind).toBe("unsaid");
  });

  test("the domain of a policy, in the zone of its parent", async () => {
    const files = {
      "lists.example.com/.well-known/mta-sts.txt": policy(),
      [ZONE]: zone("lists MX 5 mx3", "_mta-sts.lists CNAME _mta-sts", STS),
    };
    const { proposals } = await run({}, files, { inputs });
    expect(
      proposals.map(({ policyDomain, proposed }) => [
        policyDomain,
        dataOf(proposed.mxRecords),
        dataOf(proposed.stsRecords),
      ]),
    ).toEqual([
      ["example.com", ["10 mx.example.com"], ["v=STSv1; id=1"]],
      ["lists.example.com", ["5 mx3.example.com"], ["_mta-sts.example.com", "v=STSv1; id=1"]],
    ]);
  });

  test("record-id: the input says it, and what it said before is not known", async () => {
    const site = { CNAME: "mta-sts.example.com", [POLICY]: policy() };
    const after = { ...site, [POLICY]: policy("testing") };
    const found = one(await run(site, after, { inputs: { "record-id": "20261124" } }));
    expect(found.touched).toEqual(["policy", "record"]);
    expect(found.proposed.stsRecords).toMatchObject({
      value: [{ data: "v=STSv1; id=20261124", location: { kind: "input", name: "record-id" } }],
    });
    expect(found.base.stsRecords.kind).toBe("unsaid");
    const other = await run(site, { ...site, "README.md": "x" }, { inputs: { "record-id": "1" } });
    expect(other.proposals).toEqual([]);
    const workflow = await run(
      site,
      { ...site, ".github/workflows/gate.yml": "record-id: 1" },
      { inputs: { "record-id": "1" } },
    );
    expect(one(workflow).touched).toEqual(["record"]);
  });

  test("the config says an id, or that the record lives elsewhere", async () => {
    const site = (record: string) => ({
      [POLICY]: policy(),
      [CONFIG]: `domains:\n  - domain: example.com\n    record: ${record}`,
    });
    const id = one(await run(site("{ id: a1 }"), site("{ id: a2 }")));
    expect([id.touched, dataOf(id.base.stsRecords), dataOf(id.proposed.stsRecords)]).toEqual([
      ["record", "config"],
      ["v=STSv1; id=a1"],
      ["v=STSv1; id=a2"],
    ]);
    expect(id.proposed.stsRecords).toMatchObject({
      value: [{ location: { path: CONFIG, span: { startLine: 3, startColumn: 19 } } }],
    });
    const external = one(await run({}, { ...site("external"), [ZONE]: zone() }, { inputs }));
    expect(external.proposed.stsRecords.kind).toBe("unsaid");
    expect(external.notes.join()).toContain("published elsewhere");
    const contradiction = await refusal({}, { ...site("{ id: a1 }"), [ZONE]: zone(STS) }, { inputs });
    expect(contradiction.message).toContain("one record id and a record file another");
  });

  test("two files that hold the same whole zone", async () => {
    const files = { "zones/in/example.com.zone": zone(STS), "zones/out/example.com.zone": zone(STS) };
    const { message, remedy } = await refusal({}, files, { inputs: { records: "zones/**" } });
    expect(message).toContain("both hold the zone example.com");
    expect(shown(await run({}, { ...files, [CONFIG]: remedy ?? "" }))).toHaveLength(1);
  });

  test("a file that others include is not read on its own", async () => {
    const files = {
      "zones/example.com.zone": "$TTL 5\n$INCLUDE mail.zone\n",
      "zones/mail.zone": `@ SOA ns a 1 2 3 4 5\n@ MX 10 mx\n${STS}`,
    };
    const after = { ...files, "zones/mail.zone": files["zones/mail.zone"].replace("id=1", "id=2") };
    const { base: before, proposed } = one(await run(files, after, { inputs }));
    expect([dataOf(before.stsRecords), dataOf(proposed.stsRecords)]).toEqual([["v=STSv1; id=1"], ["v=STSv1; id=2"]]);
  });

  test("a broken line is an error with its place; one that is repaired is none", async () => {
    const broken = { [ZONE]: zone('_mta-sts TXT "v=STSv1; id=1') };
    const { message, location } = await refusal(base, broken, { inputs });
    expect(message).toBe("a quotation mark that is never closed on its line; what this file publishes is not known");
    expect(location).toMatchObject({ path: ZONE, span: { startLine: 4, startColumn: 14 } });
    expect(one(await run(broken, base, { inputs })).touched).toContain("record");
  });

  test("a file in no known format, and a glob without a file", async () => {
    const prose = await refusal({}, { ...base, "zones/x.zone": "This is prose.\nNot a zone.\n" }, { inputs });
    expect(prose.message).toContain("zones/x.zone is in no format of DNS records");
    const idle = await refusal(base, base, { inputs: { records: "dns/*" } });
    expect(idle).toMatchObject({
      message: expect.stringContaining("the glob dns/* in `records` matches no file"),
      location: { kind: "input" },
    });
    const configured = await refusal({}, { ...base, [CONFIG]: "records: dns/*" });
    expect(configured.location).toMatchObject({ path: CONFIG });
  });

  test("an empty file, and one of comments alone, say nothing", async () => {
    const files = { ...base, "zones/a.zone": "\n", "zones/b.zone": "; later\n" };
    expect((await run(files, files, { inputs })).proposals).toEqual([]);
  });

  test("an unchanged zone file is read once", async () => {
    const repository = literalRepository({ ...base, [POLICY]: "x" }, { ...base, CNAME: "y" });
    await collect(repository, parseOptions({ ...inputs, domain: "example.com" }), []);
    expect(repository.reads.filter((path) => path === ZONE)).toHaveLength(1);
  });
});

describe("MX without a policy", () => {
  const inputs = { records: "zones/*" };
  const base = { [ZONE]: zone(STS), "zones/example.org.zone": zone("lists MX 1 a") };

  test("an edited MX set of a name that the repository says nothing else of", async () => {
    const after = { ...base, "zones/example.org.zone": zone("lists MX 1 b") };
    const { proposals, mxOnly } = await run(base, after, { inputs });
    expect(proposals).toEqual([]);
    expect(mxOnly).toMatchObject([
      {
        policyDomain: "lists.example.org",
        touched: ["mx"],
        proposed: { stsRecords: { kind: "unsaid" }, policyFile: { kind: "unsaid" } },
      },
    ]);
    expect((await run(base, after, { inputs: { ...inputs, domain: "example.com" } })).mxOnly).toEqual([]);
  });
});

describe("settings", () => {
  const site = { CNAME: "mta-sts.example.com", [POLICY]: policy() };
  const waiver = (until: string) => `{ domain: example.com, rule: mx-refused, reason: moving, until: ${until} }`;

  test("what is loosened is named, what is tightened is not", async () => {
    const tight = { ...site, [CONFIG]: "{}" };
    expect(
      (await run(tight, { ...site, [CONFIG]: `rules: { mx-alias: off }\nwaive: [${waiver("2027-01-31")}]` })).loosened,
    ).toEqual([
      "The rule mx-alias is switched off by this change.",
      "The rule mx-refused is waived for example.com until 2027-01-31 by this change.",
    ]);
    const long = (until: string, days: number) => ({
      ...site,
      [CONFIG]: `waive: [${waiver(until)}]\ncertificate-expiry-days: ${days}`,
    });
    expect((await run(long("2027-01-31", 21), long("2027-02-28", 7))).loosened).toHaveLength(2);
    expect((await run({ ...site, [CONFIG]: "records: [CNAM?]" }, tight)).loosened).toEqual([
      "Record files at CNAM? are no longer read after this change.",
    ]);
    expect((await run(long("2027-02-28", 7), long("2027-01-31", 21))).loosened).toEqual([]);
  });

  test.each<[string, string, readonly string[]]>([
    [
      "senders: all",
      "senders: id-checking",
      ["Refusals by senders that do not compare ids are no longer errors after this change."],
    ],
    ["{}", "senders: all", []],
    [
      "{}",
      "history: { max-age-ceiling: 30d }",
      ["An unknown past is taken to be over after 2592000 seconds, no longer 31557600, by this change."],
    ],
    ["history: { max-age-ceiling: 30d }", "{}", []],
    [
      "{}",
      "deploy: policy-first",
      ["This change declares that the pipeline makes a policy live before its id (deploy: policy-first)."],
    ],
    ["deploy: policy-first", "{}", []],
    ["{}", "deploy-lag: 1h", ["A deploy is taken to be over after 3600 seconds, no longer 86400, by this change."]],
    ["deploy-lag: 1h", "deploy-lag: 24h", []],
  ])("what is declared of senders and pipeline: from %j to %j", async (before, after, loosened) => {
    const found = await run({ ...site, [CONFIG]: before }, { ...site, [CONFIG]: after });
    expect(found.loosened).toEqual(loosened);
    expect(found.proposals.map(({ touched }) => touched)).toEqual([["config"]]);
  });

  test("an edited config touches the domains that it bears on", async () => {
    const entry = (a: string) =>
      `domains: [{ domain: a.example, policy: a.txt }, { domain: b.example, policy: b.txt${a} }]`;
    const files = { "a.txt": policy(), "b.txt": policy() };
    expect(
      shown(await run({ ...files, [CONFIG]: entry("") }, { ...files, [CONFIG]: entry(", record: external") })),
    ).toEqual([["b.example", "b.txt", "b.txt", "config"]]);
    expect(
      (await run({ ...files, [CONFIG]: entry("") }, { ...files, [CONFIG]: `# note\n${entry("")}` })).proposals,
    ).toEqual([]);
  });

  test("a broken config stops the change that brings it, not the one that repairs it", async () => {
    expect((await refusal(site, { ...site, [CONFIG]: "rulez: {}" })).location).toMatchObject({
      path: CONFIG,
      span: { startLine: 1 },
    });
    expect(
      (await run({ ...site, [CONFIG]: "rulez: {}" }, { ...site, [CONFIG]: "rules: { mx-alias: off }" })).config.rules,
    ).toEqual({ "mx-alias": "off" });
  });

  test("a config file with the other ending is noted", async () => {
    expect((await run(site, { ...site, ".github/mta-sts-gate.yaml": "rulez: {}" })).notes.join()).toContain(
      "is not read",
    );
  });

  test.each(["CNAME", ".nojekyll", "_config.yml"])("the publishing path: %s", async (name) => {
    const docs = { "docs/.well-known/mta-sts.txt": policy(), [CONFIG]: "domains: [example.com]" };
    const path = "docs/.well-known/mta-sts.txt";
    expect(shown(await run(docs, { ...docs, [`docs/${name}`]: "x" }))).toEqual([
      ["example.com", path, path, "publishing"],
    ]);
    expect((await run(docs, { ...docs, [`other/${name}`]: "x" })).proposals).toEqual([]);
  });

  test("the workflow that publishes", async () => {
    const workflow = (text: string) => ({ ...site, ".github/workflows/pages.yml": text });
    expect(shown(await run(workflow("a"), workflow("uses: actions/deploy-pages@v4")))).toEqual([
      ["example.com", POLICY, POLICY, "publishing"],
    ]);
    expect((await run(workflow("a"), workflow("uses: actions/setup-node@v4"))).proposals).toEqual([]);
  });
});

describe("a gate over nothing", () => {
  test("is an error, unless it is said to be right", async () => {
    const { message, remedy } = await refusal({}, { "README.md": "x" });
    expect(message).toMatch(/neither the change nor its base has a policy file or an _mta-sts record that git tracks/);
    expect(remedy).toContain("domains:");
    expect((await run({}, {}, { inputs: { "if-none": "ready" } })).proposals).toEqual([]);
    expect(
      (await refusal({}, { [ZONE]: zone() }, { inputs: { records: "zones/*", domain: "example.com" } })).message,
    ).toBe(message);
  });

  test("is none over zones: their MX edits may meet a live policy", async () => {
    const edited = { [ZONE]: zone().replace("IN SOA", "IN MX 10 mx9\n@ IN SOA") };
    expect((await run({ [ZONE]: zone() }, edited, { inputs: { records: "zones/*" } })).proposals).toEqual([]);
  });
});

describe("since when the base policy says what it says", () => {
  const site = { CNAME: "mta-sts.example.com", [POLICY]: policy() };
  const age = async (versions: readonly ReturnType<typeof version>[], complete: boolean) =>
    one(await run(site, { ...site, [POLICY]: policy("testing") }, { history: { [POLICY]: { versions, complete } } }))
      .baseSince;
  // The same policy in other words: senders see no difference (SPEC §1).
  const reworded = "version: STSv1\r\nmode: enforce\r\nmax_age: 604800\r\nmx: mx.example.com\r\n";

  test("back to the oldest version of the same meaning", async () => {
    const versions = [
      version("2026-03-09", policy()),
      version("2026-03-05", reworded),
      version("2026-03-01", policy("testing")),
    ];
    expect(await age(versions, true)).toEqual({ kind: "since", at: "2026-03-05T12:00:00.000Z" });
    expect(await age(versions, false)).toEqual({ kind: "since", at: "2026-03-05T12:00:00.000Z" });
    expect(await age([version("2026-03-09", policy()), version("2026-03-02", null)], false)).toMatchObject({
      at: "2026-03-09T12:00:00.000Z",
    });
  });

  test("a history that ends too early tells nothing", async () => {
    expect(await age([version("2026-03-09", policy())], false)).toMatchObject({
      kind: "unknown",
      why: expect.stringContaining("fetch-depth: 0"),
    });
    expect(await age([version("2026-03-09", policy())], true)).toEqual({
      kind: "since",
      at: "2026-03-09T12:00:00.000Z",
    });
    expect(await age([], false)).toMatchObject({ kind: "unknown" });
    expect(one(await run({}, site)).baseSince).toMatchObject({ kind: "unknown" });
  });
});
