import { type Answer, decode } from "dns-packet";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { RecordType } from "../../src/world/dns-rdata.ts";
import { askable, encodeQuery, type Query } from "../../src/world/dns-query.ts";
import { decodeReply } from "../../src/world/dns-wire.ts";
import { answer, type Fields, soa } from "./scripted-resolver.ts";

const ASKED = { manner: "recursive", edns: true } as const;
const NAME = "_mta-sts.example.com";
const txt = (data: Answer["data"], name = NAME, ttl = 300): Answer => ({ type: "TXT", name, ttl, data });
const cname = (name: string, data: string, ttl = 300): Answer => ({ type: "CNAME", name, ttl, data });

/** What a message built from `fields` says to a TXT question for NAME. */
function read(fields: Fields) {
  const query = encodeQuery(NAME, "TXT", ASKED);
  return decodeReply(answer(query, fields), query);
}

describe("encodeQuery", () => {
  test("one question, recursion desired, EDNS with 1232 octets", () => {
    const { id, bytes } = encodeQuery(NAME, "TXT", ASKED);
    const { questions, additionals, flags, ...rest } = decode(bytes);
    expect(rest).toMatchObject({ id, type: "query", answers: [], authorities: [] });
    expect(questions).toEqual([{ name: NAME, type: "TXT", class: "IN" }]);
    expect(flags).toBe(0x100);
    expect(additionals).toMatchObject([{ type: "OPT", udpPayloadSize: 1232, ednsVersion: 0 }]);
    expect(decode(encodeQuery(NAME, "TXT", { ...ASKED, edns: false }).bytes).additionals).toEqual([]);
  });
  test("ids do not repeat as a counter or a constant would", () => {
    const ids = Array.from({ length: 200 }, () => encodeQuery(NAME, "A", ASKED).id);
    expect(new Set(ids).size).toBeGreaterThan(150);
    expect(ids.slice(1).filter((id, index) => id === (ids[index] ?? 0) + 1).length).toBeLessThan(5);
  });
  test.each([
    ["a.example", true],
    ["_smtp._tls.example", true],
    ["", false],
    ["a..b", false],
    [".a", false],
    ["a b.example", false],
    ["a\u0000.example", false],
    [`${"a".repeat(64)}.example`, false],
    [`${"a.".repeat(126)}a`, true], // 253
    [`${"a.".repeat(127)}a`, false],
  ])("%j is askable: %s", (name, yes) => expect(askable(name)).toBe(yes));
});

describe("what is not for us is ignored (D10, D11)", () => {
  const query = encodeQuery(NAME, "TXT", ASKED);
  test.each<[string, Uint8Array]>([
    ["another id", answer(query, { id: query.id ^ 1, answers: [txt("x")] })],
    ["another name", answer(query, { question: "_mta-sts.example.net", answers: [txt("x")] })],
    ["another type", answer({ ...query, type: "A" }, { answers: [txt("x")] })],
    ["our own question", query.bytes],
    ["less than a header", answer(query).subarray(0, 11)],
    ["nothing", new Uint8Array()],
  ])("%s", (_, bytes) => expect(decodeReply(bytes, query)).toEqual({ kind: "other-message" }));
  test("the question in another class", () => {
    const bytes = Buffer.from(answer(query, { answers: [txt("x")] }));
    bytes[12 + NAME.length + 2 + 3] = 3; // CH
    expect(decodeReply(bytes, query)).toEqual({ kind: "other-message" });
  });
});

describe("records", () => {
  test("answer and question in another case (D32)", () => {
    const fields = { question: "_MTA-STS.eXample.com", answers: [txt("v=STSv1; id=1;", "_mta-STS.EXAMPLE.com")] };
    expect(read(fields)).toMatchObject({
      kind: "answer",
      answer: { kind: "records", records: ["v=STSv1; id=1;"], cnames: [], ttl: 300 },
    });
  });
  test("several TXT stay apart, the strings of one are joined, no octet is lost (D18)", () => {
    const long = "x".repeat(255);
    const answers = [txt(["v=STSv1;", " id=1;"]), txt([long, long, "y"]), txt([]), txt([Buffer.from([0, 0xe9, 0xff])])];
    expect(read({ answers })).toMatchObject({
      answer: { records: ["v=STSv1; id=1;", `${long}${long}y`, "", "\u0000éÿ"] },
    });
  });
  test("records of other names, types and classes do not count", () => {
    const answers: Answer[] = [
      txt("other", "evil.example.com"),
      { type: "A", name: NAME, ttl: 1, data: "192.0.2.1" },
      { ...txt("chaos"), class: "CH" },
      txt("ours"),
    ];
    expect(read({ answers })).toMatchObject({ answer: { records: ["ours"], ttl: 300 } });
  });
  test.each([
    [0, 0],
    [604_800, 604_800],
    [2 ** 31 - 1, 2 ** 31 - 1],
    [2 ** 31, 0], // RFC 2181 §8
    [2 ** 32 - 1, 0],
  ])("TTL %d is %d (D19)", (sent, ttl) => {
    expect(read({ answers: [txt("x", NAME, sent)] })).toMatchObject({ answer: { ttl } });
  });
  test("addresses and MX", () => {
    const of = (type: RecordType, data: unknown[]) => {
      const query: Query<RecordType> = encodeQuery("example.com", type, ASKED);
      return decodeReply(
        answer(query, { answers: data.map((one) => ({ type, name: "example.com", ttl: 5, data: one })) }),
        query,
      );
    };
    expect(of("A", ["192.0.2.1", "192.0.2.2"])).toMatchObject({ answer: { records: ["192.0.2.1", "192.0.2.2"] } });
    expect(of("AAAA", ["2001:db8::1"])).toMatchObject({ answer: { records: ["2001:db8::1"] } });
    const records = [
      { preference: 10, exchange: "mx1.example.com" },
      { preference: 0, exchange: "" },
    ];
    expect(
      of("MX", [
        { preference: 10, exchange: "MX1.example.com" },
        { preference: 0, exchange: "." },
      ]),
    ).toMatchObject({
      answer: { records },
    });
  });
});

describe("aliases", () => {
  test("are followed, and the least TTL of the chain counts", () => {
    const answers = [cname("b.example", "c.example", 20), txt("x", "c.example", 60), cname(NAME, "b.example", 500)];
    const cnames = ["b.example", "c.example"];
    expect(read({ answers })).toMatchObject({
      kind: "answer",
      answer: { kind: "records", records: ["x"], cnames, ttl: 20 },
    });
  });
  test("without an end in the answer: the target is to be asked for", () => {
    const reply = { kind: "alias", cnames: ["b.example"], ttl: 300 };
    expect(read({ answers: [cname(NAME, "b.example")] })).toEqual(reply);
  });
  test("a circle leads to nothing, and is shown (D15)", () => {
    const answers = [cname(NAME, "b.example"), cname("b.example", NAME)];
    expect(read({ answers })).toMatchObject({
      kind: "answer",
      answer: { kind: "no-data", cnames: ["b.example", NAME] },
    });
    const inner = [cname(NAME, "b.example"), cname("b.example", "c.example"), cname("c.example", "b.example")];
    expect(read({ answers: inner })).toMatchObject({ answer: { cnames: ["b.example", "c.example", "b.example"] } });
    expect(read({ answers: [cname(NAME, NAME)] })).toMatchObject({ answer: { kind: "no-data", cnames: [NAME] } });
  });
  test.each([
    [8, "records"],
    [9, "no-data"],
  ])("a chain of %d: %s (D15)", (length, kind) => {
    const names = [NAME, ...Array.from({ length }, (_, index) => `alias${index}.example`)];
    const answers = names.slice(1).map((target, index) => cname(names[index] ?? "", target));
    expect(read({ answers: [...answers, txt("x", names.at(-1))] })).toMatchObject({ answer: { kind } });
  });
  test("to a name that does not exist (D16)", () => {
    const fields = { rcode: 3, answers: [cname(NAME, "gone.example")], authorities: [soa] };
    expect(read(fields)).toMatchObject({ kind: "answer", answer: { kind: "no-such-name", cnames: ["gone.example"] } });
  });
  test("beside other records at the same name: no answer (D17)", () => {
    const answers = [cname(NAME, "b.example"), txt("x"), txt("y", "b.example")];
    expect(read({ answers })).toMatchObject({ kind: "failure", because: "malformed" });
  });
  test("to a name with a space, a NUL or a dot inside a label: no answer", () => {
    for (const target of ["a b.example", "a\u0000.example"])
      expect(read({ answers: [cname(NAME, target)] })).toMatchObject({ kind: "failure", because: "malformed" });
    const query = encodeQuery(NAME, "TXT", ASKED);
    const bytes = Buffer.from(answer(query, { answers: [cname(NAME, "a.b.example")] }));
    const dot = bytes.lastIndexOf(Buffer.from([1, 0x61, 1, 0x62, 7]));
    bytes.set([3, 0x61, 0x2e, 0x62], dot); // one label "a.b"
    expect(decodeReply(bytes, query)).toMatchObject({ kind: "failure", because: "malformed" });
  });
});

describe("absence", () => {
  const referral: Answer = { type: "NS", name: "com", ttl: 60, data: "ns.example" };
  test("NXDOMAIN (D06, D09)", () => {
    expect(read({ rcode: 3, authorities: [soa] })).toMatchObject({
      kind: "answer",
      answer: { kind: "no-such-name", cnames: [] },
    });
  });
  test("NODATA needs the zone's SOA (D07)", () => {
    expect(read({ authorities: [soa] })).toMatchObject({ kind: "answer", answer: { kind: "no-data", cnames: [] } });
  });
  test.each<[string, Fields]>([
    ["nothing at all (D08)", {}],
    ["a referral (D05)", { authorities: [referral] }],
    ["the SOA of another zone", { authorities: [{ ...soa, name: "example.net" }] }],
    ["the SOA of a name that ends alike", { authorities: [{ ...soa, name: "ample.com" }] }],
  ])("an empty answer with %s proves nothing", (_, fields) => {
    expect(read(fields)).toMatchObject({ kind: "failure", because: "server-failure" });
  });
  test.each([
    [1, "FORMERR"],
    [2, "SERVFAIL"],
    [4, "NOTIMP"],
    [5, "REFUSED"],
    [9, "response code 9"],
  ])("response code %d is %s, never absence (D03, D04)", (rcode, name) => {
    const reply = read({ rcode, authorities: [soa] });
    expect(reply).toMatchObject({ kind: "failure", because: "server-failure", rcode });
    expect(reply).toHaveProperty("detail", expect.stringContaining(name));
  });
  test("BADVERS is in the EDNS part (D04)", () => {
    const opt: Answer = { type: "OPT", name: ".", extendedRcode: 1, udpPayloadSize: 0, options: [] };
    expect(read({ additionals: [opt] })).toMatchObject({ because: "server-failure", rcode: 16 });
    expect(read({ additionals: [opt, opt] })).toMatchObject({ because: "malformed" });
  });
  test("a header alone with FORMERR is an answer", () => {
    const query = encodeQuery(NAME, "TXT", ASKED);
    const header = Buffer.from([query.id >> 8, query.id & 255, 0x80, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    expect(decodeReply(header, query)).toMatchObject({ because: "server-failure", rcode: 1 });
    header[3] = 0;
    expect(decodeReply(header, query)).toMatchObject({ because: "malformed" });
  });
  test("truncated: what is there is not read (D12, D13)", () => {
    expect(read({ flags: 0x200, answers: [txt("half")] })).toEqual({ kind: "truncated" });
  });
});

describe("malformed messages (D28)", () => {
  const query = encodeQuery("a.example", "A", { ...ASKED, edns: false });
  const good = answer(query, { answers: [{ type: "A", name: "a.example", ttl: 9, data: "192.0.2.1" }] });
  const record = 12 + 11 + 4;
  const patched = (at: number, ...octets: number[]) => {
    const bytes = Buffer.from(good);
    bytes.set(octets, at);
    return bytes;
  };
  const longName = Buffer.concat([
    good.subarray(0, record),
    ...Array.from({ length: 5 }, () => Buffer.alloc(64, 63)),
    good.subarray(record),
  ]);
  /** The owner of an A record is the last of `count` pointers, each to the one before, the first to the question. */
  const chained = (count: number) => {
    const first = record + 11 + 10;
    const chain = Array.from({ length: count }, (_, index) => [0xc0, index === 0 ? 12 : first + 2 * index - 2]).flat();
    const carrier: Answer = { type: "NULL", name: "a.example", data: Buffer.from(chain) };
    const bytes = Buffer.from(answer(query, { answers: [carrier] }));
    bytes[7] = 2;
    const owner = [0xc0, first + 2 * count - 2];
    return Buffer.concat([bytes, Buffer.from([...owner, 0, 1, 0, 1, 0, 0, 0, 9, 0, 4, 192, 0, 2, 1])]);
  };
  const many = (count: number) =>
    answer(query, {
      answers: Array.from({ length: count }, () => ({ type: "A", name: "a.example", data: "192.0.2.1" })),
    });
  test("the message that the others are made from is good", () => {
    expect(decodeReply(good, query)).toMatchObject({ answer: { records: ["192.0.2.1"] } });
    expect(decodeReply(chained(10), query)).toMatchObject({ answer: { records: ["192.0.2.1"] } });
    expect(decodeReply(many(512), query)).toMatchObject({ kind: "answer" });
    expect(decodeReply(patched(record, 0xc0, 12), query).kind).toBe("failure"); // the rest of the name is still there
  });
  test.each<[string, Uint8Array]>([
    ["a pointer to itself", patched(record, 0xc0, record)],
    ["a pointer forward", patched(record, 0xc0, record + 5)],
    ["a pointer back into a label that leads to it again", patched(record + 2, 0xc0, record)],
    ["a long chain of pointers", chained(20)],
    ["513 answers (D29)", many(513)],
    ["a label of 64", patched(record, 64)],
    ["a label past the end", patched(record, 63)],
    ["a name of more than 255", longName],
    ["RDLENGTH past the end", patched(record + 11 + 8, 0, 200)],
    ["RDLENGTH 3 of an address", patched(record + 11 + 8, 0, 3).subarray(0, -1)],
    ["RDLENGTH 0 of an address", patched(record + 11 + 8, 0, 0).subarray(0, -4)],
    ["65,535 answers", patched(6, 255, 255)],
    ["two questions in the count", patched(4, 0, 2)],
    ["another opcode", patched(2, 0xa0)],
    ["cut in half", good.subarray(0, good.length - 2)],
  ])("%s", (_, bytes) => {
    expect(decodeReply(bytes, query)).toMatchObject({ kind: "failure", because: "malformed" });
  });
  test("a pointer forward is refused for what it is", () => {
    // Forward to the same name, in a second answer.
    const bytes = Buffer.concat([
      good.subarray(0, record),
      Buffer.from([0xc0, record + 16]),
      good.subarray(record + 11),
      good.subarray(record),
    ]);
    bytes[7] = 2;
    expect(decodeReply(bytes, query)).toMatchObject({ because: "malformed", detail: "a name points nowhere" });
  });
  test("a TXT string past the end of its record", () => {
    const asked = encodeQuery(NAME, "TXT", ASKED);
    const bytes = Buffer.from(answer(asked, { answers: [txt("abc"), txt("def")] }));
    bytes[bytes.indexOf("abc") - 1] = 4;
    expect(decodeReply(bytes, asked)).toMatchObject({ kind: "failure", because: "malformed" });
  });
  test("an MX whose name does not end where its record does", () => {
    const asked = encodeQuery(NAME, "MX", ASKED);
    const data = { preference: 1, exchange: "mx.example" };
    const bytes = Buffer.from(answer(asked, { answers: [{ type: "MX", name: NAME, data }] }));
    bytes[bytes.lastIndexOf("example") - 1] = 0;
    expect(decodeReply(bytes, asked)).toMatchObject({ kind: "failure", because: "malformed" });
  });
  test("any octets: never throws, always one of the kinds", () => {
    const noise = fc.uint8Array({ maxLength: 300 });
    fc.assert(
      fc.property(noise, fc.constantFrom<RecordType>("A", "AAAA", "TXT", "MX"), (octets, type) => {
        const asked: Query<RecordType> = encodeQuery("a.example", type, { ...ASKED, edns: false });
        // With our id, question and QR in front, so that the rest is really read.
        const head = answer({ ...asked, type }, {});
        for (const [index, place] of [7, 9, 11].entries()) head[place] = (octets[index] ?? 0) % 4;
        expect(["failure", "alias", "answer"]).toContain(decodeReply(Buffer.concat([head, octets]), asked).kind);
        decodeReply(octets, asked);
      }),
      { numRuns: 1500 },
    );
  });
  test("a good message with any one octet changed never throws", () => {
    for (let at = 0; at < good.length; at += 1)
      for (const octet of [0, 1, 63, 64, 0x80, 0xc0, 0xff]) decodeReply(patched(at, octet), query);
  });
});
