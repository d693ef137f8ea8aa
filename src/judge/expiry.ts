import type { Certificate } from "../protocol/certificate.ts";
import type { Inspection } from "./inspection.ts";

const DAY = 86_400_000; // milliseconds

/** Under a third of its lifetime left and no more than the configured days (SPEC §5): automatic renewal should have come by then. */
export function isExpiring({ notBefore, notAfter }: Certificate, { asOf, settings }: Inspection): boolean {
  const left = Date.parse(notAfter) - Date.parse(asOf);
  const lifetime = Date.parse(notAfter) - Date.parse(notBefore);
  return left < lifetime / 3 && left <= settings.certificateExpiryDays * DAY;
}
