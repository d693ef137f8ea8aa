// What outside text, the environment, the network and the clock can make of a run of the bundle: never more than "not ready".
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { API_FAULTS } from "../../src/demo/api-faults.ts";
import type { DnsQuestion, DnsReply } from "../../src/demo/dns-server.ts";
import { type Internet, presented } from "../../src/demo/internet.ts";
import { commandsIn } from "../../src/demo/workflow-commands.ts";
import { githubPage } from "../report/github-page.ts";
import { HOSTILE } from "../report/hostile.ts";
import {
  type Arrange,
  type Change,
  failures,
  files,
  type Judged,
  type MxState,
  policy,
  type Stage,
  zone,
} from "./stage.ts";
import { openStages, type Stages } from "./stages.ts";

let stages: Stages;
let folder: string;
beforeAll(async () => {
  [stages, folder] = await Promise.all([openStages(5), mkdtemp(join(tmpdir(), "mta-sts-gate-safety-"))]);
  await writeFile(join(folder, "watch.mjs"), WATCH);
});
afterAll(async () => {
  await stages.close();
  await rm(folder, { recursive: true, force: true });
});

const TESTING = policy("testing", 86_400, "mx1", "mx2");
const ENFORCE = policy("enforce", 86_400, "mx1", "mx2");
const GOOD = { mx1: "good", mx2: "good" } as const;
const LIVE = { policy: TESTING, id: "A", mx: GOOD } as const;
/** Needs everything: record, policy, MX, addresses and probes. */
const ENFORCED: Change = { base: files(TESTING, "A"), head: files(ENFORCE, "B"), deployed: LIVE };
const EXPIRED: Change = { ...ENFORCED, deployed: { ...LIVE, mx: { mx1: "good", mx2: "expired" } } };

const told = ({ stdout, stderr }: Judged): string => `${stdout}${stderr}`;
const judge = (change: Change, prepare: (stage: Stage) => void = () => undefined): Promise<Judged> =>
  stages.use((stage) => {
    prepare(stage);
    return stage.judge(change);
  });
const outcome = ({ status, outputs }: Judged) => [status, outputs["verdict"]];
const quiet = { comment: "never" };

// --- Text from outside -------------------------------------------------------------------------------------------------

const OURS =
  /^<(h[23]|p|ul|ol|li|strong|em|sub|br|pre|hr \/|code class="language-(dns|text|diff|mermaid)"|table|thead|tbody|tr|t[hd]( align="\w+")?|details|summary|!-- mta-sts-gate:default --|!-- as of [^>]* head [0-9a-f]+ --|a href="https:\/\/github\.com\/example\/mail-policy\/[^"]*")>$/;

/** No command, control character, link, image or mention but our own. */
function expectInert(judged: Judged): void {
  const log = told(judged);
  for (const command of [...commandsIn(log), ...judged.commands]) {
    const { name, properties } = command;
    // A long report is folded; the group's title is ours.
    if (["group", "endgroup"].includes(name)) {
      expect("data" in command ? command.data : command.text).toMatch(/^(The report, \d+ lines)?$/);
      continue;
    }
    expect(["error", "warning", "notice"], log).toContain(name);
    expect(properties["title"], log).toMatch(/^(mta-sts-gate|[a-z]+(-[a-z]+)+(: unknown)?|\d+ more)$/);
  }
  expect(log).not.toMatch(/[^\n\P{Cc}]|\p{Cf}|\p{Zl}|\p{Zp}|\p{Cs}/u);
  expect(Object.keys(judged.outputs)).not.toContain("name");
  for (const value of Object.values(judged.outputs)) expect(value).toMatch(/^[\w./-]*$/);
  for (const source of [judged.summary, ...judged.comments]) {
    expect(source).not.toMatch(/[^\n\P{Cc}]|[\u202a-\u202e\u2066-\u2069\u2028\u2029\u200b]/u);
    const { active, tags } = githubPage(source);
    expect(active, source).toEqual([]);
    expect(
      tags.filter((tag) => !OURS.test(tag)),
      source,
    ).toEqual([]);
  }
}

const oneLine = (text: string): string => text.replace(/[\r\n\u2028\u2029]+/g, " ").replace(/\p{Cs}/gu, "");
const latin = (text: string): string => oneLine(text).replace(/[^\x01-\xff]/g, "?");
const COMMANDS = "::error file=a::x ##[add-mask]ready ::stop-commands::t";
const MARKDOWN = "](https://evil.example) <img src=x> @octocat #1 ``` | **x**";

const TEXTS: readonly [string, Change][] = [
  [
    "banners",
    {
      ...ENFORCED,
      deployed: { ...LIVE, mx: { mx1: { behaviour: "banner-injection" }, mx2: { behaviour: "refusal-injection" } } },
    },
  ],
  [
    "SMTP replies",
    {
      ...ENFORCED,
      deployed: { ...LIVE, mx: { mx1: { behaviour: "ehlo-injection" }, mx2: { behaviour: "starttls-injection" } } },
    },
  ],
  [
    "every banner that we know",
    {
      ...ENFORCED,
      deployed: {
        ...LIVE,
        mx: Object.fromEntries(HOSTILE.map((text, at) => [`mx${at + 1}`, { banner: `554 ${latin(text)}` }])),
      },
    },
  ],
  [
    "certificate names",
    {
      ...ENFORCED,
      arrange: async ({ placeMx, authority }) => {
        const names = [COMMANDS, MARKDOWN, ...HOSTILE.map(latin)];
        await placeMx("198.51.100.10", { tls: presented(authority.issue({ names })) });
        const { certPem, keyPem } = authority.issue({
          names: [MARKDOWN],
          commonName: `${COMMANDS}\n${MARKDOWN}`,
          by: "self",
        });
        await placeMx("198.51.100.11", { tls: { cert: certPem, key: keyPem } });
      },
    },
  ],
  [
    "the policy host's certificate",
    {
      ...ENFORCED,
      arrange: (internet) => {
        const identity = presented(internet.authority.issue({ names: [COMMANDS, MARKDOWN], commonName: COMMANDS }));
        internet.sites = { "mta-sts.example.com": { identity, reply: { kind: "policy", body: TESTING } } };
      },
    },
  ],
  [
    "the deployed policy",
    {
      ...ENFORCED,
      deployed: { ...LIVE, policy: `version: STSv1\nmode: ${COMMANDS}\n${HOSTILE.join("\n")}\nmx: ${MARKDOWN}\n` },
    },
  ],
  [
    "its media type",
    {
      ...ENFORCED,
      deployed: {
        ...LIVE,
        policy: { kind: "policy", body: TESTING, contentType: `text/plain ${COMMANDS} ${MARKDOWN}` },
      },
    },
  ],
  [
    "a redirect's target",
    {
      ...ENFORCED,
      deployed: { ...LIVE, policy: { kind: "redirect", location: `https://evil.example/${COMMANDS}${MARKDOWN}` } },
    },
  ],
  [
    "no HTTP at all",
    { ...ENFORCED, deployed: { ...LIVE, policy: { kind: "raw", text: `${COMMANDS}\r\n\r\n${MARKDOWN}` } } },
  ],
  [
    "the proposed policy",
    {
      ...ENFORCED,
      head: files(`version: STSv1\nmode: ${COMMANDS}\n${HOSTILE.join("\n")}\nmx: ${MARKDOWN}\nmax_age: 1\n`, "B"),
    },
  ],
  ["TXT records", { ...ENFORCED, arrange: texts(`v=STSv1; id=${COMMANDS}${MARKDOWN}`, ...HOSTILE.map(latin)) }],
  ["two STS records", { ...ENFORCED, arrange: texts(`v=STSv1; id=${COMMANDS}`, `v=STSv1; ${MARKDOWN}`) }],
  [
    "the record in a zone file",
    {
      ...ENFORCED,
      head: {
        ...files(ENFORCE),
        "zones/example.com.zone": zone("B", "mx1", "mx2").replace(
          "id=B",
          `id=${COMMANDS.replace(/;/g, "")} ${MARKDOWN}`,
        ),
      },
    },
  ],
  [
    "a broken line of a zone file",
    {
      ...ENFORCED,
      head: { ...files(ENFORCE), "zones/example.com.zone": `${zone("B", "mx1")}@ IN MX ${COMMANDS} ${MARKDOWN}\n` },
    },
  ],
  [
    "MX names",
    {
      ...ENFORCED,
      arrange: ({ zone: names }) =>
        void (names["example.com"] = {
          MX: [
            [10, "::error::x##[debug]y.example.com"],
            [20, "`<img>@octocat.example.com"],
          ],
        }),
    },
  ],
  [
    "a zone file's name",
    {
      ...ENFORCED,
      head: {
        ...files(ENFORCE),
        [`zones/${COMMANDS.replace(/\//g, "")}\n::error::x ${MARKDOWN.replace(/\//g, "")}.zone`]: "@ IN MX ten x\n",
      },
    },
  ],
  [
    "a policy file's folder",
    {
      ...ENFORCED,
      head: { [`a/${COMMANDS}\r\n##[error]${MARKDOWN.replace(/\//g, "")}/.well-known/mta-sts.txt`]: TESTING },
    },
  ],
  [
    "a CNAME file",
    { ...ENFORCED, head: { "x/.well-known/mta-sts.txt": TESTING, "x/CNAME": `${COMMANDS}\n${MARKDOWN}` } },
  ],
  [
    "config keys",
    {
      ...ENFORCED,
      head: { ...ENFORCED.head, ".github/mta-sts-gate.yml": `${JSON.stringify(`${COMMANDS}\n${MARKDOWN}`)}: 1\n` },
    },
  ],
  [
    "broken YAML",
    { ...ENFORCED, head: { ...ENFORCED.head, ".github/mta-sts-gate.yml": `a: [${COMMANDS} @${MARKDOWN}\n` } },
  ],
  [
    "a waiver's reason",
    {
      ...EXPIRED,
      head: {
        ...EXPIRED.head,
        ".github/mta-sts-gate.yml": `waive:\n  - {domain: example.com, rule: mx-refused, until: 2099-12-31, reason: ${JSON.stringify(`${COMMANDS}\n${MARKDOWN}`)}}\n`,
      },
    },
  ],
  ["inputs", { ...ENFORCED, inputs: { base: `${COMMANDS}\n${MARKDOWN}` } }],
  ["the name of an input", { ...ENFORCED, inputs: { [`x\n${COMMANDS}`]: MARKDOWN } }],
  ["a record id", { ...ENFORCED, inputs: { "record-id": `${COMMANDS} ${MARKDOWN}` } }],
  ["the event", { ...ENFORCED, eventName: `x ${COMMANDS}\n::error::${MARKDOWN}`, payload: {} }],
];

function texts(...records: readonly string[]): Arrange {
  return ({ zone: names }: Internet) => {
    names["_mta-sts.example.com"] = { TXT: records };
    names["_smtp._tls.example.com"] = { TXT: records.map((text) => text.replace("STSv1", "TLSRPTv1")) };
  };
}

describe("text from outside is inert in log, summary, comment and outputs", () => {
  test.concurrent.each(TEXTS)("%s", async (source, change) => {
    const judged = await judge(change);
    expectInert(judged);
    expect([0, 1, 2, 3], told(judged)).toContain(judged.status);
    expect(told(judged)).not.toMatch(/internal error/);
    // The waiver holds, and a media type is only advice; nothing else here leaves a change ready.
    const verdict = /waiver|media type/.test(source) ? /^ready$/ : /^(blocked|unknown)$/;
    expect(judged.outputs["verdict"], told(judged)).toMatch(verdict);
  });

  test.concurrent("the API's messages are not repeated", async () => {
    const judged = await judge(EXPIRED, ({ api }) => {
      api.fault = () => ({ status: 403, body: JSON.stringify({ message: `\n${COMMANDS}\n${MARKDOWN}` }) });
    });
    expectInert(judged);
    expect(outcome(judged)).toEqual([1, "blocked"]);
  });
});

// --- Where it connects to, and what the environment may say ------------------------------------------------------------

/** Loaded before the bundle: writes down every connection, and lets none leave loopback. */
const WATCH = `
import { appendFileSync } from "node:fs";
import { Socket } from "node:net";
import { Socket as Datagrams } from "node:dgram";
const note = (host, port) => {
  appendFileSync(process.env.WATCH_LOG, host + ":" + port + "\\n");
  if (!/^(127\\.[0-9.]+|::1)$/.test(host)) throw new Error("left loopback");
};
const { connect } = Socket.prototype;
Socket.prototype.connect = function (...given) {
  const options = [given[0]].flat()[0];
  if (options.path === undefined) note(String(options.host ?? "localhost"), options.port);
  return connect.apply(this, given);
};
const { connect: associate, send } = Datagrams.prototype;
Datagrams.prototype.connect = function (port, host, ...rest) {
  note(String(host ?? "localhost"), port);
  return associate.call(this, port, host, ...rest);
};
Datagrams.prototype.send = function (...given) {
  if (given.length > 3) note(String(given.find((one) => typeof one === "string") ?? "localhost"), 0);
  return send.apply(this, given);
};
`;

let watched = 0;
async function watch(stage: Stage, change: Change): Promise<{ judged: Judged; met: readonly string[] }> {
  watched += 1;
  const log = join(folder, `watch-${watched}.log`);
  await writeFile(log, "");
  const options = `--import=${pathToFileURL(join(folder, "watch.mjs")).href}`;
  const judged = await stage.judge({ ...change, env: { ...change.env, WATCH_LOG: log, NODE_OPTIONS: options } });
  return { judged, met: [...new Set((await readFile(log, "utf8")).split("\n").filter(Boolean))].toSorted() };
}

/** Of a block that IANA marks globally reachable and that holds no mail host (RFC 7535). Only ever named to the proxy. */
const GLOBAL = { "mta-sts": "192.31.196.80", mx1: "192.31.196.10", mx2: "192.31.196.11" } as const;

function at(addresses: Readonly<Record<string, string>>): Arrange {
  return async (internet) => {
    for (const [name, address] of Object.entries({ ...GLOBAL, ...addresses })) {
      internet.zone[`${name}.example.com`] = address.includes(":") ? { AAAA: [address] } : { A: [address] };
      if (name === "mta-sts") internet.policyAddresses = [address];
      else
        await internet.placeMx(address, {
          tls: presented(internet.authority.issue({ names: [`${name}.example.com`] })),
        });
    }
  };
}

const since = ({ internet: { proxied } }: Stage): (() => readonly string[]) => {
  const before = proxied.length;
  return () => proxied.slice(before);
};

describe("where it connects to", () => {
  const PUBLIC = { "allow-private-networks": "false", ...quiet };
  const resolverAndProxy = ({ internet: { inputs } }: Stage) =>
    [inputs.resolver, inputs.proxy.replace("socks5://", "")].toSorted();

  test.concurrent("the resolver, the proxy and the API; the report names every one", async () => {
    await stages.use(async (stage) => {
      const { judged, met } = await watch(stage, {
        ...ENFORCED,
        arrange: at({}),
        inputs: { "allow-private-networks": "false" },
      });
      expect(outcome(judged), told(judged)).toEqual([0, "ready"]);
      expect(met).toEqual([...resolverAndProxy(stage), new URL(stage.api.url).host].toSorted());
      const { contacts } = judged.report as unknown as {
        contacts: { purpose: string; address: string; name: string }[];
      };
      expect(contacts.map(({ purpose, address }) => `${purpose} ${address}`).toSorted()).toEqual([
        "api ",
        "dns 127.0.0.1",
        "mx 192.31.196.10",
        "mx 192.31.196.11",
        "policy 192.31.196.80",
        "proxy 127.0.0.1",
      ]);
    });
  });

  const REFUSED = ["127.0.0.1", "169.254.169.254", "10.0.0.1", "0.0.0.0", "::1", "::ffff:127.0.0.1", "64:ff9b::a00:1"];
  test.concurrent.each(REFUSED)("an MX host at %s is not contacted without allow-private-networks", async (address) => {
    await stages.use(async (stage) => {
      const proxied = since(stage);
      const { judged, met } = await watch(stage, { ...ENFORCED, arrange: at({ mx2: address }), inputs: PUBLIC });
      expect(outcome(judged), told(judged)).toEqual([3, "unknown"]);
      expect(proxied().toSorted()).toEqual(["192.31.196.10:25", "192.31.196.80:443"]);
      expect(met).toEqual(resolverAndProxy(stage));
      expect(judged.stdout).toContain("not globally reachable");
    });
  });

  test.concurrent("nor is a policy host", async () => {
    await stages.use(async (stage) => {
      const proxied = since(stage);
      const judged = await stage.judge({ ...ENFORCED, arrange: at({ "mta-sts": "10.0.0.1" }), inputs: PUBLIC });
      expect(outcome(judged), told(judged)).toEqual([3, "unknown"]);
      expect(proxied().filter((target) => target.endsWith(":443"))).toEqual([]);
    });
  });

  test.concurrent.each([
    ["10.0.0.1", "ready"],
    ["169.254.169.254", "unknown"],
    ["168.63.129.16", "unknown"],
    ["fd00:ec2::254", "unknown"],
  ] as const)("with it, %s leaves the change %s", async (address, verdict) => {
    await stages.use(async (stage) => {
      const proxied = since(stage);
      const judged = await stage.judge({ ...ENFORCED, arrange: at({ mx2: address }), inputs: quiet });
      expect(judged.outputs["verdict"], told(judged)).toBe(verdict);
      expect(proxied().filter((target) => !target.startsWith("192.31.196."))).toEqual(
        verdict === "ready" ? ["10.0.0.1:25"] : [],
      );
    });
  });
});

describe("the environment changes nothing", () => {
  const untrusted: Change = { ...ENFORCED, deployed: { ...LIVE, mx: { mx1: "good", mx2: "self-signed" } } };
  test.concurrent("NODE_TLS_REJECT_UNAUTHORIZED", async () => {
    const judged = await judge({ ...untrusted, env: { NODE_TLS_REJECT_UNAUTHORIZED: "0" } });
    expect(outcome(judged), told(judged)).toEqual([1, "blocked"]);
    expect(failures(judged).join()).toMatch(/mx-refused: error/);
    expectInert(judged);
  });

  test.concurrent("NODE_EXTRA_CA_CERTS, SSL_CERT_FILE and --use-openssl-ca: only ca-file adds a root", async () => {
    await stages.use(async (stage) => {
      const path = join(folder, "root.pem");
      await writeFile(path, stage.internet.authority.rootPem);
      const env = { NODE_EXTRA_CA_CERTS: path, SSL_CERT_FILE: path, NODE_OPTIONS: "--use-openssl-ca" };
      const judged = await stage.judge({ ...ENFORCED, env, inputs: { ...quiet, "ca-file": "" } });
      expect(outcome(judged), told(judged)).toEqual([1, "blocked"]);
      expect(judged.stdout).toMatch(/certificate-not-trusted/);
      expect(judged.stdout).not.toContain("from ca-file");
    });
  });

  test.concurrent("HTTP_PROXY and its like: no policy and no probe goes that way", async () => {
    const asked: string[] = [];
    const proxy = createServer((request, response) => {
      asked.push(request.url ?? "");
      response.writeHead(502).end();
    }).on("connect", ({ url }, socket) => {
      asked.push(url ?? "");
      socket.end("HTTP/1.1 502 No\r\n\r\n");
    });
    await new Promise<void>((resolve) => proxy.listen(0, "127.0.0.1", resolve));
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
    const names = ["HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"];
    const env = { ...Object.fromEntries(names.map((name) => [name, url])), NODE_USE_ENV_PROXY: "1" };
    try {
      const [good, bad] = await Promise.all([judge({ ...ENFORCED, env, inputs: quiet }), judge({ ...EXPIRED, env })]);
      expect(outcome(good), told(good)).toEqual([0, "ready"]);
      // The certificate, and that enforce is turned on without reports.
      expect([outcome(bad), failures(bad).length], told(bad)).toEqual([[1, "blocked"], 2]);
      expect(asked.filter((target) => !target.includes("127.0.0.1"))).toEqual([]);
    } finally {
      proxy.closeAllConnections();
      proxy.close();
    }
  });
});

// --- Nothing seen is never ready ----------------------------------------------------------------------------------------

const CHANGES: readonly [string, Change, "ready" | "blocked"][] = [
  ["enforce where all is good", ENFORCED, "ready"],
  ["enforce with an expired MX", EXPIRED, "blocked"],
  [
    "an id that is live already",
    {
      base: files(TESTING),
      head: files(policy("testing", 604_800, "mx1", "mx2")),
      deployed: LIVE,
      inputs: { "record-id": "A" },
    },
    "blocked",
  ],
  [
    "a removal under enforce",
    {
      base: files(ENFORCE),
      head: { "mta-sts.example.com/.well-known/mta-sts.txt": null },
      deployed: { ...LIVE, policy: ENFORCE },
    },
    "blocked",
  ],
  [
    "an MX that nothing covers",
    {
      base: { "zones/example.com.zone": zone(undefined, "mx1") },
      head: { "zones/example.com.zone": zone(undefined, "mx1", "mx2") },
      deployed: { policy: policy("enforce", 86_400, "mx1"), id: "A", mx: GOOD },
      arrange: ({ zone: names }) => void (names["example.com"] = { MX: [[10, "mx1.example.com"]] }),
    },
    "blocked",
  ],
];
const QUESTIONS: readonly (readonly [string, string])[] = [
  ["_mta-sts.example.com", "TXT"],
  ["_smtp._tls.example.com", "TXT"],
  ["example.com", "MX"],
  ["mta-sts.example.com", "A"],
  ["mx1.example.com", "A"],
  ["mx2.example.com", "A"],
];
const SERVFAIL: DnsReply = { kind: "rcode", rcode: 2 };
const STATUS = { ready: 0, blocked: 1, unknown: 3 } as const;
const answering =
  (fault: DnsReply, wanted: (question: DnsQuestion) => boolean) =>
  ({ internet }: Stage) =>
    void (internet.dnsFault = (question) => (wanted(question) ? fault : undefined));

describe("a DNS answer that does not come makes nothing ready", () => {
  test.concurrent.each(CHANGES)("%s, as it is", async (_, change, verdict) => {
    const judged = await judge(change);
    expect(outcome(judged), told(judged)).toEqual([STATUS[verdict], verdict]);
  });

  // Silence costs its time; for the changes that need most it is tried as well.
  const faults = (change: Change): readonly DnsReply[] =>
    change === ENFORCED || change === EXPIRED ? [SERVFAIL, { kind: "drop" }] : [SERVFAIL];
  const rows = CHANGES.flatMap(([name, change, verdict]) =>
    QUESTIONS.flatMap(([owner, type]) =>
      faults(change).map((fault) => [name, owner, type, fault, change, verdict] as const),
    ),
  );
  test.concurrent.each(rows)("%s, %s %s: %j", async (_, owner, type, fault, change, verdict) => {
    const inputs = { ...change.inputs, ...quiet, timeout: fault.kind === "drop" ? "1s" : "20s" };
    const judged = await judge(
      { ...change, inputs },
      answering(fault, (question) => question.name === owner && question.type === type),
    );
    const found = judged.outputs["verdict"] as keyof typeof STATUS;
    expect([verdict, "unknown"], told(judged)).toContain(found);
    expect(judged.status).toBe(STATUS[found]);
    expect(judged.elapsed).toBeLessThan(8_000);
  });

  test.concurrent.each<DnsReply>([{ kind: "drop" }, { kind: "garbage" }, { kind: "rcode", rcode: 3 }])(
    "a resolver that says %j to everything",
    async (fault) => {
      const judged = await judge(
        { ...ENFORCED, inputs: { ...quiet, timeout: "800ms" } },
        answering(fault, () => true),
      );
      expect(judged.outputs["verdict"], told(judged)).toMatch(/unknown|blocked/);
      expect(judged.status).not.toBe(0);
    },
  );
});

describe("every wait ends", () => {
  type Slow = readonly [string, Partial<Change>, (stage: Stage) => void];
  const nothing = (): void => undefined;
  const mx = (mx1: MxState): Partial<Change> => ({ deployed: { ...LIVE, mx: { mx1, mx2: "good" } } });
  const served = (name: "drip" | "drip-head" | "stall-body" | "endless" | "1xx-flood"): Partial<Change> => ({
    deployed: { ...LIVE, policy: { kind: "named", name } },
  });
  const rows: readonly Slow[] = [
    ["a policy that drips", served("drip"), nothing],
    ["a head that drips", served("drip-head"), nothing],
    ["half a policy", served("stall-body"), nothing],
    ["a policy host that never answers", { deployed: { ...LIVE, policy: { kind: "stall" } } }, nothing],
    ["an MX that drips", mx({ behaviour: "drip" }), nothing],
    ["an MX that says nothing", mx({ behaviour: "silent" }), nothing],
    ["a reply without end", mx({ behaviour: "endless-reply" }), nothing],
    ["a port 25 that is dropped", {}, ({ internet }) => void (internet.port25 = "blocked")],
    [
      "DNS over TCP that drips",
      {},
      answering({ kind: "tcp-drip", answer: { kind: "no-data", records: [] } }, () => true),
    ],
    ["a DNS black hole", { inputs: { ...quiet, timeout: "300ms" } }, answering({ kind: "drop" }, () => true)],
    ["no time at all", { inputs: { ...quiet, timeout: "1ms" } }, nothing],
  ];
  test.concurrent.each<Slow>(rows)("%s", async (_, more, prepare) => {
    const judged = await judge({ ...ENFORCED, inputs: { ...quiet, timeout: "2s" }, ...more }, prepare);
    expect(judged.outputs["verdict"], told(judged)).toMatch(/unknown|blocked/);
    expect([1, 2, 3]).toContain(judged.status);
    expect(told(judged)).not.toContain("internal error");
    expect(judged.elapsed).toBeLessThan(6_000);
  });
});

describe("a run that is stopped", () => {
  const stop = (
    name: "SIGTERM" | "SIGINT",
    change: Change,
    reached: (stage: Stage) => boolean,
    prepare: (stage: Stage) => void,
  ) =>
    stages.use(async (stage) => {
      prepare(stage);
      let stopped = 0;
      const started: Change["started"] = (signal) => {
        const timer = setInterval(() => {
          if (!reached(stage)) return;
          clearInterval(timer);
          stopped = performance.now();
          signal(name);
        }, 10);
      };
      const judged = await stage.judge({ ...change, started });
      return { judged, took: performance.now() - stopped };
    });

  test.each(["SIGTERM", "SIGINT"] as const)("by %s in the middle of its questions", async (name) => {
    const asked = ({ internet }: Stage): boolean => internet.questions.length > before;
    let before = 0;
    const { judged, took } = await stop(name, ENFORCED, asked, (stage) => {
      before = stage.internet.questions.length;
      answering({ kind: "drop" }, () => true)(stage);
    });
    expect(took).toBeLessThan(2_000);
    expect(outcome(judged)).toEqual([3, "unknown"]);
    expect(judged.commands.map(({ name: level, data }) => [level, data])).toEqual([
      ["error", expect.stringContaining(name)],
    ]);
    expect(judged.stderr).toBe("");
  });

  test("by SIGTERM while it waits for the API, with a verdict that is not yet told", async () => {
    let before = 0;
    const asked = ({ api }: Stage): boolean => api.requests.length > before;
    const { judged, took } = await stop("SIGTERM", ENFORCED, asked, (stage) => {
      before = stage.api.requests.length;
      stage.api.fault = API_FAULTS.slow;
    });
    expect(took).toBeLessThan(2_000);
    expect(outcome(judged)).toEqual([3, "unknown"]);
  });
});
