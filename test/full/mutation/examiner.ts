// A process that holds one vitest open and runs tests in it, over and over, with one source replaced in memory. No file is written.
// It is a process of its own since a mutant may never end.
import { resolve } from "node:path";
import { BaseSequencer, createVitest, type TestSpecification } from "vitest/node";

export interface Question {
  readonly source: string;
  /** What stands in for the source. */
  readonly text: string;
  readonly tests: readonly string[];
}

/** `failed`: the first test that noticed. */
export type Answer = { readonly kind: "passed" } | { readonly kind: "failed"; readonly test: string };

/** Tests in the order they were asked for: the one that is most likely to notice comes first. */
class AsAsked extends BaseSequencer {
  override sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    return Promise.resolve(files);
  }
}

const stand = { path: "", text: "" };
const vitest = await createVitest(
  {
    config: false,
    watch: false,
    // One thread with one set of modules for all files of a run: the tests that are run here replace none and keep no state.
    pool: "threads",
    maxWorkers: 1,
    isolate: false,
    bail: 1,
    cache: false,
    fsModuleCache: false,
    reporters: [{}],
    sequence: { sequencer: AsAsked },
    setupFiles: [resolve(import.meta.dirname, "same-seed.ts")],
    include: ["test/**/*.test.ts"],
    testTimeout: 20_000,
    disableConsoleIntercept: true,
  },
  {
    plugins: [
      { name: "mutant", enforce: "pre", load: (id: string) => (id.split("?")[0] === stand.path ? stand.text : null) },
    ],
  },
);
await vitest.standalone();

async function answer({ source, text, tests }: Question): Promise<Answer> {
  if (stand.path !== "") vitest.invalidateFile(stand.path);
  Object.assign(stand, { path: resolve(source), text });
  vitest.invalidateFile(stand.path);
  // What earlier runs found would be counted again.
  vitest.state.clearFiles(vitest.getRootProject(), [...vitest.state.filesMap.keys()]);
  const specifications = tests.map((path) => vitest.getRootProject().createSpecification(resolve(path)));
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications, false);
  for (const module of testModules) {
    const [failed] = module.children.allTests("failed");
    if (failed || module.state() === "failed")
      return { kind: "failed", test: `${module.relativeModuleId}${failed ? ` > ${failed.fullName}` : ""}` };
  }
  if (unhandledErrors.length > 0) return { kind: "failed", test: "an error outside any test" };
  if (testModules.length !== tests.length || testModules.some((module) => module.state() !== "passed"))
    throw new Error(
      `not every test of ${source} was run: ${testModules.map((module) => `${module.relativeModuleId} ${module.state()}`).join(", ")}`,
    );
  return { kind: "passed" };
}

process.on("message", (question: Question) => {
  void answer(question).then(
    (said) => process.send?.(said),
    (error: unknown) => {
      console.error(error);
      process.exit(1);
    },
  );
});
process.on("disconnect", () => process.exit(0));
process.send?.({ kind: "passed" } satisfies Answer);
