import { describe, expect, test } from "vitest";
import { type CommentOrder, keepComment } from "../../src/action/comment.ts";
import { stampedBody } from "../../src/action/comment-body.ts";
import { BOT, clientOf, type Fault, type GitHubHost, HEAD, type StoredComment, startGitHub } from "./github-host.ts";

const MARKER = "<!-- mta-sts-gate:default -->";
const LATER = "2026-11-23T12:00:00Z";
const EARLIER = "2026-11-23T11:00:00Z";

const ORDER: CommentOrder = {
  repository: "org/repo",
  pullRequest: { number: 7, head: HEAD, from: "repository" },
  marker: MARKER,
  body: `${MARKER}\n## Blocked: mail stops.\n`,
  shortBody: `${MARKER}\n## Blocked\n`,
  when: "auto",
  touchesMail: true,
  asOf: LATER,
  askViewer: false,
};
const BODY = stampedBody(ORDER.body, MARKER, { asOf: LATER, head: HEAD });

const stored = (id: number, body: string, user: StoredComment["user"] = BOT): StoredComment => ({ id, body, user });
const old = (id: number): StoredComment => stored(id, `${MARKER}\nan old report`);
const writes = ({ requests }: GitHubHost): readonly string[] => requests.filter((line) => !line.startsWith("GET"));
const LIST = "GET /repos/org/repo/issues/7/comments";
const POST = "POST /repos/org/repo/issues/7/comments";
const PATCH = "PATCH /repos/org/repo/issues/comments/";

async function keep(host: GitHubHost, more: Partial<CommentOrder> = {}) {
  const { api, waits } = await clientOf(host);
  return { result: await keepComment(api, { ...ORDER, ...more }), waits };
}

describe("one comment", () => {
  test("is created, with the marker as its first line", async () => {
    const host = await startGitHub([stored(1, "hello", { login: "someone", type: "User" })]);
    const { result } = await keep(host);
    expect(result).toEqual({ kind: "written", id: 101 });
    expect(host.comments.map(({ body }) => body)).toEqual(["hello", BODY]);
    expect(BODY.split("\n")[0]).toBe(MARKER);
  });

  test("is edited in place, also on the third page", async () => {
    const others = Array.from({ length: 230 }, (_, at) => stored(at + 1, "talk", { login: "someone", type: "User" }));
    const host = await startGitHub([...others, old(500)]);
    expect((await keep(host)).result).toEqual({ kind: "written", id: 500 });
    expect(host.comments.at(-1)).toEqual(stored(500, BODY));
    expect(writes(host)).toEqual([`${PATCH}500`]);
  });

  test("is left alone when it says the same, though GitHub keeps CRLF and the date differs", async () => {
    const body = stampedBody(ORDER.body, MARKER, { asOf: EARLIER, head: HEAD }).replaceAll("\n", "\r\n");
    const host = await startGitHub([stored(5, body)]);
    expect((await keep(host)).result).toEqual({ kind: "unchanged", id: 5 });
    expect(writes(host)).toEqual([]);
  });

  test("own duplicates go, and the lowest id stays", async () => {
    const host = await startGitHub([
      old(9),
      old(5),
      stored(6, `${MARKER}\nplanted`, { login: "x", type: "User" }),
      old(7),
    ]);
    expect((await keep(host)).result).toEqual({ kind: "written", id: 5 });
    expect(new Set(host.comments.map(({ id }) => id))).toEqual(new Set([5, 6]));
  });
});

describe("when to write", () => {
  test.each<[CommentOrder["when"], boolean, boolean, string]>([
    ["auto", true, false, "written"],
    ["auto", false, false, "skipped"],
    ["auto", false, true, "written"],
    ["always", false, false, "written"],
    ["never", true, true, "skipped"],
  ])("%s, touches mail: %s, there is one: %s → %s", async (when, touchesMail, there, kind) => {
    const host = await startGitHub(there ? [old(5)] : []);
    const { result } = await keep(host, { when, touchesMail });
    expect(result.kind).toBe(kind);
    expect(writes(host)).toHaveLength(kind === "written" ? 1 : 0);
    if (when === "never") expect(host.requests).toEqual([]);
  });
});

describe("planted comments are never edited", () => {
  test.each<[string, StoredComment]>([
    ["a user's", stored(5, `${MARKER}\nx`, { login: "mallory", type: "User" })],
    ["a user with the bot's name", stored(5, `${MARKER}\nx`, { login: BOT.login, type: "User" })],
    ["another bot's", stored(5, `${MARKER}\nx`, { login: "dependabot[bot]", type: "Bot" })],
    ["a ghost's", stored(5, `${MARKER}\nx`, null)],
    ["the bot's, of another label", stored(5, "<!-- mta-sts-gate:other -->\nx")],
    ["the bot's, with text before the marker", stored(5, `quoted ${MARKER}\nx`)],
    ["the bot's, with the marker on the second line", stored(5, `x\n${MARKER}`)],
    ["the bot's, with text behind the marker", stored(5, `${MARKER} x`)],
  ])("%s", async (_, comment) => {
    const host = await startGitHub([{ ...comment }]);
    expect((await keep(host)).result).toEqual({ kind: "written", id: 101 });
    expect(host.comments[0]).toEqual(comment);
  });
});

describe("whose comment", () => {
  test("a personal token asks who it is", async () => {
    const me = { login: "operator", type: "User" };
    const host = await startGitHub([old(4), stored(5, `${MARKER}\nmine`, me)]);
    host.faults.push({ on: "GET /user", answer: (reply) => reply(200, me) });
    expect((await keep(host, { askViewer: true })).result).toEqual({ kind: "written", id: 5 });
  });

  test("a token that may not ask is the job's", async () => {
    const host = await startGitHub([old(4)]);
    expect((await keep(host, { askViewer: true })).result).toEqual({ kind: "written", id: 4 });
  });
});

describe("runs that race", () => {
  test("both list, then both create: one comment stays", async () => {
    const host = await startGitHub();
    const [first, second] = await Promise.all([keep(host), keep(host)]);
    expect([first.result.kind, second.result.kind]).toEqual(["written", "written"]);
    expect(host.comments.map(({ body }) => body)).toEqual([BODY]);
  });

  test("a comment that appears while ours is created gets our text", async () => {
    const host = await startGitHub();
    host.faults.push({
      on: POST,
      answer: (reply, carryOut) => {
        host.comments.push(old(50));
        carryOut();
        reply(201, host.comments.at(-1));
      },
    });
    expect((await keep(host)).result).toEqual({ kind: "written", id: 50 });
    expect(host.comments).toEqual([stored(50, BODY)]);
  });

  test("an older run that ends last finds another head", async () => {
    const host = await startGitHub([old(5)]);
    host.head = "d".repeat(40);
    const { result } = await keep(host);
    expect(result).toEqual({ kind: "skipped", note: expect.stringContaining("newer head") });
    expect(writes(host)).toEqual([]);
  });

  test("older evidence about the same head never overwrites newer", async () => {
    const newer = stampedBody(`${MARKER}\n## Ready\n`, MARKER, { asOf: LATER, head: HEAD });
    const host = await startGitHub([stored(5, newer)]);
    const { result } = await keep(host, { asOf: EARLIER });
    expect(result).toEqual({ kind: "skipped", note: expect.stringContaining("newer evidence") });
    expect(host.comments).toEqual([stored(5, newer)]);
  });

  test("a date in the future silences nobody", async () => {
    const planted = stampedBody(`${MARKER}\n## Ready\n`, MARKER, { asOf: "9999-01-01T00:00:00Z", head: HEAD });
    const host = await startGitHub([stored(5, planted)]);
    expect((await keep(host)).result).toEqual({ kind: "written", id: 5 });
  });
});

const broken: Fault["answer"] = (_, carryOut, response) => {
  carryOut();
  response.destroy();
};
const status =
  (code: number, headers: object = {}, message = "no"): Fault["answer"] =>
  (reply) =>
    reply(code, { message }, headers);

describe("faults", () => {
  test.each<[string, Fault, RegExp]>([
    ["401", { on: LIST, times: 9, answer: status(401) }, /refused the token/],
    [
      "403 by integration",
      { on: POST, times: 9, answer: status(403, {}, "Resource not accessible by integration") },
      /pull-requests: write/,
    ],
    ["404 on list", { on: LIST, times: 9, answer: status(404) }, /cannot see/],
    ["409", { on: POST, times: 9, answer: status(409) }, /locked/],
    ["423", { on: POST, times: 9, answer: status(423) }, /locked/],
    ["301", { on: LIST, times: 9, answer: status(301, { location: "http://127.0.0.1:1/x" }) }, /another place/],
    ["307", { on: POST, times: 9, answer: status(307, { location: "/x" }) }, /another place/],
    ["primary limit", { on: LIST, times: 9, answer: status(403, { "x-ratelimit-remaining": "0" }) }, /rate limit/],
    ["retry-after 3600", { on: LIST, times: 9, answer: status(429, { "retry-after": "3600" }) }, /rate limit/],
    ["no JSON", { on: LIST, times: 9, answer: (reply) => reply(200, "<html>") }, /no usable answer/],
    ["an object for a list", { on: LIST, times: 9, answer: (reply) => reply(200, {}) }, /no usable answer/],
    ["20 MB", { on: LIST, times: 9, answer: (reply) => reply(200, `[${" ".repeat(20_000_000)}]`) }, /no usable answer/],
    [
      "Link to another host",
      { on: LIST, times: 9, answer: (reply) => reply(200, [], { link: '<http://evil.example/?page=2>; rel="next"' }) },
      /another place/,
    ],
  ])("%s: skipped at once, with one note", async (_, fault, note) => {
    const host = await startGitHub();
    host.faults.push(fault);
    const { result, waits } = await keep(host);
    expect(result).toEqual({ kind: "skipped", note: expect.stringMatching(note) });
    expect(result.note).not.toMatch(/ghs_|secret/);
    expect(waits).toEqual([]);
    expect(host.requests.filter((line) => line.startsWith(fault.on))).toHaveLength(1);
    expect(host.comments).toEqual([]);
  });

  test("a fork's missing permission is told as what it is", async () => {
    const host = await startGitHub();
    host.faults.push({ on: POST, answer: status(403, {}, "Resource not accessible by integration") });
    const { result } = await keep(host, { pullRequest: { ...ORDER.pullRequest, from: "fork" } });
    expect(result.note).toMatch(/fork cannot have `pull-requests: write`/);
  });

  test.each([404, 410])("%d on update: deleted meanwhile, so one is created", async (code) => {
    const host = await startGitHub([old(5)]);
    host.faults.push({
      on: PATCH,
      answer: (reply) => {
        host.comments.length = 0;
        reply(code, {});
      },
    });
    expect((await keep(host)).result).toEqual({ kind: "written", id: 101 });
    expect(host.comments).toHaveLength(1);
  });

  test("422: the short text once, then nothing", async () => {
    const host = await startGitHub();
    host.faults.push({ on: POST, answer: status(422) });
    expect((await keep(host)).result).toEqual({ kind: "written", id: 101 });
    expect(host.comments[0]?.body).toContain("## Blocked");
    expect(host.comments[0]?.body).not.toContain("mail stops");

    const refusing = await startGitHub();
    refusing.faults.push({ on: POST, times: 9, answer: status(422) });
    expect((await keep(refusing)).result.kind).toBe("skipped");
    expect(writes(refusing)).toHaveLength(2);
  });

  test.each<[string, Fault["answer"]]>([
    ["a broken connection", broken],
    ["502 with HTML", (reply, carryOut) => (carryOut(), reply(502, "<html>", { "content-type": "text/html" }))],
    ["503", (reply, carryOut) => (carryOut(), reply(503))],
  ])("%s after the comment was created: no second one", async (_, answer) => {
    const host = await startGitHub();
    host.faults.push({ on: POST, answer });
    expect((await keep(host)).result).toEqual({ kind: "written", id: 101 });
    expect(host.comments).toHaveLength(1);
    expect(writes(host)).toEqual([POST]);
  });

  test("500 before the comment was created: looked, then tried again", async () => {
    const host = await startGitHub();
    host.faults.push({ on: POST, answer: status(500) });
    expect((await keep(host)).result).toEqual({ kind: "written", id: 101 });
    expect(host.requests.filter((line) => line.startsWith(LIST)).length).toBeGreaterThanOrEqual(2);
  });

  test("500 for ever: at most three further attempts", async () => {
    const host = await startGitHub();
    host.faults.push({ on: POST, times: 99, answer: status(500) });
    const { result, waits } = await keep(host);
    expect(result.kind).toBe("skipped");
    expect(writes(host)).toHaveLength(4);
    expect(waits).toHaveLength(3);
  });

  test("a Link that always names a next page ends after 30, and adds nothing", async () => {
    const host = await startGitHub();
    const link = `<${host.url}/x>; rel="next"`;
    const page = [stored(1, "talk", { login: "someone", type: "User" })];
    host.faults.push({ on: LIST, times: 99, answer: (reply) => reply(200, page, { link }) });
    expect((await keep(host)).result).toEqual({ kind: "skipped", note: expect.stringContaining("3,000") });
    expect(host.requests).toHaveLength(30);
  });

  test("hostile entries in the list are passed over", async () => {
    const host = await startGitHub([old(5)]);
    const entries = [
      null,
      5,
      "x",
      [],
      { id: "5" },
      { id: 5, body: null, user: BOT },
      { id: 1, body: MARKER, user: {} },
      old(5),
    ];
    host.faults.push({ on: LIST, answer: (reply) => reply(200, entries) });
    expect((await keep(host)).result).toEqual({ kind: "written", id: 5 });
  });
});
