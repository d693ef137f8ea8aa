import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readArguments } from "../../src/cli/arguments.ts";
import { collectCommand } from "../../src/cli/collect.ts";
import { createRepository, type DemoRepository } from "../../src/demo/repository.ts";
import { CollectError, OptionError } from "../../src/errors.ts";

const POLICY = "mta-sts.example.com/.well-known/mta-sts.txt";
const FILES = {
  ".github/mta-sts-gate.yml": "records: zones/*\n",
  [POLICY]: "version: STSv1\nmode: testing\nmx: mx.example.com\nmax_age: 86400\n",
  "zones/example.com.zone": [
    "$TTL 300",
    "@ SOA ns1 admin 1 2 3 4 5",
    "@ MX 10 MX",
    '_mta-sts 60 TXT "v=STSv1;" " id=1"',
    "mta-sts CNAME Pages.Example.Net.",
    '_smtp._tls TXT "v=TLSRPTv1; rua=mailto:{{ box }}"',
    "_mta-sts.lists CNAME _mta-sts",
    "",
  ].join("\n"),
};

let repository: DemoRepository;
beforeAll(async () => {
  repository = await createRepository({ base: FILES, head: { "README.md": "::error::forged \u001b[2J\n" } });
});
afterAll(() => repository.close());

async function collected(args: readonly string[], folder = repository.folder) {
  const printed: string[] = [];
  const print = (text: string): void => void printed.push(text);
  const status = await collectCommand(readArguments(["collect", ...args]), { print, folder });
  return { status, text: printed.join("") };
}

const at = (line: number, column: number): object => ({ file: "zones/example.com.zone", line, column });

describe("--format json: the shape of SPEC section 6", () => {
  test("names lower case, strings joined, what is not determined says why", async () => {
    const { status, text } = await collected(["--format", "json"]);
    expect(status).toBe(0);
    expect(JSON.parse(text)).toEqual([
      {
        policyDomain: "example.com",
        policyFile: { path: POLICY },
        records: [
          { owner: "_mta-sts.example.com", type: "TXT", data: "v=STSv1; id=1", ttl: 60, location: at(4, 17) },
          { owner: "mta-sts.example.com", type: "CNAME", data: "pages.example.net", ttl: 300, location: at(5, 15) },
          {
            owner: "_smtp._tls.example.com",
            type: "TXT",
            data: null,
            ttl: 300,
            location: at(6, 16),
            why: expect.stringContaining("{{ box }}"),
          },
          { owner: "example.com", type: "MX", data: "10 mx.example.com", ttl: 300, location: at(3, 9) },
        ],
      },
      {
        policyDomain: "lists.example.com",
        policyFile: null,
        records: [
          {
            owner: "_mta-sts.lists.example.com",
            type: "CNAME",
            data: "_mta-sts.example.com",
            ttl: 300,
            location: at(7, 22),
          },
          { owner: "_mta-sts.example.com", type: "TXT", data: "v=STSv1; id=1", ttl: 60, location: at(4, 17) },
        ],
      },
    ]);
  });

  test("an id that is said outright has its own place", async () => {
    const { text } = await collected(["--format=json", "--record-id", "7", "example.com"]);
    const [{ records }] = JSON.parse(text);
    expect(records[0]).toMatchObject({ data: "v=STSv1; id=7", location: { kind: "input", name: "record-id" } });
  });

  test("printable ASCII", async () => expect((await collected(["--format=json"])).text).toMatch(/^[\n\x20-\x7e]*$/));
});

test("text: each domain, what tells it, and every record with its place", async () => {
  const { text } = await collected([]);
  expect(text.split("\n").slice(0, 4)).toEqual([
    "example.com, from a CNAME file beside .well-known, or a folder on its path",
    `  policy ${POLICY}`,
    "  _mta-sts.example.com ttl 60 TXT v=STSv1; id=1 (zones/example.com.zone:4:17)",
    "  mta-sts.example.com ttl 300 CNAME pages.example.net (zones/example.com.zone:5:15)",
  ]);
  expect(text).toMatch(/_smtp\._tls\.example\.com ttl 300 TXT not determined here: .*box/);
  expect(text).toContain("\nlists.example.com, from its _mta-sts record in the record files\n");
});

describe("what cannot be collected", () => {
  const refused = (args: readonly string[], folder?: string): Promise<unknown> =>
    collected(args, folder).catch((error: unknown) => error);

  test.each<[readonly string[], string, new (...args: never[]) => Error]>([
    [["--format", "github"], "has no such value", OptionError],
    [["a.example", "b.example"], "one domain a run", OptionError],
    [["a.example", "--domain", "b.example"], "said twice", OptionError],
    [["other.example"], "nothing to judge", CollectError],
  ])("%j", async (args, message, kind) => {
    const error = await refused(args);
    expect(error).toBeInstanceOf(kind);
    expect((error as Error).message).toContain(message);
  });

  test("no checkout", async () => expect(await refused([], "/")).toBeInstanceOf(OptionError));
});
