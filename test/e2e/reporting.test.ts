// Reporting degrades, the verdict does not: what GitHub's API does to a run of the bundle.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { API_FAULTS } from "../../src/demo/api-faults.ts";
import type { ApiFault } from "../../src/demo/github-api.ts";
import type { FakeReviewComment } from "../../src/demo/github-reviews.ts";
import { type Change, failures, files, type Judged, policy, type Stage, zone } from "./stage.ts";
import { openStages, type Stages } from "./stages.ts";

let stages: Stages;
beforeAll(async () => void (stages = await openStages(5)));
afterAll(() => stages.close());

const TESTING = policy("testing", 86_400, "mx1", "mx2");
const ENFORCE = policy("enforce", 86_400, "mx1", "mx2");
const LIVE = { policy: TESTING, id: "A", mx: { mx1: "good", mx2: "good" } } as const;
/** Two errors, on two files. */
const BLOCKED: Change = {
  base: files(TESTING, "A"),
  head: files(ENFORCE, "A"),
  deployed: { ...LIVE, mx: { mx1: "good", mx2: "expired" } },
};
const READY: Change = {
  base: files(TESTING, "A"),
  head: files(policy("testing", 604_800, "mx1", "mx2"), "B"),
  deployed: LIVE,
};
const ERRORS = [
  "record-id-unchanged: error zones/example.com.zone:7",
  "mx-refused: error mta-sts.example.com/.well-known/mta-sts.txt:4",
];
const MARKER = "<!-- mta-sts-gate:default -->";

const told = ({ stdout, stderr }: Judged): string => `${stdout}${stderr}`;
const noticesOf = ({ commands }: Judged) => commands.filter(({ name }) => name === "notice").map(({ data }) => data);
const inputs = (change: Change, given: Readonly<Record<string, string>>): Change => ({ ...change, inputs: given });
const writes = ({ api }: Stage, since = 0) => api.requests.slice(since).filter(({ method }) => method !== "GET");

/** Everything that needs no permission, whole. */
function expectWhole(judged: Judged): void {
  expect([judged.status, judged.outputs["verdict"], judged.report?.verdict], told(judged)).toEqual([
    1,
    "blocked",
    "blocked",
  ]);
  expect(failures(judged).filter((failure) => failure.includes(": error "))).toEqual(ERRORS);
  const annotated = judged.commands.filter(({ name }) => name === "error");
  expect(
    annotated.map(({ properties }) => `${properties["title"]}: error ${properties["file"]}:${properties["line"]}`),
  ).toEqual(ERRORS);
  for (const said of [
    "⛔ Blocked",
    "record-id-unchanged",
    "certificate-expired",
    "Every rule and its outcome",
    "<sub>mode gate",
  ])
    expect(judged.summary).toContain(said);
  expect(judged.stderr).toBe("");
}

type Fault = readonly [string, ApiFault | undefined, Partial<Change>, RegExp];
const FAULTS: readonly Fault[] = [
  [
    "a fork, whose token can only read",
    API_FAULTS["read-only"],
    { event: "fork" },
    /fork cannot have `pull-requests: write`/,
  ],
  ["a workflow without the permission", API_FAULTS["read-only"], {}, /`permissions: pull-requests: write`/],
  ["a token that may not even read", API_FAULTS.forbidden, {}, /`permissions: pull-requests: write`/],
  ["no token", undefined, { inputs: { "github-token": "" } }, /no `github-token`/],
  ["a bad token", API_FAULTS.unauthorised, {}, /refused the token/],
  ["404", API_FAULTS["not-found"], {}, /cannot see the pull request/],
  ["422", API_FAULTS.unprocessable, {}, /refused the text/],
  ["a rate limit that passes too late", API_FAULTS["rate-limited"], {}, /rate limit/],
  ["a rate limit of an hour", API_FAULTS["rate-limited-long"], {}, /rate limit/],
  ["502 throughout", API_FAULTS["server-error"], {}, /did not answer/],
  ["half of a JSON", API_FAULTS["truncated-json"], {}, /no usable answer/],
  ["an API that never answers", API_FAULTS.slow, { inputs: { timeout: "2s" } }, /time for GitHub's API was up/],
  [
    "a redirect to another host",
    () => ({ status: 307, headers: { location: "http://198.51.100.99/" }, body: "" }),
    {},
    /another place, which is not followed/,
  ],
  [
    "pages that lead to another host",
    ({ method }) =>
      method === "GET"
        ? { status: 200, body: "[]", headers: { link: '<http://198.51.100.99/?page=2>; rel="next"' } }
        : undefined,
    {},
    /not followed/,
  ],
];

describe("annotations, summary, verdict and status are whole, and one notice says why there is no comment", () => {
  test.concurrent.each(FAULTS)("%s", async (_, fault, more, says) => {
    await stages.use(async (stage) => {
      stage.api.fault = fault ?? (() => undefined);
      const judged = await stage.judge({ ...BLOCKED, ...more });
      expectWhole(judged);
      const notices = noticesOf(judged);
      expect(notices, told(judged)).toHaveLength(1);
      expect(notices[0]).toMatch(says);
      expect(judged.summary.replace(/<[^>]*>|&#\d+;/g, "")).toMatch(/comment was written/);
      expect([judged.comments, judged.outputs["comment-id"]]).toEqual([[], ""]);
      expect(told(judged) + judged.summary).not.toMatch(/ghs_test|Bad credentials|Bad Gateway/);
      // What is left of the time when the verdict stands, or five seconds.
      expect(judged.elapsed).toBeLessThan(12_000);
    });
  });

  test.concurrent("a ready change stays ready without permission", async () => {
    await stages.use(async (stage) => {
      stage.api.fault = API_FAULTS["read-only"];
      const judged = await stage.judge({ ...READY, event: "fork" });
      expect([judged.status, judged.outputs["verdict"]], told(judged)).toEqual([0, "ready"]);
      expect(noticesOf(judged)).toHaveLength(1);
    });
  });

  test.concurrent("nothing touches mail and nothing may be written: not a word", async () => {
    await stages.use(async (stage) => {
      stage.api.fault = API_FAULTS["read-only"];
      const quiet = { base: files(TESTING, "A"), head: { "README.md": "y" }, deployed: LIVE };
      const judged = await stage.judge({ ...quiet, event: "fork" });
      expect([judged.status, judged.outputs["verdict"], noticesOf(judged)]).toEqual([0, "ready", []]);
    });
  });
});

describe("faults that pass", () => {
  /** The first `count` requests that match fail. */
  const first = (count: number, fault: ApiFault): ApiFault => {
    let left = count;
    return (request) => {
      const said = left > 0 ? fault(request) : undefined;
      if (said) left -= 1;
      return said;
    };
  };
  test.concurrent.each<[string, ApiFault]>([
    ["one 502", first(1, API_FAULTS["server-error"])],
    ["one 429 with retry-after", first(1, API_FAULTS["rate-limited"])],
    [
      "a POST that fails once",
      first(1, (request) => (request.method === "POST" ? API_FAULTS["server-error"]() : undefined)),
    ],
    ["a report that GitHub refuses, and a short one that it takes", first(1, API_FAULTS.unprocessable)],
  ])("%s: the comment is there all the same, once", async (_, fault) => {
    await stages.use(async (stage) => {
      stage.api.fault = fault;
      const judged = await stage.judge(BLOCKED);
      expectWhole(judged);
      expect(judged.comments).toHaveLength(1);
      expect(judged.comments[0]).toMatch(/Blocked|Verdict: blocked/);
      expect(judged.outputs["comment-id"]).toMatch(/^\d+$/);
      expect(noticesOf(judged)).toEqual([]);
      expect(judged.report).toMatchObject({
        contacts: expect.arrayContaining([expect.objectContaining({ purpose: "api" })]),
      });
    });
  });
});

describe("the comment", () => {
  test.concurrent("is one, edited in place over three pushes, and green at the end", async () => {
    await stages.use(async (stage) => {
      const [good, bad, repaired] = [await stage.judge(READY), await stage.judge(BLOCKED), await stage.judge(READY)];
      const [first] = good.comments;
      expect(first?.split("\n")[0]).toBe(MARKER);
      expect(first).toContain("✅ Ready");
      expect(bad.comments).toEqual([expect.stringContaining("⛔ Blocked")]);
      expect(repaired.comments).toEqual([expect.stringContaining("✅ Ready")]);
      const ids = [good, bad, repaired].map(({ outputs }) => outputs["comment-id"]);
      expect(new Set(ids).size).toBe(1);
      expect(
        writes(stage)
          .slice(-3)
          .map(({ method }) => method),
      ).toEqual(["POST", "PATCH", "PATCH"]);
    });
  });

  test.concurrent.each<[string, string]>([
    ["another author", "mallory"],
    ["a user who calls himself the bot", "github-actions[bot]"],
  ])("that %s planted is neither edited nor believed", async (_, login) => {
    await stages.use(async (stage) => {
      const planted = stage.api.plant(login, `${MARKER}\n## ✅ Ready: all is well`);
      const judged = await stage.judge(BLOCKED);
      expectWhole(judged);
      expect(planted.body).toBe(`${MARKER}\n## ✅ Ready: all is well`);
      expect(judged.comments).toHaveLength(2);
      expect(judged.outputs["comment-id"]).not.toBe(String(planted.id));
      expect(stage.api.comments.find(({ id }) => String(id) === judged.outputs["comment-id"])?.user.type).toBe("Bot");
    });
  });

  test.concurrent("never: nobody is asked, and nothing is missed", async () => {
    await stages.use(async (stage) => {
      const before = stage.api.requests.length;
      const judged = await stage.judge(inputs(BLOCKED, { comment: "never" }));
      expectWhole(judged);
      expect([stage.api.requests.length - before, noticesOf(judged)]).toEqual([0, []]);
    });
  });

  test.concurrent("auto is silent where nothing touches mail; always is not", async () => {
    await stages.use(async (stage) => {
      const quiet: Change = { base: files(TESTING, "A"), head: { "README.md": "y" }, deployed: LIVE };
      const silent = await stage.judge(quiet);
      expect([silent.status, silent.comments]).toEqual([0, []]);
      const spoken = await stage.judge(inputs(quiet, { comment: "always" }));
      expect([spoken.status, spoken.comments]).toEqual([0, [expect.stringContaining("✅ Ready")]]);
      // One that is there turns green, also where nothing touches mail any more.
      stage.api.comments.length = 0;
      await stage.judge(BLOCKED);
      expect((await stage.judge(quiet)).comments).toEqual([expect.stringContaining("✅ Ready")]);
    });
  });

  test.concurrent("of another label is another comment", async () => {
    await stages.use(async (stage) => {
      await stage.judge(BLOCKED);
      const judged = await stage.judge(inputs(READY, { label: "dns" }));
      expect(judged.comments.map((body) => body.split("\n")[0])).toEqual([MARKER, "<!-- mta-sts-gate:dns -->"]);
      expect(judged.comments[0]).toContain("⛔ Blocked");
    });
  });

  test.concurrent("is not written for a head that is gone", async () => {
    await stages.use(async (stage) => {
      stage.api.fault = ({ path }) =>
        /\/pulls\/1$/.test(path) ? { status: 200, body: JSON.stringify({ head: { sha: "f".repeat(40) } }) } : undefined;
      const judged = await stage.judge(BLOCKED);
      expectWhole(judged);
      expect([judged.comments, noticesOf(judged)]).toEqual([[], [expect.stringContaining("newer head")]]);
    });
  });

  test.concurrent("is for pull requests only", async () => {
    await stages.use(async (stage) => {
      const judged = await stage.judge({ ...inputs(BLOCKED, { mode: "gate" }), event: "push" });
      expectWhole(judged);
      expect([judged.comments, noticesOf(judged)]).toEqual([[], []]);
    });
  });
});

describe("suggestions", () => {
  const asked = { suggest: "true" } as const;
  const ZONE = "zones/example.com.zone";
  /** The policy changes, the id does not, and its line lies in the diff because the MX above it change. */
  const STALE: Change = {
    ...BLOCKED,
    head: {
      ...files(ENFORCE, "A"),
      [ZONE]: zone("A", "mx1", "mx2").replace("$TTL 3600", "$TTL 7200").replace("@ IN NS", "@ 60 IN NS"),
    },
    deployed: LIVE,
  };
  const reviewsOf = ({ api }: Stage) => api.reviewComments.map(({ path, line, body }) => ({ path, line, body }));

  test.concurrent("the id on a line of the diff: once over two runs, gone when fixed; a planted one stays", async () => {
    await stages.use(async (stage) => {
      const judged = await stage.judge(inputs(STALE, asked));
      expect([judged.status, noticesOf(judged)], told(judged)).toEqual([1, []]);
      expect(reviewsOf(stage)).toEqual([
        {
          path: ZONE,
          line: 7,
          body: expect.stringMatching(
            /^<!-- mta-sts-gate:default:suggestion record-id-unchanged [0-9a-f]{32} -->\n[^\n]+\n\n```suggestion\n_mta-sts IN TXT "v=STSv1; id=[0-9TZ]{16}"\n```\n$/,
          ),
        },
      ]);
      const [first] = stage.api.reviewComments;
      await stage.judge(inputs(STALE, asked));
      expect(stage.api.reviewComments.map(({ id }) => id)).toEqual([first?.id]);
      const planted = {
        ...(first as FakeReviewComment),
        id: 5,
        user: { login: "mallory", type: "User", id: 7 } as const,
      };
      stage.api.reviewComments.push(planted);
      const fixed = await stage.judge(
        inputs({ ...STALE, head: { ...STALE.head, [ZONE]: zone("B", "mx1", "mx2") } }, asked),
      );
      expect([stage.api.reviewComments, noticesOf(fixed)]).toEqual([[planted], []]);
    });
  });

  test.concurrent("a line that is not in the diff, and a run that does not ask: none", async () => {
    await stages.use(async (stage) => {
      const before = stage.api.requests.length;
      expectWhole(await stage.judge(inputs(BLOCKED, asked)));
      await stage.judge(STALE);
      expect(reviewsOf(stage)).toEqual([]);
      expect(stage.api.requests.slice(before).filter(({ path }) => path.includes("/files"))).toHaveLength(1);
    });
  });

  test.concurrent("a fork: nobody is asked, and one notice speaks for comment and suggestions", async () => {
    await stages.use(async (stage) => {
      stage.api.fault = API_FAULTS["read-only"];
      const before = stage.api.requests.length;
      const judged = await stage.judge({ ...inputs(STALE, asked), event: "fork" });
      expect([judged.status, noticesOf(judged).length], told(judged)).toEqual([1, 1]);
      expect(stage.api.requests.slice(before).filter(({ path }) => path.includes("/pulls/1/"))).toEqual([]);
    });
  });

  test.concurrent("without the permission: one notice for the suggestions, the verdict as it was", async () => {
    await stages.use(async (stage) => {
      stage.api.fault = API_FAULTS["read-only"];
      const judged = await stage.judge(inputs(STALE, { ...asked, comment: "never" }));
      expect([judged.status, judged.outputs["verdict"]], told(judged)).toEqual([1, "blocked"]);
      expect(noticesOf(judged)).toEqual([
        expect.stringMatching(/^Suggestions are missing .*`permissions: pull-requests: write`/),
      ]);
      expect(reviewsOf(stage)).toEqual([]);
    });
  });
});
