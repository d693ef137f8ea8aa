import { join } from "node:path";
import { describe, test } from "vitest";
import { externalDns } from "../../../src/collect/formats/external-dns.ts";
import { expectSample, filesOf, readAll, samplesOf } from "./corpus.ts";
const corpus = process.env["CORPUS"];
describe.runIf(corpus)("corpus", () => {
  const folder = join(corpus ?? "", "dns", "external-dns");
  for (const sample of corpus ? samplesOf(folder) : [])
    test(sample.id, async () => {
      const readings = await readAll(externalDns, filesOf(folder, sample));
      expectSample(readings, sample);
    });
});
