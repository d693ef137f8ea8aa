import { EVIDENCE_VERSION, type EvidenceLine } from "../evidence-line.ts";
import type { Vantage } from "../verdict.ts";
import { recordingNetwork } from "../world/recording.ts";
import type { Network } from "../world.ts";
import { LONGEST_LINE } from "./line-stream.ts";
import { openReportFile } from "./report-file.ts";
import { VERSION } from "./version.ts";

/** The file of the input `evidence-file`, written as the run goes; it appears whole, or not at all. */
export interface EvidenceLog {
  /** The same network, whose answers are written down. */
  readonly over: (network: Network) => Network;
  /** Ends the file. @throws OptionError where it could not be written. */
  readonly finish: (vantage: Vantage) => void;
  /** Lines between header and end so far. */
  readonly observations: () => number;
  /** Leaves nothing behind of a file that was not finished. */
  readonly discard: () => void;
}

export interface EvidenceTarget {
  readonly workspace: string;
  readonly path: string;
  /** Hex id of what is checked out; `null` where nothing is. */
  readonly commit: string | null;
  /** ISO 8601. */
  readonly now: () => string;
}

/** @throws OptionError for a path that cannot be written, as for the report file. */
export function openEvidenceLog({ workspace, path, commit, now }: EvidenceTarget): EvidenceLog {
  const file = openReportFile(workspace, path, "evidence-file");
  let [observations, ended] = [0, false];
  const put = (line: EvidenceLine): boolean => {
    const text = JSON.stringify(line);
    // Nobody could read a longer one. What is left out counts as not seen. And an answer may come after the end.
    if (ended || Buffer.byteLength(text) > LONGEST_LINE) return false;
    file.write(`${text}\n`);
    return true;
  };
  put({ version: EVIDENCE_VERSION, kind: "header", at: now(), tool: `mta-sts-gate ${VERSION}`, commit });
  return {
    over: (network) => recordingNetwork(network, (line) => void (put(line) && (observations += 1)), now),
    observations: () => observations,
    finish: (vantage) => {
      put({ version: EVIDENCE_VERSION, kind: "end", at: now(), observations, vantage });
      ended = true;
      file.finish();
    },
    discard: () => {
      ended = true;
      file.discard();
    },
  };
}
