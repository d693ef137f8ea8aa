import { inertLog, type LogText } from "../report/inert.ts";
import { workflowCommand } from "../report/workflow-command.ts";
import type { Level } from "../verdict.ts";

/** One annotation of our own, as a line. Text in it may come from outside. */
export function told(
  level: Level,
  message: string,
  location: Parameters<typeof workflowCommand>[0]["location"] = null,
): string {
  return toldText(level, inertLog(message), location);
}

/** The same for a text that is inert already and may have several lines. */
export function toldText(
  level: Level,
  message: LogText,
  location: Parameters<typeof workflowCommand>[0]["location"] = null,
): string {
  return `${workflowCommand({ level, title: "mta-sts-gate", message, location })}\n`;
}
