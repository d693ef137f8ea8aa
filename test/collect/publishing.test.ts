import { describe, expect, test } from "vitest";
import { collect } from "../../src/collect/collect.ts";
import { parseOptions } from "../../src/options.ts";
import type { Proposal, PublishingFault } from "../../src/proposal.ts";
import { type Files, literalRepository } from "./tree.ts";

const PATH = ".well-known/mta-sts.txt";
const POLICY = "version: STSv1\nmode: testing\nmx: mx.example.com\nmax_age: 604800\n";
const CNAME = { CNAME: "mta-sts.example.com\n" };
const PAGES = { ...CNAME, [PATH]: POLICY, ".nojekyll": "" };
const ZONE = { "zones/example.com.zone": '$TTL 300\n@ SOA ns1 admin 1 2 3 4 5\n_mta-sts TXT "v=STSv1; id=1"\n' };
const BY_ZONE = { domain: "example.com", records: "zones/*" };

const shown = ({ code, location }: PublishingFault): string =>
  location.kind === "file" ? `${code} ${location.path}:${location.span.startLine}` : code;

async function faults(proposed: Files, { inputs = {}, base }: { inputs?: Record<string, string>; base?: Files } = {}) {
  const given = parseOptions({ domain: "example.com", all: "true", ...inputs });
  const { proposals } = await collect(literalRepository(base ?? proposed, proposed), given, []);
  const [{ publishing }] = proposals as [Proposal];
  return { proposed: publishing.proposed.map(shown), base: publishing.base.map(shown), publishing };
}

const workflow = (uses: string, ...inputs: readonly string[]): Files => ({
  ".github/workflows/pages.yml": [
    "jobs:",
    "  deploy:",
    "    steps:",
    "      - uses: actions/checkout@v5",
    `      - uses: ${uses}`,
    ...(inputs.length > 0 ? ["        with:", ...inputs.map((line) => `          ${line}`)] : []),
    "      - uses: actions/deploy-pages@v4",
    "",
  ].join("\n"),
});
const STEP = "artifact-drops .github/workflows/pages.yml:5";

describe("where the file lies", () => {
  test.each<[string, Files, readonly string[], Record<string, string>?]>([
    ["in its place", PAGES, []],
    [
      "without the dot",
      { ...CNAME, "well-known/mta-sts.txt": POLICY, ...ZONE },
      ["dot-missing well-known/mta-sts.txt:1"],
      BY_ZONE,
    ],
    [
      "without the dot, named by an input",
      { ...CNAME, "well-known/mta-sts.txt": POLICY },
      ["dot-missing well-known/mta-sts.txt:1"],
      { policy: "well-known/mta-sts.txt" },
    ],
    ["at the root", { ...CNAME, "mta-sts.txt": POLICY, ...ZONE }, ["root mta-sts.txt:1"], BY_ZONE],
    [
      "at the root, with a permalink",
      { ...CNAME, "mta-sts.txt": `---\npermalink: /.well-known/mta-sts.txt\n---\n${POLICY}`, ...ZONE },
      [],
      BY_ZONE,
    ],
    [
      "at the root, with another permalink",
      { ...CNAME, "mta-sts.txt": `---\npermalink: /mta-sts.txt\n---\n${POLICY}`, ...ZONE },
      ["root mta-sts.txt:1"],
      BY_ZONE,
    ],
    [
      "at the root, named, and put elsewhere by what deploys it",
      { "mta-sts.txt": POLICY },
      [],
      { policy: "mta-sts.txt" },
    ],
    [
      "a path of the repository's own",
      { "policies/example.com/mta-sts.txt": POLICY },
      [],
      { policy: "policies/example.com/mta-sts.txt" },
    ],
    ["without .txt", { ".well-known/mta-sts": POLICY, ...ZONE }, ["other-path .well-known/mta-sts:1"], BY_ZONE],
    [
      "another folder",
      { "a/.wellknown/mta-sts.txt": POLICY, ...ZONE },
      ["other-path a/.wellknown/mta-sts.txt:1"],
      BY_ZONE,
    ],
    ["in capitals", { ".well-known/MTA-STS.txt": POLICY, ...ZONE }, ["other-path .well-known/MTA-STS.txt:1"], BY_ZONE],
    [
      "twice .txt",
      { ".well-known/mta-sts.txt.txt": POLICY, ...ZONE },
      ["other-path .well-known/mta-sts.txt.txt:1"],
      BY_ZONE,
    ],
    [
      "a folder of that name",
      { ".well-known/mta-sts/mta-sts.txt": POLICY, ...ZONE },
      ["other-path .well-known/mta-sts/mta-sts.txt:1"],
      BY_ZONE,
    ],
    ["underscores", { ".well-known/mta_sts.txt": POLICY, ...ZONE }, ["other-path .well-known/mta_sts.txt:1"], BY_ZONE],
    ["a slip beside the file in its place", { ...PAGES, "mta-sts.txt": POLICY, "well-known/mta-sts.txt": POLICY }, []],
    ["another domain's slip", { CNAME: "mta-sts.example.org", "well-known/mta-sts.txt": POLICY, ...ZONE }, [], BY_ZONE],
  ])("%s", async (_, files, wanted, inputs) => {
    expect((await faults(files, inputs ? { inputs } : {})).proposed).toEqual(wanted);
  });

  test("a move out of place: the message says where to", async () => {
    const { proposed, base, publishing } = await faults(
      { ...CNAME, "sites/well-known/mta-sts.txt": POLICY, ...ZONE },
      { base: { ...PAGES, ...ZONE }, inputs: BY_ZONE },
    );
    expect([proposed, base]).toEqual([["dot-missing sites/well-known/mta-sts.txt:1"], []]);
    expect(publishing.proposed[0]?.message).toContain("name it sites/.well-known/mta-sts.txt");
  });
});

describe("GitHub Pages from a branch", () => {
  const bare = { ...CNAME, [PATH]: POLICY };
  test.each<[string, Files, readonly string[]]>([
    ["without .nojekyll", bare, [`jekyll-drops ${PATH}:1`]],
    ["with a config that says nothing", { ...bare, "_config.yml": "title: x\n" }, ["jekyll-drops _config.yml:1"]],
    ["with a config that is no YAML", { ...bare, "_config.yml": "a: [\n" }, ["jekyll-drops _config.yml:1"]],
    ["include", { ...bare, "_config.yml": 'include: [".well-known"]\n' }, []],
    ["include, a list of lines", { ...bare, "_config.yml": "include:\n  - CNAME\n  - /.well-known/\n" }, []],
    ["include of one", { ...bare, "_config.yml": "include: .well-known\n" }, []],
    [
      "in a folder",
      { "docs/CNAME": "mta-sts.example.com", [`docs/${PATH}`]: POLICY, ".nojekyll": "" },
      [`jekyll-drops docs/${PATH}:1`],
    ],
    [
      "in a folder, with its own .nojekyll",
      { "docs/CNAME": "mta-sts.example.com", [`docs/${PATH}`]: POLICY, "docs/.nojekyll": "" },
      [],
    ],
    ["no CNAME file: another host", { [`example.com/${PATH}`]: POLICY }, []],
    ["published by a workflow", { ...bare, ...workflow("peaceiris/actions-gh-pages@v4") }, []],
  ])("%s", async (_, files, wanted) => expect((await faults(files)).proposed).toEqual(wanted));

  test("a deleted .nojekyll is this change's doing", async () => {
    const { proposed, base } = await faults(bare, { base: PAGES });
    expect([proposed, base]).toEqual([[`jekyll-drops ${PATH}:1`], []]);
  });
});

describe("artifacts", () => {
  const SHA = "a".repeat(40);
  const pages = "actions/upload-pages-artifact";
  test.each<[string, Files, readonly string[]]>([
    ["v3 keeps dot folders", workflow(`${pages}@v3`, "path: ."), []],
    ["v4 leaves them out", workflow(`${pages}@v4`, "path: ."), [STEP]],
    ["v4, whatever is said", workflow(`${pages}@v4`, "path: .", "include-hidden-files: true"), [STEP]],
    ["v5", workflow(`${pages}@v5`, "path: '.'"), [STEP]],
    ["v5.0.1 with the input", workflow(`${pages}@v5.0.1`, "path: .", "include-hidden-files: true"), []],
    ["v6", workflow(`${pages}@v6`), [STEP]],
    ["a commit with its version", workflow(`${pages}@${SHA} # v5.0.0`, "path: ."), [STEP]],
    ["a commit with an old version", workflow(`${pages}@${SHA} # v3.0.1`, "path: ."), []],
    ["a commit without", workflow(`${pages}@${SHA}`, "path: ."), []],
    ["a branch", workflow(`${pages}@main`, "path: ."), []],
    ["what a build makes", workflow(`${pages}@v5`, "path: ./dist"), [STEP]],
    ["another tracked folder", { ...workflow(`${pages}@v5`, "path: docs"), "docs/index.html": "" }, []],
    ["its own folder", { ...workflow(`${pages}@v5`, "path: ./"), "docs/index.html": "" }, [STEP]],
    ["upload-artifact beside Pages alone", workflow("actions/upload-artifact@v4", "path: ."), []],
    ["upload-artifact that feeds Pages", feeding("actions/upload-artifact@v4", "path: ."), [STEP]],
    ["upload-artifact v4.3", feeding("actions/upload-artifact@v4.3.6", "path: ."), []],
    [
      "upload-artifact v5 with the input",
      feeding("actions/upload-artifact@v5", "path: .", "include-hidden-files: true"),
      [],
    ],
    ["a tar made by hand", feeding("actions/upload-artifact@v4", "path: ${{ runner.temp }}/artifact.tar"), []],
    ["a workflow that is no YAML", { ".github/workflows/pages.yml": `deploy-pages: [\n${pages}@v5` }, []],
    [
      "a workflow that publishes nothing",
      { ".github/workflows/pages.yml": "jobs: { a: { steps: [{ uses: actions/upload-artifact@v4 }] } }" },
      [],
    ],
    ["jobs of another shape", { ".github/workflows/pages.yml": "# deploy-pages\njobs: [1]\n" }, []],
  ])("%s", async (_, files, wanted) => expect((await faults({ ...PAGES, ...files })).proposed).toEqual(wanted));

  function feeding(uses: string, ...inputs: readonly string[]): Files {
    const [[path, text]] = Object.entries(workflow(uses, ...inputs)) as [[string, string]];
    return { [path]: `${text}      - uses: actions/download-artifact@v5\n` };
  }

  test("of several policies, nothing says which one a build publishes", async () => {
    const files = { ...PAGES, ...workflow(`${pages}@v5`, "path: dist"), [`sites/example.org/${PATH}`]: POLICY };
    expect((await faults(files)).proposed).toEqual([]);
  });

  test("the bump of a version is this change's doing, and its domain is touched", async () => {
    const base = { ...PAGES, ...workflow(`${pages}@v3`, "path: .") };
    const proposed = { ...PAGES, ...workflow(`${pages}@v5`, "path: .") };
    const { proposals } = await collect(literalRepository(base, proposed), parseOptions({}), []);
    expect(proposals.map(({ touched }) => touched)).toEqual([["publishing"]]);
    expect(proposals[0]?.publishing).toMatchObject({ proposed: [{ code: "artifact-drops" }], base: [] });
  });
});

test("a repository whose only policy lies out of place is told so", async () => {
  const files = { ...CNAME, "well-known/mta-sts.txt": POLICY };
  await expect(collect(literalRepository(files, files), parseOptions({}), [])).rejects.toThrow(
    "well-known/mta-sts.txt lies where no host serves a policy",
  );
});
