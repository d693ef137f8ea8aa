// A mail provider is replaced under enforce, by the bundle: all at once it is blocked, step by step it passes as the clock moves forward.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { daysAgo, deployStand, filesOf, STEPS, type Step } from "../../src/demo/replacement.ts";
import { createRepository } from "../../src/demo/repository.ts";
import { openStage, type Report, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage.close());

interface Told {
  readonly verdict: string;
  readonly status: number | null;
  readonly report: Report | undefined;
  readonly comment: string;
}

async function judged({ main, proposed }: Step): Promise<Told> {
  const commits = main.map(([days, stand]) => ({ files: filesOf(stand), at: daysAgo(days) }));
  const base = commits.at(-1);
  const deployed = main.at(-1)?.[1];
  if (!base || !deployed) throw new Error("a step without a base");
  const head = filesOf(proposed);
  const repository = await createRepository({ past: commits.slice(0, -1), base: base.files, baseAt: base.at, head });
  try {
    const { outputs, status, report, comments } = await stage.judge({
      base: base.files,
      head,
      repository,
      arrange: (world) => deployStand(world, deployed),
    });
    return { verdict: outputs["verdict"] ?? "", status, report, comment: comments.at(-1) ?? "" };
  } finally {
    await repository.close();
  }
}

describe("a provider is replaced", () => {
  test.each(STEPS.map((step) => [step.title, step] as const))("%s", async (_, step) => {
    const { verdict, status, report } = await judged(step);
    expect(
      { verdict, status },
      JSON.stringify(report?.domains[0]?.rules.filter(({ outcome }) => outcome === "failed")),
    ).toEqual({
      verdict: step.verdict,
      status: step.verdict === "ready" ? 0 : 1,
    });
  });

  test("all at once: the comment tells how mail is lost, and from when it would not be", async () => {
    const [atOnce] = STEPS;
    if (!atOnce) throw new Error("no steps");
    const { comment, report } = await judged(atOnce);
    expect(comment).toContain("**How mail is lost**");
    expect(comment).toMatch(/refuses mx[.]new[.]example, and so it goes on until/);
    const safeAfter = (report as unknown as { domains: { safeAfter: string }[] }).domains[0]?.safeAfter ?? "";
    // The day that a deploy may take, and the hour that resolvers keep the id.
    const hours = (Date.parse(safeAfter) - Date.now()) / 3_600_000;
    expect(hours).toBeGreaterThan(24.9);
    expect(hours).toBeLessThan(25.1);
  });
});
