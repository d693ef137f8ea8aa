import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Reading } from "../../../src/collect/format.ts";
import { zonefile } from "../../../src/collect/formats/zonefile.ts";
import type { Span } from "../../../src/protocol/span.ts";

async function read(
  text: string,
  { path = "zones/example.com.zone", files = {} as Record<string, string> } = {},
): Promise<Reading> {
  return zonefile.read({ path, text }, { include: async (name) => files[name] });
}

const lines = ({ records }: Reading): readonly string[] =>
  records.map(({ owner, type, data, ttl }) => `${owner} ${ttl ?? "-"} ${type} ${data}`);

function cut(text: string, { startLine, startColumn, endLine, endColumn }: Span): string {
  const rows = text.split("\n").slice(startLine - 1, endLine);
  const last = rows.length - 1;
  rows[last] = (rows[last] ?? "").slice(0, endColumn - 1);
  rows[0] = (rows[0] ?? "").slice(startColumn - 1);
  return rows.join("\n");
}

const cutOf = (text: string, { records }: Reading, index = 0): string => {
  const location = records[index]?.location;
  return location?.kind === "file" ? cut(text, location.span) : "";
};

// What each row shows: the text, and the records it publishes.
const READS: Record<string, [text: string, ...records: string[]]> = {
  "owner: @ is the origin": ["@ 60 IN MX 10 mx1", "example.com 60 MX 10 mx1.example.com"],
  "owner: absolute and in capitals": [
    "LISTS.Example.COM. 60 MX 10 MX1.example.net.",
    "lists.example.com 60 MX 10 mx1.example.net",
  ],
  "owner: blank is the record before": [
    "www 60 A 192.0.2.1\n\tMX 10 mx1\n  60 MX 20 mx2",
    "www.example.com 60 MX 10 mx1.example.com",
    "www.example.com 60 MX 20 mx2.example.com",
  ],
  "owner: decimal escapes": ['\\095mta-sts 60 TXT "v=STSv1; id=1"', "_mta-sts.example.com 60 TXT v=STSv1; id=1"],
  "owner: a byte order mark is no part of it": ["\uFEFF@ 60 MX 10 mx1", "example.com 60 MX 10 mx1.example.com"],
  "TTL then class": ["@ 1h IN MX 10 mx1", "example.com 3600 MX 10 mx1.example.com"],
  "class then TTL": ["@ IN 1h30m MX 10 mx1", "example.com 5400 MX 10 mx1.example.com"],
  "$TTL with units": ["$TTL 2w\n@ MX 10 mx1", "example.com 1209600 MX 10 mx1.example.com"],
  "no $TTL: the TTL before": [
    "@ 5 MX 10 mx1\n@ MX 20 mx2",
    "example.com 5 MX 10 mx1.example.com",
    "example.com 5 MX 20 mx2.example.com",
  ],
  "no $TTL: the SOA's minimum": ["@ SOA ns1 admin 1 2 3 4 1d\n@ MX 10 mx1", "example.com 86400 MX 10 mx1.example.com"],
  "no TTL at all": ["@ MX 10 mx1", "example.com - MX 10 mx1.example.com"],
  "another class is not the Internet's": ["@ CH MX 10 mx1\n@ 1 MX 10 mx1", "example.com 1 MX 10 mx1.example.com"],
  "parentheses over lines, with comments": [
    '_mta-sts 1 TXT ( "v=STSv1; " ; here (\n  "id=7" ) ; there\n@ 1 MX ( 10\n mx1 )',
    "_mta-sts.example.com 1 TXT v=STSv1; id=7",
    "example.com 1 MX 10 mx1.example.com",
  ],
  "several strings are joined without a space": [
    '_mta-sts 1 TXT "v=STSv1;" " id=9" ";"',
    "_mta-sts.example.com 1 TXT v=STSv1; id=9;",
  ],
  "strings without a blank between": ['_mta-sts 1 TXT "v=STSv1;""id=9"', "_mta-sts.example.com 1 TXT v=STSv1;id=9"],
  "escapes in strings": ['x 1 TXT "a\\;b\\"c\\\\d\\059\\032e"', 'x.example.com 1 TXT a;b"c\\d; e'],
  "unquoted words are separate strings": ["x 1 TXT ab cd", "x.example.com 1 TXT abcd"],
  "an unquoted semicolon starts a comment": ["_mta-sts 1 TXT v=STSv1; id=1", "_mta-sts.example.com 1 TXT v=STSv1"],
  "an escaped semicolon does not": ["_mta-sts 1 TXT v=STSv1\\;id=1", "_mta-sts.example.com 1 TXT v=STSv1;id=1"],
  "an empty string": ['x 1 TXT ""', "x.example.com 1 TXT "],
  "null MX keeps its dot": ["@ 1 MX 0 .", "example.com 1 MX 0 ."],
  CNAME: ["_mta-sts 1 CNAME _mta-sts.example.net.", "_mta-sts.example.com 1 CNAME _mta-sts.example.net"],
  "$ORIGIN, relative and absolute": [
    "$ORIGIN _tls\n_smtp 1 TXT a\n$ORIGIN example.org.\n@ 1 MX 10 mx",
    "_smtp._tls.example.com 1 TXT a",
    "example.org 1 MX 10 mx.example.org",
  ],
  "$ORIGIN of the root": ["$ORIGIN .\nexample.com 1 MX 10 mx.example.com", "example.com 1 MX 10 mx.example.com"],
  "CRLF line ends": [
    '@ 1 MX 10 mx1\r\n_mta-sts 1 TXT "v=STSv1; id=1"\r\n',
    "example.com 1 MX 10 mx1.example.com",
    "_mta-sts.example.com 1 TXT v=STSv1; id=1",
  ],
  "unknown types lose nothing": [
    '@ 1 IN LUA A (";"\n "local x")\nx TYPE257 \\# 3 aabbcc\ny DYNA web\nz FUTURE "(" 1\n@ 1 MX 10 mx1',
    "example.com 1 MX 10 mx1.example.com",
  ],
  "a TXT string over 255 octets": [
    `k._domainkey 1 TXT "${"a".repeat(300)}"`,
    `k._domainkey.example.com 1 TXT ${"a".repeat(300)}`,
  ],
  $GENERATE: [
    '$GENERATE 1-3/2 @ 60 MX "1$ mx$"\n$GENERATE 0-1 mx$ A 192.0.2.$',
    "example.com 60 MX 11 mx1.example.com",
    "example.com 60 MX 13 mx3.example.com",
  ],
  "$GENERATE with offset, width and base": [
    '$GENERATE 9-10 @ 1 MX "5 mx${1,3}-${0,2,x}"',
    "example.com 1 MX 5 mx010-09.example.com",
    "example.com 1 MX 5 mx011-0a.example.com",
  ],
  "$GENERATE of TXT with quotes inside": [
    '$GENERATE 1-1 _mta-sts 1 TXT "\\"v=STSv1; id=$\\""',
    "_mta-sts.example.com 1 TXT v=STSv1; id=1",
  ],
  "a placeholder for the TTL": ["@ {{ ttl }} IN MX 10 mx1", "example.com - MX 10 mx1.example.com"],
  "a placeholder in the data": [
    '_mta-sts 1 TXT "v=STSv1; id={{ id }}"\n@ 1 MX 10 {{ mx }}.',
    "_mta-sts.example.com 1 TXT null",
    "example.com 1 MX null",
  ],
};

describe("RFC 1035 §5", () => {
  for (const [name, [text, ...records]] of Object.entries(READS))
    test(name, async () => {
      const reading = await read(text);
      expect(lines(reading)).toEqual(records);
      expect(reading.defects).toEqual([]);
    });

  test("what a file does not determine says why", async () => {
    const { records } = await read('_mta-sts TXT "v=STSv1; id={{ id }}"\n$GENERATE 1-5000 @ MX "1$ mx$"');
    expect(records.map(({ data, why }) => [data, why?.slice(0, 20)])).toEqual([
      [null, "{{ id }} is filled i"],
      [null, "$GENERATE writes mor"],
    ]);
  });
  test("a long text is not written out a thousand times", async () => {
    const { records } = await read(`$GENERATE 0-1023 _mta-sts TXT "${"$".repeat(65_536)}"`);
    expect(records.map(({ data, why }) => [data, why?.slice(0, 21)])).toEqual([[null, "$GENERATE writes more"]]);
  });
});

describe("the zone's name", () => {
  const soa = "@ SOA ns1 admin 1 2 3 4 5";
  const named: readonly [path: string, text: string, zones: readonly string[], first: string][] = [
    ["zones/example.org", `${soa}\n@ MX 1 a`, ["example.org"], "example.org"],
    ["example.org.zone", `${soa}\n@ MX 1 a`, ["example.org"], "example.org"],
    ["db.example.org", `${soa}\n@ MX 1 a`, ["example.org"], "example.org"],
    ["example.org.db", `${soa}\n@ MX 1 a`, ["example.org"], "example.org"],
    ["EXAMPLE.org.txt", `${soa}\n@ MX 1 a`, ["example.org"], "example.org"],
    ["example.org.db", `$ORIGIN example.net.\n${soa}\n@ MX 1 a`, ["example.net"], "example.net"],
    [
      "example.com.db",
      "$ORIGIN com.\nexample SOA ns1.example admin 1 2 3 4 5\nexample MX 1 a",
      ["example.com"],
      "example.com",
    ],
    [
      "export.zone",
      "example.com 1 IN SOA ns1.example.net. a.example.net. 1 2 3 4 5\n@ MX 1 a",
      ["example.com"],
      "example.com",
    ],
    ["example.com.txt", "example.com\t1\tIN\tSOA\tns. a. 1 2 3 4 5\n@ MX 1 a", ["example.com"], "example.com"],
    ["dns.txt", "example.com. MX 1 a.example.com.", [], "example.com"],
    ["mail.inc", "$ORIGIN example.com\n@ MX 1 a", ["example.com"], "example.com"],
  ];
  for (const [path, text, zones, first] of named)
    test(`${path}: ${text.slice(0, 30)}`, async () => {
      const reading = await read(text, { path });
      expect(reading.zones.map(({ name }) => name)).toEqual(zones);
      expect(reading.zones.every(({ whole }) => whole === text.includes("SOA"))).toBe(true);
      expect(reading.records[0]?.owner).toBe(first);
    });

  test("a relative owner under no name is a defect where it is ours", async () => {
    const reading = await read('_mta-sts TXT "v=STSv1; id=1"\nwww TXT a', { path: "fragment.inc" });
    expect(reading.defects.map(({ concerns }) => concerns)).toEqual([true, false]);
    expect(reading.records).toEqual([]);
  });

  test("a delegated name is not the zone's to say", async () => {
    const { delegated } = await read(`${soa}\n@ NS ns1\n_mta-sts NS ns.example.net.\nother.example. NS ns`);
    expect(delegated).toEqual(["_mta-sts.example.com"]);
  });

  test("a name without its final dot is noted", async () => {
    const { notes, records } = await read("@ 1 MX 10 mx1.example.com");
    expect(records[0]?.data).toBe("10 mx1.example.com.example.com");
    expect(notes).toEqual([
      "zones/example.com.zone:1: the name has no final dot, so it is published as mx1.example.com.example.com",
    ]);
  });
});

describe("$INCLUDE", () => {
  test("origin and owner are restored, and the location is the included file's", async () => {
    const files = { "zones/sts.inc": '@ 300 TXT "v=STSv1; id=1"', "mail.inc": "@ 1 MX 10 mx1" };
    const reading = await read("lists 1 A 192.0.2.1\n$INCLUDE sts.inc _mta-sts\n$INCLUDE mail.inc\n 1 MX 20 mx2", {
      files,
    });
    expect(lines(reading)).toEqual([
      "_mta-sts.example.com 300 TXT v=STSv1; id=1",
      "example.com 1 MX 10 mx1.example.com",
      "lists.example.com 1 MX 20 mx2.example.com",
    ]);
    expect(reading.records.map(({ location }) => (location.kind === "file" ? location.path : ""))).toEqual([
      "zones/sts.inc",
      "mail.inc",
      "zones/example.com.zone",
    ]);
    expect(reading.included).toEqual(["zones/sts.inc", "mail.inc"]);
  });

  test("a file that git does not track is a defect; one outside the repository is noted, and the zone is not whole", async () => {
    const missing = await read("$INCLUDE gone.inc");
    expect(missing.defects).toMatchObject([{ concerns: true, location: { span: { startLine: 1 } } }]);
    const asked: string[] = [];
    const text = "@ SOA ns a 1 2 3 4 5\n$INCLUDE /etc/passwd\n$INCLUDE ../../secret\n$INCLUDE {{ x }}.inc";
    const outside = await zonefile.read(
      { path: "zones/example.com", text },
      { include: async (path) => void asked.push(path) },
    );
    expect(asked).toEqual([]);
    expect(outside.defects).toEqual([]);
    expect(outside.notes).toHaveLength(3);
    expect(outside.zones).toEqual([{ name: "example.com", whole: false }]);
  });

  test("a file that includes itself ends", async () => {
    const files = { "zones/a.inc": "$INCLUDE a.inc\n$INCLUDE a.inc\n" };
    const reading = await read("$INCLUDE a.inc", { files });
    expect(reading.defects.length).toBeGreaterThan(0);
  });
});

describe("a broken line", () => {
  const broken: readonly [text: string, line: number, column: number, concerns: boolean][] = [
    ['@ 1 MX 10 mx\n_mta-sts TXT "v=STSv1; id=1', 2, 14, true], // the quotation mark is never closed
    ["@ 1 MX ( 10 mx\n", 1, 8, true], // nor the parenthesis
    ["@ 1 MX 10 mx )", 1, 14, true],
    ["@ MX mx1", 1, 6, true], // no preference
    ["@ MX ten mx1", 1, 6, true],
    ["@ MX 65536 mx1", 1, 6, true],
    ["@ MX 10 mx1 mx2", 1, 6, true],
    ["@ MX", 1, 3, true],
    ["@ MX 10 mx..example.com.", 1, 9, true],
    ['  _mta-sts IN TXT "v=STSv1; id=1"', 1, 3, true], // the owner is read as a type
    ["  www IN MX 10 mx1", 1, 3, true],
    ["  www IN A 192.0.2.1", 1, 3, false],
    ['_mta-sts IN "v=STSv1; id=1"', 1, 1, true], // no type
    ['_mta-sts IN TEXT "v=STSv1; id=1"', 1, 13, true],
    ["_mta-sts TXT \\999", 1, 14, true],
    ["www TXT \\999", 1, 9, false],
    ["www IN", 1, 1, false],
    ["a..b TXT x", 1, 1, false],
    ["$TTL soon", 1, 1, true],
    ["$GENERATE 1-2 @ MX 10 mx$", 1, 1, true],
  ];
  for (const [text, startLine, startColumn, concerns] of broken)
    test(JSON.stringify(text), async () => {
      const { defects } = await read(text);
      expect(defects).toHaveLength(1);
      expect(defects[0]).toMatchObject({ concerns, location: { span: { startLine, startColumn } } });
    });

  test("leaves the lines after it readable", async () => {
    expect(lines(await read('x TXT "a\n@ 1 MX 10 mx1'))).toEqual(["example.com 1 MX 10 mx1.example.com"]);
  });
});

describe("spans", () => {
  test("TXT: the data with its quotes, over lines", async () => {
    const text = '$TTL 1\n_mta-sts\tTXT ( "v=STSv1; "\n "id=7" ) ; x';
    expect(cutOf(text, await read(text))).toBe('"v=STSv1; "\n "id=7"');
  });
  test("MX: the exchange; CNAME: the target", async () => {
    const text = "@ 1 MX 10 mx1 ; x\na 1 CNAME b";
    const reading = await read(text);
    expect([cutOf(text, reading), cutOf(text, reading, 1)]).toEqual(["mx1", "b"]);
  });
});

describe("recognises", () => {
  const yes = [
    "$ORIGIN example.com.\n",
    "_mta-sts.example.com. 1800 IN TXT v=STSv1; id=1\n",
    '_mta-sts TXT "v=STSv1; id=1',
    ";; comment\n@ SOA a b 1 2 3 4 5\n",
    "{{ header }}\n@ IN MX 10 a\n@ IN A 192.0.2.1",
  ];
  const no = [
    "",
    '{"a": 1}',
    "---\n_mta-sts:\n  type: TXT\n  value: v=STSv1\\; id=1\n",
    "'':\n  type: MX\n  values:\n    - exchange: mx\n",
    "Our MX hosts are listed here.\nWe use TXT records a lot.\nThe end.\n",
    'resource "x" "y" {\n  type = "TXT"\n}\n',
    "version: STSv1\nmode: enforce\nmx: a\nmax_age: 1\n",
  ];
  test.each(yes)("%j", (text) => expect(zonefile.recognises({ path: "x", text })).toBe(true));
  test.each(no)("not %j", (text) => expect(zonefile.recognises({ path: "x", text })).toBe(false));
});

describe("any text", () => {
  const piece = fc.constantFrom(
    "$ORIGIN ",
    "$INCLUDE a.inc",
    "$GENERATE 1-3 ",
    "$TTL ",
    "@",
    " ",
    "\t",
    "\n",
    "\r\n",
    '"',
    "(",
    ")",
    ";",
    "\\",
    "\\0",
    "\\123",
    "_mta-sts",
    " IN ",
    " TXT ",
    " MX ",
    " SOA ",
    "10 ",
    "mx$",
    "${0,3,x}",
    "{{",
    "}}",
    "{%",
    ".",
    "example.com.",
    "1h",
    "é",
    "\uFEFF",
  );
  const text = fc.array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 40 }).map((parts) => parts.join(""));

  test("never throws, and every span lies inside its file", async () => {
    await fc.assert(
      fc.asyncProperty(text, text, async (main, inner) => {
        zonefile.recognises({ path: "zones/example.com", text: main });
        const files: Record<string, string> = { "zones/example.com": main, "zones/a.inc": inner };
        const { records, defects } = await read(main, { path: "zones/example.com", files });
        for (const { location } of [...records, ...defects]) {
          if (location.kind !== "file") throw new Error(location.kind);
          const rows = (files[location.path] as string).split("\n");
          const { startLine, startColumn, endLine, endColumn } = location.span;
          expect(startLine <= endLine && (startLine < endLine || startColumn <= endColumn)).toBe(true);
          expect(startColumn).toBeLessThanOrEqual((rows[startLine - 1] as string).length + 1);
          expect(endColumn).toBeLessThanOrEqual((rows[endLine - 1] as string).length + 1);
        }
      }),
      { numRuns: 300 },
    );
  });

  test("a long hostile line is read in time", async () => {
    const started = performance.now();
    for (const bit of ["{{", "1", "(", '"', "\\", "${", "@@a"]) await read(`_mta-sts ${bit.repeat(100_000)} TXT x`);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

interface Sample {
  readonly id: string;
  readonly files: readonly string[];
  readonly expect: readonly {
    readonly domain: string;
    readonly mta_sts_txt: readonly string[];
    readonly mta_sts_cname?: string;
    readonly mx: readonly { readonly preference: number; readonly exchange: string }[];
    readonly tlsrpt: readonly string[];
  }[];
}

// CORPUS: a folder of zone files collected from public repositories, with what each must yield.
const corpus = process.env["CORPUS"];
describe.runIf(corpus)("corpus", () => {
  const folder = join(corpus ?? "", "dns", "bind");
  const samples: readonly Sample[] = corpus ? JSON.parse(readFileSync(join(folder, "index.json"), "utf8")) : [];
  for (const sample of samples)
    test(sample.id, async () => {
      const files = Object.fromEntries(sample.files.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
      const [path] = sample.files as [string];
      const text = files[path] as string;
      expect(zonefile.recognises({ path, text })).toBe(true);
      const reading = await read(text, { path, files });
      expect(reading.defects.filter(({ concerns }) => concerns)).toEqual([]);
      for (const wanted of sample.expect) {
        const at = (owner: string, type: string) =>
          reading.records
            .filter((record) => record.owner === owner && record.type === type)
            .map(({ data, why }) => data ?? why);
        const mx = wanted.mx.map(({ preference, exchange }) => `${preference} ${exchange}`);
        // A value with a placeholder is not determined by the file, and is said to be so.
        const tlsrpt = wanted.tlsrpt.map((value) => (value.includes("{{") ? expect.stringContaining("{{") : value));
        expect(new Set(at(wanted.domain, "MX"))).toEqual(new Set(mx));
        expect(at(`_mta-sts.${wanted.domain}`, "TXT")).toEqual(wanted.mta_sts_txt);
        expect(at(`_mta-sts.${wanted.domain}`, "CNAME")).toEqual(wanted.mta_sts_cname ? [wanted.mta_sts_cname] : []);
        expect(at(`_smtp._tls.${wanted.domain}`, "TXT")).toEqual(tlsrpt);
      }
    });
});
