import { describe, expect, test } from "vitest";
import type { Case } from "../../../src/judge/inspection.ts";
import { changeTo } from "../../../src/judge/plan/change-to.ts";
import { editsOf } from "../../../src/judge/plan/edits.ts";
import { postureOf } from "../../../src/judge/plan/posture.ts";
import { withPolicy } from "../../../src/judge/plan/stage.ts";
import type { ProposedRecord, Said } from "../../../src/proposal.ts";
import { caseOf } from "../scene.ts";

const AT = Date.parse("2026-11-24T12:00:00Z");
const HERE = { policy: true, record: true, mx: true };
const side = { policy: "enforce 604800 mx1", id: "1", mx: ["mx1"] };

/** A world of which the record stands in a zone file, `before` and `after` its id. */
function world(id: string, [before, after]: readonly [string, string] = ['_mta-sts TXT "v=STSv1; id=', '"']): Case {
  const given = caseOf({ base: { ...side, id }, proposed: { ...side, id }, live: { policy: side.policy, id } });
  const column = before.length + 1;
  const span = { startLine: 5, startColumn: column, endLine: 5, endColumn: column + id.length };
  const idSource = { span, lines: `${before}${id}${after}` };
  const { base } = given.proposal;
  const records = base.stsRecords.kind === "said" ? base.stsRecords.value : [];
  const stsRecords: Said<readonly ProposedRecord[]> = {
    kind: "said",
    value: records.map((one) => ({ ...one, idSource })),
  };
  const revision = { ...base, stsRecords };
  return { ...given, proposal: { ...given.proposal, base: revision, proposed: revision } };
}

const testing = (given: Case) => withPolicy(postureOf(given), (policy) => ({ ...policy, mode: "testing" }));

describe("a new policy has a new id", () => {
  test.each(["1", "STSv1", "v", "id"])("in the place of %s, which may stand in the record twice", (id) => {
    const given = world(id);
    const { stsRecords } = changeTo(given, testing(given), AT).proposal.proposed;
    expect(stsRecords).toMatchObject({ value: [{ data: "v=STSv1; id=20261124T120000Z" }] });
  });

  test("as a patch of the line that says it, and again of the line that it has become", () => {
    const given = world("1");
    const first = changeTo(given, testing(given), AT);
    const patch = { path: "zones/example.com.zone", text: "20261124T120000Z", lines: '_mta-sts TXT "v=STSv1; id=1"' };
    expect(editsOf(first, HERE)[1]).toMatchObject({ kind: "patch", fix: patch });
    const { proposed } = first.proposal;
    const next = { ...first, proposal: { ...first.proposal, base: proposed } };
    const second = changeTo(
      next,
      withPolicy(postureOf(next), (policy) => ({ ...policy, mode: "none" })),
      AT + 1000,
    );
    const lines = '_mta-sts TXT "v=STSv1; id=20261124T120000Z"';
    const span = { startLine: 5, startColumn: 27, endLine: 5, endColumn: 43 };
    expect(editsOf(second, HERE)[1]).toMatchObject({ fix: { text: "20261124T120001Z", lines, span } });
  });
});

test("what stays is not touched", () => {
  const given = world("1");
  const { proposal } = changeTo(given, postureOf(given), AT);
  expect([proposal.touched, proposal.proposed]).toEqual([[], proposal.base]);
});
