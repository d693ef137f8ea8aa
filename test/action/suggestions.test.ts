import { micromark } from "micromark";
import { describe, expect, test } from "vitest";
import { rightLines } from "../../src/action/diff-lines.ts";
import { keepSuggestions, type SuggestionOrder } from "../../src/action/suggestions.ts";
import { openFixCollection, type WantedFix } from "../../src/action/wanted-fixes.ts";
import type { DomainVerdict, Fix } from "../../src/verdict.ts";
import { READY } from "../report/verdicts.ts";
import { BOT, clientOf, type GitHubHost, HEAD, type StoredReview, startGitHub } from "./github-host.ts";

const ZONE = "zones/example.com.zone";
const ID_LINE = '_mta-sts IN TXT "v=STSv1; id=A"';
const PATCH = `@@ -4,3 +5,4 @@ $TTL 3600\n @ IN NS ns1\n-@ IN MX 10 mx1\n+@ IN MX 10 mx2\n+@ IN MX 20 mx3\n ${ID_LINE}`;
const COMMENTS = "/repos/org/repo/pulls/7/comments";
const POST = `POST ${COMMENTS}`;

const onLine = (line: number, from: number, to: number) => ({
  startLine: line,
  startColumn: from,
  endLine: line,
  endColumn: to,
});
const ID_FIX: Fix = { path: ZONE, span: onLine(8, 30, 31), text: "20261123T120000Z", lines: ID_LINE };
const MX_FIX: Fix = { path: ZONE, span: onLine(6, 15, 15), text: "\n@ IN MX 30 mx4", lines: "@ IN MX 10 mx2" };
const wanted = (fix: Fix, more: Partial<WantedFix> = {}): WantedFix => ({
  rule: "record-id-unchanged",
  message: "The id is the old one, so senders keep the old policy.",
  fix,
  dated: false,
  ...more,
});
const fixesOf = (...fixes: readonly Fix[]): readonly WantedFix[] => fixes.map((fix) => wanted(fix));

async function hostWith(patch: string | undefined = PATCH, filename = ZONE): Promise<GitHubHost> {
  const host = await startGitHub();
  host.files.push({ filename, ...(patch === undefined ? {} : { patch }) });
  return host;
}

async function keep(host: GitHubHost, more: Partial<SuggestionOrder> = {}) {
  const { api } = await clientOf(host);
  const pullRequest = { number: 7, head: HEAD, from: "repository" } as const;
  const order = { repository: "org/repo", pullRequest, label: "default", fixes: fixesOf(ID_FIX), askViewer: false };
  return keepSuggestions(api, { ...order, ...more });
}

const writes = ({ requests }: GitHubHost): readonly string[] => requests.filter((line) => !line.startsWith("GET"));
const bodies = ({ reviews }: GitHubHost): readonly string[] => reviews.map(({ body }) => body);

describe("a fix on a line of the diff", () => {
  test("is one review comment with the whole new line", async () => {
    const host = await hostWith();
    expect(await keep(host)).toEqual({ created: 1, deleted: 0 });
    expect(host.reviews).toEqual([
      expect.objectContaining({ commit_id: HEAD, path: ZONE, line: 8, side: "RIGHT", user: BOT }),
    ]);
    expect(host.reviews[0]).not.toHaveProperty("start_line");
    expect(bodies(host)[0]).toMatch(/^<!-- mta-sts-gate:default:suggestion record-id-unchanged [0-9a-f]{32} -->\n/);
    const lines = bodies(host)[0]?.trimEnd().split("\n") ?? [];
    expect(lines.slice(-3)).toEqual(["```suggestion", '_mta-sts IN TXT "v=STSv1; id=20261123T120000Z"', "```"]);
  });

  test("of several lines names the first and the last", async () => {
    const span = { startLine: 6, startColumn: 15, endLine: 7, endColumn: 1 };
    const host = await hostWith();
    await keep(host, { fixes: fixesOf({ ...MX_FIX, span, text: "", lines: "@ IN MX 10 mx2\n@ IN MX 20 mx3" }) });
    expect(host.reviews[0]).toMatchObject({ start_line: 6, start_side: "RIGHT", line: 7, side: "RIGHT" });
    expect(bodies(host)[0]).toContain("```suggestion\n@ IN MX 10 mx2@ IN MX 20 mx3\n```");
  });

  test("fixes of the same line are one suggestion, without carriage returns", async () => {
    const host = await hostWith(PATCH.replaceAll("\n", "\r\n"));
    await keep(host, { fixes: fixesOf({ ...MX_FIX, text: "\r\n@ IN MX 30 mx4" }, { ...MX_FIX, text: "\r\nmx5" }) });
    expect(bodies(host)).toEqual([expect.stringContaining("```suggestion\n@ IN MX 10 mx2\n@ IN MX 30 mx4\nmx5\n```")]);
  });

  test("fixes that overlap: only the first", async () => {
    const span = { startLine: 6, startColumn: 1, endLine: 7, endColumn: 1 };
    const both = { ...MX_FIX, span, text: "", lines: "@ IN MX 10 mx2\n@ IN MX 20 mx3" };
    const host = await hostWith();
    expect(await keep(host, { fixes: fixesOf(MX_FIX, both) })).toEqual({ created: 1, deleted: 0 });
  });

  test("at most ten", async () => {
    const lines = Array.from({ length: 14 }, (_, at) => `+line ${at}`);
    const fix = (at: number): Fix => ({ path: ZONE, span: onLine(at + 1, 1, 5), text: "mx:", lines: `line ${at}` });
    const host = await hostWith(`@@ -0,0 +1,14 @@\n${lines.join("\n")}`);
    await keep(host, { fixes: lines.map((_, at) => wanted(fix(at))) });
    expect(host.reviews).toHaveLength(10);
  });

  test("the file is found on the third page of the list, and no page behind it is asked for", async () => {
    const host = await startGitHub();
    for (let at = 0; at < 450; at += 1) host.files.push({ filename: at === 230 ? ZONE : `f${at}`, patch: PATCH });
    expect(await keep(host)).toMatchObject({ created: 1 });
    expect(host.requests.filter((line) => line.includes("/files?"))).toHaveLength(3);
  });
});

describe("no suggestion, and no word about it", () => {
  test.each<[string, string | undefined, Fix]>([
    ["the line is not in the diff", PATCH, { ...ID_FIX, span: onLine(20, 30, 31) }],
    ["the line is on the left side only", PATCH, { ...MX_FIX, lines: "@ IN MX 10 mx1" }],
    ["the head has another text there", PATCH, { ...ID_FIX, lines: ID_LINE.replace("A", "B") }],
    ["the last of its lines is not in the diff", PATCH, { ...ID_FIX, span: { ...ID_FIX.span, endLine: 9 } }],
    ["the lines are not known", PATCH, { path: ZONE, span: ID_FIX.span, text: "x" }],
    ["the file has no patch", undefined, ID_FIX],
    ["the patch is none", ID_LINE, ID_FIX],
    ["another file", PATCH, { ...ID_FIX, path: "zones/other.zone" }],
    ["nothing would change", PATCH, { ...ID_FIX, text: "A" }],
    ["a control character", PATCH, { ...ID_FIX, text: "\u001b[2J" }],
    ["a carriage return alone", PATCH, { ...ID_FIX, text: "x\ry" }],
    ["an invisible character", PATCH, { ...ID_FIX, text: "\u202e" }],
    ["a very long text", PATCH, { ...ID_FIX, text: "x".repeat(5_000) }],
  ])("%s", async (_, patch, fix) => {
    const host = await startGitHub();
    host.files.push({ filename: ZONE, ...(patch === undefined ? {} : { patch }) });
    expect(await keep(host, { fixes: fixesOf(fix) })).toEqual({ created: 0, deleted: 0 });
    expect(writes(host)).toEqual([]);
  });
});

describe("its own", () => {
  test("is not repeated, though another run's id has another time", async () => {
    const host = await hostWith();
    await keep(host, { fixes: [wanted(ID_FIX, { dated: true })] });
    const later = wanted({ ...ID_FIX, text: "20261123T130000Z" }, { dated: true });
    expect(await keep(host, { fixes: [later] })).toEqual({ created: 0, deleted: 0 });
    expect(bodies(host)).toEqual([expect.stringContaining("id=20261123T120000Z")]);
  });

  test("gives way to another text for the same line", async () => {
    const host = await hostWith();
    await keep(host);
    expect(await keep(host, { fixes: fixesOf({ ...ID_FIX, text: "B" }) })).toEqual({ created: 1, deleted: 1 });
    expect(bodies(host)).toEqual([expect.stringContaining("id=B")]);
  });

  test("is deleted when fixed, with nothing else asked than the list and the head", async () => {
    const host = await hostWith();
    await keep(host);
    host.requests.length = 0;
    expect(await keep(host, { fixes: [] })).toEqual({ created: 0, deleted: 1 });
    expect([host.reviews, host.requests.map((line) => line.split("?")[0])]).toEqual([
      [],
      [`GET ${COMMENTS}`, "GET /repos/org/repo/pulls/7", "DELETE /repos/org/repo/pulls/comments/101"],
    ]);
  });

  test("is made anew when its line left the diff, and duplicates go", async () => {
    const host = await hostWith();
    await keep(host);
    const stored = (more: Partial<StoredReview>) => host.reviews.map((review) => ({ ...review, ...more }));
    host.reviews.splice(0, 1, ...stored({ line: null }));
    expect(await keep(host)).toEqual({ created: 1, deleted: 1 });
    host.reviews.push(...stored({ id: 300 }));
    expect(await keep(host)).toEqual({ created: 0, deleted: 1 });
    expect(host.reviews.map(({ id }) => id)).not.toContain(300);
  });

  test("of another label stays", async () => {
    const host = await hostWith();
    await keep(host, { label: "dns" });
    expect(await keep(host)).toEqual({ created: 1, deleted: 0 });
    expect(await keep(host, { fixes: [] })).toEqual({ created: 0, deleted: 1 });
    expect(bodies(host)).toEqual([expect.stringMatching(/^<!-- mta-sts-gate:dns:suggestion /)]);
  });

  test.each<[string, GitHubHost["comments"][number]["user"], (body: string) => string]>([
    ["a user's", { login: "mallory", type: "User" }, (body) => body],
    ["a user with the bot's name", { login: BOT.login, type: "User" }, (body) => body],
    ["a ghost's", null, (body) => body],
    ["the bot's, with text before the marker", BOT, (body) => `> ${body}`],
    ["the bot's, of another kind", BOT, () => "<!-- mta-sts-gate:default -->\nx"],
    ["the bot's, with text behind the marker", BOT, (body) => body.replace("-->", "--> x")],
  ])("is not %s: it neither counts nor is deleted", async (_, user, change) => {
    const host = await hostWith();
    await keep(host);
    const planted = { id: 50, user, body: change(bodies(host)[0] ?? "") };
    host.reviews.splice(0, 1, { ...planted });
    expect(await keep(host)).toMatchObject({ created: 1, deleted: 0 });
    expect(await keep(host, { fixes: [] })).toMatchObject({ created: 0, deleted: 1 });
    expect(host.reviews).toEqual([planted]);
  });
});

describe("faults", () => {
  const message = "Resource not accessible by integration";

  test("403: one note that names the permission, and no second attempt", async () => {
    const host = await hostWith();
    host.faults.push({ on: POST, times: 9, answer: (reply) => reply(403, { message }) });
    const { note } = await keep(host, { fixes: fixesOf(ID_FIX, MX_FIX) });
    expect(note).toMatch(/`permissions: pull-requests: write`/);
    expect(note).not.toContain(message);
    expect(writes(host)).toEqual([POST]);
  });

  test("403 with nothing to suggest: not a word", async () => {
    const host = await hostWith();
    host.faults.push({ on: "GET", times: 9, answer: (reply) => reply(403, { message }) });
    expect(await keep(host, { fixes: [] })).toEqual({ created: 0, deleted: 0 });
  });

  test("422 for one: the other is made, and one note", async () => {
    const host = await hostWith();
    host.faults.push({ on: POST, answer: (reply) => reply(422, { message: "line must be part of the diff" }) });
    const result = await keep(host, { fixes: fixesOf(ID_FIX, MX_FIX) });
    expect(result).toEqual({ created: 1, deleted: 0, note: expect.stringContaining("GitHub refused the text") });
    expect(writes(host)).toEqual([POST, POST]);
  });

  test("a POST without an answer that happened all the same is not repeated", async () => {
    const host = await hostWith();
    host.faults.push({
      on: POST,
      answer: (_, carryOut, response) => {
        carryOut();
        response.destroy();
      },
    });
    expect((await keep(host)).note).toBeUndefined();
    expect([host.reviews.length, writes(host)]).toEqual([1, [POST]]);
  });

  test("502 throughout: one note", async () => {
    const host = await hostWith();
    host.faults.push({ on: "GET", times: 99, answer: (reply) => reply(502) });
    expect((await keep(host)).note).toMatch(/did not answer/);
  });

  test("a list that is none, and a Link to another host", async () => {
    const host = await hostWith();
    host.faults.push({ on: "GET", answer: (reply) => reply(200, { not: "a list" }) });
    expect((await keep(host)).note).toMatch(/no usable answer/);
    const link = '<http://192.0.2.1/x?page=2>; rel="next"';
    host.faults.push({ on: "GET", answer: (reply) => reply(200, [], { link }) });
    expect((await keep(host)).note).toMatch(/another place, which is not followed/);
  });

  test("a newer head: nothing is written and nothing deleted", async () => {
    const host = await hostWith();
    await keep(host);
    host.head = "d".repeat(40);
    const { note, deleted } = await keep(host, { fixes: fixesOf(MX_FIX) });
    expect([deleted, host.reviews.length, note]).toEqual([0, 1, expect.stringContaining("newer head")]);
  });

  test("two runs at once stored one", async () => {
    const host = await hostWith();
    await Promise.all([keep(host), keep(host)]);
    expect(host.reviews).toHaveLength(1);
  });
});

describe("text from outside", () => {
  test("neither the sentence nor the lines stored their places", async () => {
    const evil = "x ``` @octocat <img src=x> ````suggestion";
    const message = "The host --> <script>alert(1)</script> @octocat ```suggestion is refused.";
    const host = await hostWith();
    await keep(host, { fixes: [wanted({ ...ID_FIX, text: `\n\`\`\`\n${evil}` }, { message })] });
    const [body = ""] = bodies(host);
    expect(body.match(/^`{5}suggestion$/gm)).toHaveLength(1);
    const html = micromark(body.slice(body.indexOf("\n") + 1), { allowDangerousHtml: true });
    expect(html.match(/<pre><code class="language-suggestion">/g)).toHaveLength(1);
    expect(html).not.toMatch(/<script|<img|@octocat(?![^]*<\/code><\/pre>)/);
  });
});

describe("rightLines", () => {
  test("context and added lines by number, over several hunks", () => {
    const patch = "@@ -1,2 +1,2 @@\n a\n-b\n+c\n\\ No newline at end of file\n@@ -9 +9,2 @@ @@ -1 +1 @@\n d\n+@@ e";
    expect([...rightLines(patch)]).toEqual([
      [1, "a"],
      [2, "c"],
      [9, "d"],
      [10, "@@ e"],
    ]);
  });

  test("what is no hunk ends it", () => {
    expect([...rightLines("+a\n@@ -0,0 +3 @@\n+b\njunk\n+c")]).toEqual([[3, "b"]]);
  });
});

describe("openFixCollection", () => {
  const verdict = (rules: DomainVerdict["rules"]): DomainVerdict => ({ ...READY, rules, suggestedId: ID_FIX.text });
  const finding = (fix: Fix) =>
    ({ level: "error", message: "m", location: { kind: "input", name: "x" }, facts: {}, fix }) as const;

  test("what fails or is unknown, each once; nothing that is waived", () => {
    const collection = openFixCollection();
    const failed = { kind: "failed", rule: "a-b", findings: [finding(ID_FIX)] } as const;
    const unknown = { kind: "unknown", rule: "c-d", needed: true, missing: [], findings: [finding(MX_FIX)] } as const;
    const by = { kind: "off" } as const;
    const waived = { kind: "waived", rule: "e-f", by, findings: [finding({ ...MX_FIX, text: "z" })] } as const;
    collection.add(verdict([failed, unknown, waived]));
    collection.add(verdict([failed]));
    expect(collection.fixes().map(({ rule, dated }) => [rule, dated])).toEqual([
      ["a-b", true],
      ["c-d", false],
    ]);
  });

  test("is bounded", () => {
    const collection = openFixCollection();
    for (let line = 1; line < 1_000; line += 1)
      collection.add(
        verdict([{ kind: "failed", rule: "a", findings: [finding({ ...ID_FIX, span: onLine(line, 1, 1) })] }]),
      );
    expect(collection.fixes()).toHaveLength(200);
  });
});
