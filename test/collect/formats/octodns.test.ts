import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { octodns } from "../../../src/collect/formats/octodns.ts";
import { readAll, type Sample, samplesOf, valuesAt } from "./corpus.ts";

const corpus = process.env["CORPUS"];
describe.runIf(corpus)("corpus", () => {
  const folder = join(corpus ?? "", "dns", "octodns");
  for (const sample of corpus ? samplesOf(folder) : [])
    describe.each([
      ["zone files", (path: string) => !/(config|octodns)\.yaml$/.test(path)],
      ["the config", (path: string) => /(config|octodns)\.yaml$/.test(path)],
      ["everything", () => true],
    ])(`${sample.id}: %s`, (_, named) => {
      test("extracts what is expected", async () => {
        const files = Object.fromEntries(sample.files.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
        const readings = await readAll(octodns, files, named);
        expect(readings.flatMap(({ defects }) => defects)).toEqual([]);
        for (const wanted of sample.expect) {
          const at = (owner: string, type: string) => valuesAt(readings, owner, type);
          expect(at(wanted.domain, "MX")).toEqual(
            wanted.mx.map(({ preference, exchange }) => `${preference} ${exchange}`).toSorted(),
          );
          expect(at(`_mta-sts.${wanted.domain}`, "TXT")).toEqual(wanted.mta_sts_txt);
          expect(at(`_smtp._tls.${wanted.domain}`, "TXT")).toEqual(wanted.tlsrpt);
          expect(readings.flatMap(({ zones }) => zones)).toContainEqual({ name: wanted.zone, whole: true });
        }
      });
    });
});
