import { expect, test } from "vitest";
import { isTextPlain } from "../../src/protocol/media-type.ts";

test.for([
  ["text/plain", true],
  ["TEXT/Plain ; charset=UTF-8", true],
  ["text/plain;charset=iso-8859-1; x=y", true],
  ["text/plain+", false],
  ["text/plainly", false],
  ["text/html; text/plain", false],
  ["application/octet-stream", false],
  ["", false],
  [null, false],
] as const)("%s: %s", ([contentType, plain]) => expect(isTextPlain(contentType)).toBe(plain));
