import { fenced, markdown } from "../report/inert.ts";
import type { Question } from "../run/change.ts";
import { gatherChange } from "../run/gathering.ts";
import { told } from "../run/told.ts";
import { writeSummary } from "./deliver.ts";
import { writeOutputs } from "./output-file.ts";
import type { Stage } from "./run.ts";

/**
 * `mode: observe`: gathers, and judges nothing. So the verdict stays `unknown`, and the step passes all the same.
 * @returns the exit status
 */
export async function observeRun(question: Question, stage: Stage): Promise<0> {
  const { domains, observations, vantage, notes } = await gatherChange(question);
  const { port25, resolver } = vantage;
  const seen = `${observations} observations about ${domains} domains are in ${question.options.evidenceFile ?? ""}`;
  const lines = [`${seen} (port 25: ${port25}, resolver: ${resolver}). Nothing was judged.`, ...notes];
  for (const line of lines) stage.print(told("notice", line));
  writeSummary(stage, `${markdown`## Evidence gathered, nothing judged\n\n${fenced(lines.join("\n"))}`}\n`);
  // Last: a step that reads the path must find the file.
  writeOutputs(stage.env, { verdict: "unknown", domains, "evidence-file": question.options.evidenceFile ?? "" });
  return 0;
}
