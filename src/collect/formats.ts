import type { Format } from "./format.ts";
import { zonefile } from "./formats/zonefile.ts";

/** Every notation of DNS as code that this version reads, in the order in which they are asked. */
export const FORMATS: readonly Format[] = [zonefile];
