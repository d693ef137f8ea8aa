// §1 of the catalogue: what DNS can do.
import { DNS_FAULTS } from "../../../src/demo/dns-faults.ts";
import { asked, BY_HAND, MX1, mxCertificate, POLICY_HOST, type Row, record, zoned } from "./entry.ts";

const OWNER = "_mta-sts.example.com";
const named = (name: (typeof DNS_FAULTS)[number]) => record((answer) => ({ kind: "named", name, answer }));
const txt = (...data: readonly (readonly string[])[]) =>
  record({ kind: "records", records: data.map((strings) => ({ name: OWNER, type: "TXT", data: strings })) });
const alias = (from: string, to: string) => ({ name: from, type: "CNAME", data: to });
const hops = Array.from({ length: 10 }, (_, at) =>
  alias(at === 0 ? OWNER : `a${at}.example.com`, `a${at + 1}.example.com`),
);
/** The whole world is behind a proxy, so that no run leaves loopback. */
export const PROXIED =
  "FAULTS P02: behind a proxy a refusal may be the proxy's own; SPEC.md §5 mx-unreachable: the host counts as unknown.";
const DEAD = "198.51.100.99";
const byHand = (inputs = {}) => ({ ...BY_HAND, inputs: { ...BY_HAND.inputs, ...inputs } });
const mxSet = (...hosts: readonly string[]) =>
  zoned({ "example.com": { MX: hosts.map((host) => [10, host] as const) } });
const many = (count: number, text: (at: number) => string) => Array.from({ length: count }, (_, at) => text(at));

const MALFORMED = [
  "pointer-loop",
  "long-label",
  "long-name",
  "length-overrun",
  "no-question",
  "too-many-counted",
] as const;

export const DNS: readonly Row[] = [
  { id: "D01", what: "no answer", row: "unknown", within: 10, arrange: record({ kind: "drop" }) },
  {
    id: "D01",
    what: "no answer over TCP",
    row: "unknown",
    within: 10,
    arrange: record((answer) => ({ kind: "tcp-silent", answer })),
  },
  { id: "D02", what: "nobody listens", row: "unknown", within: 2, change: { inputs: { resolver: "127.0.0.1:1" } } },
  { id: "D03", what: "SERVFAIL", row: "unknown", within: 10, arrange: record({ kind: "rcode", rcode: 2 }) },
  ...(
    [
      ["REFUSED", 5],
      ["NOTIMP", 4],
      ["FORMERR", 1],
    ] as const
  ).map(
    ([what, rcode]): Row => ({
      id: "D04",
      what,
      row: "unknown",
      within: 10,
      arrange: record({ kind: "rcode", rcode }),
    }),
  ),
  { id: "D04", what: "BADVERS", row: "unknown", within: 10, arrange: named("badvers") },
  { id: "D05", what: "lame delegation", row: "unknown", within: 10, arrange: named("referral") },
  {
    id: "D06",
    what: "NXDOMAIN for _mta-sts",
    row: "blocked",
    within: 5,
    arrange: record({ kind: "no-such-name", records: [] }),
  },
  {
    id: "D07",
    what: "no TXT at _mta-sts",
    row: "blocked",
    within: 5,
    arrange: record({ kind: "no-data", records: [] }),
  },
  { id: "D08", what: "nothing, and no SOA", row: "unknown", within: 10, arrange: named("empty") },
  {
    id: "D09",
    what: "NXDOMAIN for mta-sts",
    row: "blocked",
    within: 5,
    arrange: (internet) => {
      internet.dnsFault = ({ name }) => (name === POLICY_HOST ? { kind: "no-such-name", records: [] } : undefined);
    },
  },
  {
    id: "D10",
    what: "forged id, then the answer",
    row: "ready",
    within: 5,
    arrange: record((answer) => ({
      kind: "spoofed-then-real",
      forged: { kind: "no-such-name", records: [] },
      answer,
    })),
  },
  {
    id: "D11",
    what: "forged id only",
    row: "unknown",
    within: 10,
    arrange: record((answer) => ({ kind: "wrong-id", answer })),
  },
  {
    id: "D11",
    what: "another question only",
    row: "unknown",
    within: 10,
    arrange: record((answer) => ({ kind: "wrong-question", answer })),
  },
  {
    id: "D12",
    what: "TC, then TCP",
    row: "ready",
    within: 10,
    arrange: record((answer) => ({ kind: "truncated", answer })),
  },
  ...(["tcp-reset", "tcp-cut", "tcp-length"] as const).map(
    (kind): Row => ({
      id: "D13",
      what: `TC, then ${kind}`,
      row: "unknown",
      within: 10,
      arrange: record((answer) => ({ kind, answer })),
    }),
  ),
  {
    id: "D14",
    what: "TCP drips",
    row: "unknown",
    within: 10,
    arrange: record((answer) => ({ kind: "tcp-drip", answer })),
  },
  {
    id: "D15",
    what: "a loop of CNAMEs",
    row: "blocked",
    within: 10,
    arrange: record({ kind: "records", records: [alias(OWNER, "a.example.com"), alias("a.example.com", OWNER)] }),
  },
  { id: "D15", what: "ten CNAMEs", row: "blocked", within: 10, arrange: record({ kind: "records", records: hops }) },
  {
    id: "D16",
    what: "a CNAME to nowhere",
    row: "blocked",
    within: 10,
    arrange: record({ kind: "no-such-name", records: [alias(OWNER, "gone.example.net")] }),
  },
  {
    id: "D17",
    what: "a CNAME beside the record",
    row: "blocked",
    instead: ["unknown", "SPEC.md §4: malformed is an outcome of its own, and says nothing about the record."],
    within: 5,
    arrange: record({
      kind: "records",
      records: [alias(OWNER, "other.example.net"), { name: OWNER, type: "TXT", data: ["v=STSv1; id=A;"] }],
    }),
  },
  { id: "D18", what: "two STS records", row: "blocked", within: 5, arrange: txt(["v=STSv1; id=A"], ["v=STSv1; id=Z"]) },
  { id: "D18", what: "other TXT only", row: "blocked", within: 5, arrange: txt(["v=spf1 -all"], ["x"]) },
  { id: "D18", what: "one record in two strings", row: "ready", within: 5, arrange: txt(["v=STSv1; ", "id=A"]) },
  {
    id: "D18",
    what: "a record of 255 octets beside one of 510",
    row: "ready",
    within: 5,
    arrange: txt(["v=STSv1; id=A;".padEnd(255, " ")], ["x".repeat(255), "x".repeat(255)]),
  },
  { id: "D19", what: "TTL 0", row: "ready", within: 5, arrange: named("ttl-0") },
  { id: "D19", what: "TTL 2^31", row: "ready", within: 5, arrange: named("ttl-2^31") },
  {
    id: "D19",
    what: "the address changes after the first answer",
    row: "ready",
    within: 5,
    arrange: (internet) => {
      const before = internet.questions.length;
      internet.dnsFault = ({ name, type }) => {
        if (name !== "mx1.example.com" || type !== "A") return undefined;
        const times = internet.questions.slice(before).filter((one) => one.name === name && one.type === type).length;
        return { kind: "records", records: [{ name, type, data: times === 1 ? MX1 : DEAD }] };
      };
    },
  },
  ...(
    [
      ["refused", "refused"],
      ["silent", "silent"],
    ] as const
  ).map(
    ([what, route]): Row => ({
      id: "D20",
      what: `four addresses, one ${what}`,
      row: route === "refused" ? "blocked" : "unknown",
      ...(route === "refused" && { instead: ["unknown", PROXIED] as const }),
      within: 60,
      arrange: async (internet) => {
        const more = [DEAD, "198.51.100.97", "198.51.100.98"];
        internet.zone["mx1.example.com"] = { A: [MX1, ...more] };
        await mxCertificate({})(internet);
        const accept = internet.mx.get(MX1)?.accept ?? "refused";
        internet.routeFault = (at) => (at === DEAD ? route : more.includes(at) ? accept : undefined);
      },
    }),
  ),
  {
    id: "D20",
    what: "two addresses, one with another certificate",
    row: "blocked",
    within: 60,
    arrange: async (internet) => {
      internet.zone["mx1.example.com"] = { A: [MX1, DEAD] };
      await mxCertificate({})(internet);
      const accept = internet.mx.get("198.51.100.11")?.accept ?? "refused";
      internet.routeFault = (at) => (at === DEAD ? accept : undefined);
    },
  },
  {
    id: "D21",
    what: "AAAA SERVFAIL",
    row: "unknown",
    instead: ["ready", "SPEC.md §4: missing IPv6 costs nothing where an IPv4 address of the host answered."],
    within: 10,
    arrange: asked("mx1.example.com", "AAAA", { kind: "rcode", rcode: 2 }),
  },
  { id: "D22", notHere: "The proxy of this world reaches IPv6 too; test/world/dial.test.ts has no-ipv6." },
  {
    id: "D23",
    what: "addresses that are not global",
    row: "unknown",
    within: 5,
    change: { inputs: { "allow-private-networks": "false" } },
  },
  ...["169.254.169.254", "168.63.129.16", "224.0.0.1", "255.255.255.255"].map(
    (address): Row => ({
      id: "D23",
      what: address,
      row: "unknown",
      within: 5,
      arrange: zoned({ "mx1.example.com": { A: [address] } }),
    }),
  ),
  {
    id: "D24",
    what: "null MX",
    row: "blocked",
    instead: ["ready", "SPEC.md §5: mx-null is a notice; no mail is lost that anyone accepts."],
    within: 10,
    change: byHand(),
    arrange: zoned({ "example.com": { MX: [[0, "."]] } }),
  },
  { id: "D24", what: "no MX", row: "blocked", within: 10, change: byHand(), arrange: zoned({ "example.com": {} }) },
  {
    id: "D24",
    what: "21 MX",
    row: "unknown",
    instead: ["blocked", "SPEC.md §5: mx-not-covered needs no probe, and these are not covered."],
    within: 10,
    change: byHand(),
    arrange: mxSet(...many(21, (at) => `h${at}.example.com`)),
  },
  {
    id: "D24",
    what: "an address as MX",
    row: "blocked",
    instead: [
      "unknown",
      "RFC 5321 §5.1: MX records of which none is usable are an error of the domain's; what senders do is not known.",
    ],
    within: 10,
    change: byHand(),
    arrange: mxSet("192.0.2.1"),
  },
  {
    id: "D24",
    what: "octets that no host name has",
    row: "blocked",
    instead: [
      "unknown",
      "RFC 5321 §5.1: MX records of which none is usable are an error of the domain's; what senders do is not known.",
    ],
    within: 10,
    change: byHand(),
    arrange: mxSet("m x\u0001.example.com"),
  },
  {
    id: "D24",
    what: "MX is an alias",
    row: "ready",
    within: 10,
    arrange: zoned({ "mx1.example.com": { CNAME: "real.example.com" }, "real.example.com": { A: [MX1] } }),
  },
  {
    id: "D25",
    notHere:
      "One run asks each question once (single flight); the zone's servers are compared in test/world/authority-finder.test.ts.",
  },
  { id: "D26", notHere: "Needs two resolvers that disagree; `resolver` takes one, and SPEC.md makes no DNSSEC claim." },
  { id: "D27", notHere: "SPEC.md knows no canary question." },
  ...MALFORMED.map((name): Row => ({ id: "D28", what: name, row: "unknown", within: 2, arrange: named(name) })),
  {
    id: "D29",
    what: "300 addresses",
    row: "blocked",
    instead: ["unknown", "SPEC.md §8: blocked may become unknown; no address was contacted in vain."],
    within: 5,
    arrange: asked("mx1.example.com", "A", {
      kind: "truncated",
      answer: {
        kind: "records",
        records: many(300, (at) => `198.51.${at >> 8}.${at & 255}`).map((data) => ({
          name: "mx1.example.com",
          type: "A",
          data,
        })),
      },
    }),
  },
  {
    id: "D29",
    what: "1,000 TXT records",
    row: "blocked",
    instead: ["unknown", "SPEC.md §4: above 512 records the answer counts as malformed."],
    within: 5,
    arrange: record({
      kind: "truncated",
      answer: {
        kind: "records",
        records: many(1_000, (at) => `x${at}`).map((data) => ({ name: OWNER, type: "TXT", data: [data] })),
      },
    }),
  },
  ...["0.0.0.0", "nameserver", "127.0.0.1:0"].map(
    (resolver): Row => ({
      id: "D30",
      what: `resolver: ${resolver}`,
      row: "configuration",
      within: 1,
      change: { inputs: { resolver } },
    }),
  ),
  ...(["two-opt", "opt-payload-0", "opt-bad-cookie"] as const).map(
    (name): Row => ({
      id: "D31",
      what: name,
      row: name === "two-opt" ? "unknown" : "ready",
      within: 10,
      arrange: named(name),
    }),
  ),
  { id: "D32", what: "capitals in the answer", row: "ready", within: 5, arrange: named("other-case") },
];
