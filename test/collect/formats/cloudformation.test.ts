import { join } from "node:path";
import { describe, test } from "vitest";
import { cloudformation } from "../../../src/collect/formats/cloudformation.ts";
import { expectSample, filesOf, readAll, samplesOf } from "./corpus.ts";
const corpus = process.env["CORPUS"];
describe.runIf(corpus)("corpus", () => {
  const folder = join(corpus ?? "", "dns", "cloudformation-route53");
  // 006 is a listing, which is another format's.
  for (const sample of corpus ? samplesOf(folder) : [])
    test.skipIf(sample.id === "006")(sample.id, async () => {
      const readings = await readAll(cloudformation, filesOf(folder, sample));
      expectSample(readings, sample);
    });
});
