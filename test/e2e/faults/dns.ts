// §1 of the catalogue: what DNS can do.
import { DNS_FAULTS } from "../../../src/demo/dns-faults.ts";
import { POLICY_ADDRESS } from "../../../src/demo/internet.ts";
import { asked, behind, BY_HAND, ENFORCED, MX1, mxCertificate, POLICY_HOST, record, type Row, zoned } from "./entry.ts";

const OWNER = "_mta-sts.example.com";
const named = (name: (typeof DNS_FAULTS)[number]) => record((answer) => ({ kind: "named", name, answer }));
const txt = (...data: readonly (readonly string[])[]) =>
  record({ kind: "records", records: data.map((strings) => ({ name: OWNER, type: "TXT", data: strings })) });
const alias = (from: string, to: string) => ({ name: from, type: "CNAME", data: to });
const hops = Array.from({ length: 10 }, (_, at) => alias(at === 0 ? OWNER : `a${at}.example.com`, `a${at + 1}.example.com`));
const DEAD = "198.51.100.99";
const byHand = (inputs = {}) => ({ ...BY_HAND, inputs: { ...BY_HAND.inputs, ...inputs } });
const mxSet = (...hosts: readonly string[]) => zoned({ "example.com": { MX: hosts.map((host) => [10, host] as const) } });
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
  { id: "D01", what: "no answer", row: "unknown", within: 10, tells: "", arrange: record({ kind: "drop" }) },
  {
    id: "D01",
    what: "no answer over TCP",
    row: "unknown",
    within: 10,
    tells: "",
    arrange: record((answer) => ({ kind: "tcp-silent", answer })),
  },
  { id: "D02", what: "nobody listens", row: "unknown", within: 2, tells: "", change: { inputs: { resolver: "127.0.0.1:1" } } },
  { id: "D03", what: "SERVFAIL", row: "unknown", within: 10, tells: "", arrange: record({ kind: "rcode", rcode: 2 }) },
  ...([["REFUSED", 5], ["NOTIMP", 4], ["FORMERR", 1]] as const).map(
    ([what, rcode]): Row => ({ id: "D04", what, row: "unknown", within: 10, tells: "", arrange: record({ kind: "rcode", rcode }) }),
  ),
  { id: "D04", what: "BADVERS", row: "unknown", within: 10, tells: "", arrange: named("badvers") },
  { id: "D05", what: "lame delegation", row: "unknown", within: 10, tells: "", arrange: named("referral") },
  {
    id: "D06",
    what: "NXDOMAIN for _mta-sts",
    row: "blocked",
    within: 5,
    tells: "",
    arrange: record({ kind: "no-such-name", records: [] }),
  },
  { id: "D07", what: "no TXT at _mta-sts", row: "blocked", within: 5, tells: "", arrange: record({ kind: "no-data", records: [] }) },
  { id: "D08", what: "nothing, and no SOA", row: "unknown", within: 10, tells: "", arrange: named("empty") },
  {
    id: "D09",
    what: "NXDOMAIN for mta-sts",
    row: "blocked",
    within: 5,
    tells: "",
    arrange: (internet) => {
      internet.dnsFault = ({ name }) => (name === POLICY_HOST ? { kind: "no-such-name", records: [] } : undefined);
    },
  },
  {
    id: "D10",
    what: "forged id, then the answer",
    row: "ready",
    within: 5,
    tells: "",
    arrange: record((answer) => ({
      kind: "spoofed-then-real",
      forged: { kind: "no-such-name", records: [] },
      answer,
    })),
  },
  { id: "D11", what: "forged id only", row: "unknown", within: 10, tells: "", arrange: record((answer) => ({ kind: "wrong-id", answer })) },
  {
    id: "D11",
    what: "another question only",
    row: "unknown",
    within: 10,
    tells: "",
    arrange: record((answer) => ({ kind: "wrong-question", answer })),
  },
  { id: "D12", what: "TC, then TCP", row: "ready", within: 10, tells: "", arrange: record((answer) => ({ kind: "truncated", answer })) },
  ...(["tcp-reset", "tcp-cut", "tcp-length"] as const).map(
    (kind): Row => ({
      id: "D13",
      what: `TC, then ${kind}`,
      row: "unknown",
      within: 10,
      tells: "",
      arrange: record((answer) => ({ kind, answer })),
    }),
  ),
  { id: "D14", what: "TCP drips", row: "unknown", within: 10, tells: "", arrange: record((answer) => ({ kind: "tcp-drip", answer })) },
  {
    id: "D15",
    what: "a loop of CNAMEs",
    row: "blocked",
    within: 10,
    tells: "",
    arrange: record({ kind: "records", records: [alias(OWNER, "a.example.com"), alias("a.example.com", OWNER)] }),
  },
  { id: "D15", what: "ten CNAMEs", row: "blocked", within: 10, tells: "", arrange: record({ kind: "records", records: hops }) },
  {
    id: "D16",
    what: "a CNAME to nowhere",
    row: "blocked",
    within: 10,
    tells: "",
    arrange: record({ kind: "no-such-name", records: [alias(OWNER, "gone.example.net")] }),
  },
  {
    id: "D17",
    what: "a CNAME beside the record",
    row: "blocked",
    within: 5,
    tells: "",
    arrange: record({
      kind: "records",
      records: [alias(OWNER, "other.example.net"), { name: OWNER, type: "TXT", data: ["v=STSv1; id=A;"] }],
    }),
  },
  { id: "D18", what: "two STS records", row: "blocked", within: 5, tells: "", arrange: txt(["v=STSv1; id=A"], ["v=STSv1; id=Z"]) },
  { id: "D18", what: "other TXT only", row: "blocked", within: 5, tells: "", arrange: txt(["v=spf1 -all"], ["x"]) },
  { id: "D18", what: "one record in two strings", row: "ready", within: 5, tells: "", arrange: txt(["v=STSv1; ", "id=A"]) },
  {
    id: "D18",
    what: "a record of 1,021 octets",
    row: "ready",
    within: 5,
    tells: "",
    arrange: txt(["v=STSv1; id=A;".padEnd(255, " "), "a".repeat(1)].slice(0, 1), ["x".repeat(255), "x".repeat(255)]),
  },
  { id: "D19", what: "TTL 0", row: "ready", within: 5, tells: "", arrange: named("ttl-0") },
  { id: "D19", what: "TTL 2^31", row: "ready", within: 5, tells: "", arrange: named("ttl-2^31") },
  {
    id: "D19",
    what: "the address changes after the first answer",
    row: "ready",
    within: 5,
    tells: "",
    arrange: (internet) => {
      const before = internet.questions.length;
      internet.dnsFault = ({ name, type }) => {
        if (name !== "mx1.example.com" || type !== "A") return undefined;
        const times = internet.questions.slice(before).filter((one) => one.name === name && one.type === type).length;
        return { kind: "records", records: [{ name, type, data: times === 1 ? MX1 : DEAD }] };
      };
    },
  },
  ...([["refused", "refused"], ["silent", "silent"]] as const).map(
    ([what, route]): Row => ({
      id: "D20",
      what: `four addresses, one ${what}`,
      row: route === "refused" ? "blocked" : "unknown",
      within: 60,
      tells: "",
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
    tells: "",
    arrange: async (internet) => {
      internet.zone["mx1.example.com"] = { A: [MX1, DEAD] };
      await mxCertificate({})(internet);
      const accept = internet.mx.get("198.51.100.11")?.accept ?? "refused";
      internet.routeFault = (at) => (at === DEAD ? accept : undefined);
    },
  },
  { id: "D21", what: "AAAA SERVFAIL", row: "unknown", within: 10, tells: "", arrange: asked("mx1.example.com", "AAAA", { kind: "rcode", rcode: 2 }) },
  { id: "D22", notHere: "Loopback always has IPv6 or a proxy before it; test/world/internet.test.ts has no-ipv6." },
  { id: "D23", what: "addresses that are not global", row: "unknown", within: 5, tells: "", change: { inputs: { "allow-private-networks": "false" } } },
  ...["169.254.169.254", "168.63.129.16", "224.0.0.1", "255.255.255.255"].map(
    (address): Row => ({ id: "D23", what: address, row: "unknown", within: 5, tells: "", arrange: zoned({ "mx1.example.com": { A: [address] } }) }),
  ),
  { id: "D24", what: "null MX", row: "blocked", within: 10, tells: "", change: byHand(), arrange: mxSet(".") },
  { id: "D24", what: "no MX", row: "blocked", within: 10, tells: "", change: byHand(), arrange: zoned({ "example.com": {} }) },
  { id: "D24", what: "21 MX", row: "unknown", within: 10, tells: "", change: byHand(), arrange: mxSet(...many(21, (at) => `h${at}.example.com`)) },
  { id: "D24", what: "an address as MX", row: "blocked", within: 10, tells: "", change: byHand(), arrange: mxSet("192.0.2.1") },
  { id: "D24", what: "octets that no host name has", row: "blocked", within: 10, tells: "", change: byHand(), arrange: mxSet("m x\u0001.example.com") },
  {
    id: "D24",
    what: "MX is an alias",
    row: "ready",
    within: 10,
    tells: "",
    arrange: zoned({ "mx1.example.com": { CNAME: "real.example.com" }, "real.example.com": { A: [MX1] } }),
  },
  { id: "D25", notHere: "One run asks each question once (single flight); the zone's servers are compared in test/world/authority-finder.test.ts." },
  { id: "D26", notHere: "Needs two resolvers that disagree; `resolver` takes one, and SPEC.md makes no DNSSEC claim." },
  { id: "D27", notHere: "SPEC.md knows no canary question." },
  ...MALFORMED.map((name): Row => ({ id: "D28", what: name, row: "unknown", within: 2, tells: "", arrange: named(name) })),
  {
    id: "D29",
    what: "300 addresses",
    row: "blocked",
    within: 5,
    tells: "",
    arrange: asked("mx1.example.com", "A", {
      kind: "truncated",
      answer: {
        kind: "records",
        records: many(300, (at) => `198.51.${at >> 8}.${at & 255}`).map((data) => ({ name: "mx1.example.com", type: "A", data })),
      },
    }),
  },
  {
    id: "D29",
    what: "1,000 TXT records",
    row: "blocked",
    within: 5,
    tells: "",
    arrange: record({
      kind: "truncated",
      answer: { kind: "records", records: many(1_000, (at) => `x${at}`).map((data) => ({ name: OWNER, type: "TXT", data: [data] })) },
    }),
  },
  ...["0.0.0.0", "nameserver", "127.0.0.1:0"].map(
    (resolver): Row => ({ id: "D30", what: `resolver: ${resolver}`, row: "configuration", within: 1, tells: "", change: { inputs: { resolver } } }),
  ),
  ...(["two-opt", "opt-payload-0", "opt-bad-cookie"] as const).map(
    (name): Row => ({ id: "D31", what: name, row: name === "two-opt" ? "unknown" : "ready", within: 10, tells: "", arrange: named(name) }),
  ),
  { id: "D32", what: "capitals in the answer", row: "ready", within: 5, tells: "", arrange: named("other-case") },
];
void [behind, ENFORCED, POLICY_ADDRESS];
