import { annotations } from "./annotations.ts";
import { comment } from "./comment.ts";
import { jsonV1 } from "./json-v1.ts";
import type { Reporter } from "./reporter.ts";
import { sarif } from "./sarif.ts";
import { summary } from "./summary.ts";
import { text } from "./text.ts";

export const REPORTERS: readonly Reporter[] = [annotations, comment, summary, jsonV1, sarif, text];
