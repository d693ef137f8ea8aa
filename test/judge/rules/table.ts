import { describe, expect, test } from "vitest";
import { findingsOf, judgeScene, outcomeOf, type Scene, wordOf } from "../scene.ts";

/** What is judged, the scene, the outcome in a word (see wordOf), and the line of the first finding where one is in a file. */
export type Row = readonly [title: string, scene: Scene, word: string, line?: number];

// ASCII on one line, with one full stop at its end.
const ONE_SENTENCE = /^(?!.*[.!?] +(?!IN TXT)[A-Z])[A-Z_a-z][\x20-\x7e]*[^.]\.$/;

/** One test a row. A finding that was there before the change says so, and no message spans lines. */
export function judgesAs(rule: string, rows: readonly Row[]): void {
  describe(rule, () => {
    test.each(rows.map((row) => [row[0], row] as const))("%s", (_, [, scene, word, line]) => {
      const judged = judgeScene(scene);
      expect(wordOf(outcomeOf(judged, rule)), JSON.stringify(outcomeOf(judged, rule))).toBe(word);
      const findings = findingsOf(judged, rule);
      const location = findings[0]?.location;
      expect(location?.kind === "file" ? location.span.startLine : undefined).toBe(line);
      const outcome = outcomeOf(judged, rule);
      const missing = outcome.kind === "unknown" ? outcome.missing : [];
      for (const { message } of [...findings, ...missing]) expect(message).toMatch(ONE_SENTENCE);
    });
  });
}
