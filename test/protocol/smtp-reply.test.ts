import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { capabilitiesOf, createReplyReader, offersStarttls, type ReplyEvent } from "../../src/protocol/smtp-reply.ts";

const octets = (text: string) => Buffer.from(text, "latin1");
const read = (text: string) => createReplyReader().push(octets(text));
const violationOf = (event: ReplyEvent | undefined) => (event?.kind === "violation" ? event.violation : event?.kind);

describe("RFC 5321 §4.2", () => {
  test.for([
    ["220 mx ESMTP\r\n", 220, ["mx ESMTP"]],
    ["220\r\n", 220, [""]],
    ["250-mx\r\n250-SIZE 1\r\n250 STARTTLS\r\n", 250, ["mx", "SIZE 1", "STARTTLS"]],
    ["250-\r\n250\r\n", 250, ["", ""]],
    ["571 5.7.1 no\r\n", 571, ["5.7.1 no"]],
  ] as const)("%j", ([text, code, lines]) => {
    expect(read(text)).toEqual({ kind: "reply", reply: { code, lines }, surplus: false });
  });

  test.for([
    ["220 mx\n", "bare-line-feed"],
    ["220 m\rx\r\n", "bare-carriage-return"],
    ["99 hello\r\n", "reply-code"],
    ["25O mx\r\n", "reply-code"],
    ["620 mx\r\n", "reply-code"],
    ["120 mx\r\n", "reply-code"],
    ["2200 mx\r\n", "reply-code"],
    ["220mx\r\n", "reply-code"],
    ["\r\n", "reply-code"],
    ["HTTP/1.1 400 Bad Request\r\n", "reply-code"],
    ["250-mx\r\n220 x\r\n", "mixed-codes"],
    [`220 ${"x".repeat(996)}`, "line-too-long"],
    ["250-x\r\n".repeat(101), "too-many-lines"],
  ] as const)("%j: %s", ([text, violation]) => expect(violationOf(read(text))).toBe(violation));

  test("a line over 512 octets is read, a hundred lines are too", () => {
    expect(read(`220 ${"x".repeat(994)}\r\n`)?.kind).toBe("reply");
    expect(read(`${"250-x\r\n".repeat(99)}250 x\r\n`)?.kind).toBe("reply");
  });

  test("an unfinished reply is none", () => {
    for (const text of ["", "2", "220 mx", "220 mx\r", "250-mx\r\n", "250-mx\r\n250 x\r"])
      expect(read(text)).toBeUndefined();
  });
});

describe("RFC 3207 §6, octets nobody asked for", () => {
  test.for(["220 go\r\n250 evil\r\n", "220 go\r\n2", "220 go\r\n\0"])("%j", (text) => {
    expect(read(text)).toEqual({ kind: "reply", reply: { code: 220, lines: ["go"] }, surplus: true });
  });

  test("are thrown away: the next reply begins afresh", () => {
    const reader = createReplyReader();
    reader.push(octets("220 go\r\n250 ev"));
    expect(reader.push(octets("250 ok\r\n"))).toMatchObject({ reply: { lines: ["ok"] }, surplus: false });
  });
});

test("a reader that saw a violation stays with it", () => {
  const reader = createReplyReader();
  const first = reader.push(octets("nonsense\r\n"));
  expect(reader.push(octets("220 fine\r\n"))).toBe(first);
});

test("pieces of any size give the same reply, and anything goes without throwing", () => {
  const piece = fc.oneof(
    fc.constantFrom("220 a\r\n", "250-b\r\n", "250 c\r\n", "\r", "\n"),
    fc.string({ unit: "binary" }),
  );
  fc.assert(
    fc.property(fc.array(piece), (pieces) => {
      const bytes = octets(pieces.join(""));
      const whole = createReplyReader().push(bytes);
      const reader = createReplyReader();
      const events = Array.from(bytes, (octet) => reader.push(Uint8Array.of(octet)));
      const first = events.find((event) => event !== undefined);
      expect(first && { ...first, surplus: null }).toEqual(whole && { ...whole, surplus: null });
    }),
  );
});

describe("RFC 3207 §2, the STARTTLS keyword", () => {
  test.for([
    [["mx", "SIZE", "StartTLS"], true],
    [["mx", "STARTTLS "], true],
    [["STARTTLS", "SIZE"], false],
    [["mx", "STARTTLSX"], false],
    [["mx", "X-TLS STARTTLS"], false],
    [["mx", " STARTTLS"], false],
    [["mx"], false],
  ] as const)("%j: %s", ([lines, offered]) => expect(offersStarttls({ code: 250, lines })).toBe(offered));

  test("capabilities begin on the second line", () => {
    expect(capabilitiesOf({ code: 250, lines: ["mx hello", "SIZE 1", "8BITMIME"] })).toEqual(["SIZE 1", "8BITMIME"]);
  });
});
