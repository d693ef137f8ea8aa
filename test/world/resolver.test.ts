import { createSocket } from "node:dgram";
import type { Answer } from "dns-packet";
import { afterEach, describe, expect, test } from "vitest";
import type { Contact } from "../../src/evidence.ts";
import type { DomainName } from "../../src/protocol/domain-name.ts";
import { createDeadline } from "../../src/world/deadline.ts";
import { createResolver, type ResolverSettings } from "../../src/world/resolver.ts";
import { type Asked, answer, soa, startScriptedResolver } from "./scripted-resolver.ts";

const OWNER = "_mta-sts.example.com";
const DOMAIN = "example.com" as DomainName;
const HOST = "mx.example.com" as DomainName;
const STEP = 200;
const FOUND = {
  kind: "observed",
  value: { kind: "records", records: ["v=STSv1; id=1;"], cnames: [], ttl: 60, ttlFrom: "recursive" },
};

const open: { close: () => void }[] = [];
afterEach(() => {
  for (const one of open.splice(0)) one.close();
});

const data = (type: string, name: string, value: unknown): Answer => ({ type, name, ttl: 60, data: value }) as Answer;
const record = (asked: Pick<Asked, "name">) => data("TXT", asked.name, "v=STSv1; id=1;");
const good = (asked: Asked) => answer(asked, { answers: [record(asked)] });
const nothing = (asked: Asked) => answer(asked, { authorities: [soa] });

async function scripted(script: (asked: Asked) => void) {
  const server = await startScriptedResolver(script);
  open.push(server);
  return server;
}

function resolverOf(servers: ResolverSettings["servers"], more: Partial<ResolverSettings> = {}) {
  const deadline = more.deadline ?? createDeadline(10_000);
  const resolver = createResolver({ servers, deadline, stepMilliseconds: STEP, onContact: () => {}, ...more });
  open.push(deadline, resolver);
  return resolver;
}

/** One TXT question to a server with this script, and how long it took. */
async function txt(script: (asked: Asked) => void) {
  const { server, log } = await scripted(script);
  const start = performance.now();
  const result = await resolverOf([server]).txt(OWNER);
  return { result, log, elapsed: performance.now() - start };
}

const unobserved = (because: string, detail = "") => ({
  kind: "unobserved",
  because,
  detail: expect.stringContaining(detail),
});

describe("one question", () => {
  test("a good answer, asked with EDNS and once", async () => {
    const { result, log } = await txt((asked) => asked.send(asked.edns ? good(asked) : answer(asked, { rcode: 5 })));
    expect(result).toEqual(FOUND);
    expect(log).toEqual([`udp TXT ${OWNER}`]);
  });
  test("D01 no answer: two attempts, then unobserved, naming the resolver", async () => {
    const { result, log, elapsed } = await txt(() => {});
    expect(result).toEqual(unobserved("timed-out", "127.0.0.1:"));
    expect(result).toEqual(unobserved("timed-out", "of 2"));
    expect(log.length).toBe(2);
    expect(elapsed).toBeGreaterThan(STEP - 10);
    expect(elapsed).toBeLessThan(STEP + 300);
  });
  test("D01 the first datagram is lost", async () => {
    const { result } = await txt((asked) => asked.attempt > 1 && asked.send(good(asked)));
    expect(result).toEqual(FOUND);
  });
  test("D02 a closed port is known at once", async () => {
    const { server, close } = await startScriptedResolver(() => {});
    close();
    await new Promise((resolve) => setTimeout(resolve, 5));
    const start = performance.now();
    const result = await resolverOf([server], { stepMilliseconds: 5000 }).txt(OWNER);
    expect(result).toEqual(unobserved("unreachable", "ECONNREFUSED"));
    expect(performance.now() - start).toBeLessThan(1000);
  });
  test.each([
    [2, "SERVFAIL"],
    [4, "NOTIMP"],
    [5, "REFUSED"],
  ])("D03, D04 response code %d: one more attempt, then unobserved", async (rcode, name) => {
    const { result, log } = await txt((asked) => asked.send(answer(asked, { rcode, authorities: [soa] })));
    expect(result).toEqual(unobserved("server-failure", name));
    expect(log.length).toBe(2);
  });
  test("D03 SERVFAIL, then silence: what was heard is said", async () => {
    const { result } = await txt((asked) => asked.attempt === 1 && asked.send(answer(asked, { rcode: 2 })));
    expect(result).toEqual(unobserved("server-failure", "SERVFAIL"));
  });
  test("D03 SERVFAIL once, then an answer", async () => {
    const { result } = await txt((asked) =>
      asked.send(asked.attempt === 1 ? answer(asked, { rcode: 2 }) : good(asked)),
    );
    expect(result).toEqual(FOUND);
  });
  test.each<[string, (asked: Asked) => Uint8Array]>([
    ["FORMERR", (asked) => answer(asked, { rcode: 1 })],
    ["BADVERS", (asked) => answer(asked, { additionals: [{ type: "OPT", name: ".", extendedRcode: 1, options: [] }] })],
  ])("D04 %s to EDNS: asked again without", async (_, refusal) => {
    const { result, log } = await txt((asked) => asked.send(asked.edns ? refusal(asked) : good(asked)));
    expect(result).toEqual(FOUND);
    expect(log.length).toBe(2);
  });
  test.each<[string, (asked: Asked) => Uint8Array]>([
    ["D05 a referral", (asked) => answer(asked, { authorities: [data("NS", "com", "ns.example")] })],
    ["D08 empty, without SOA", (asked) => answer(asked)],
  ])("%s proves nothing", async (_, reply) => {
    const { result } = await txt((asked) => asked.send(reply(asked)));
    expect(result).toEqual(unobserved("server-failure", "proves nothing"));
  });
  test("D06, D09 NXDOMAIN and D07 NODATA are seen, and differ", async () => {
    const gone = await txt((asked) => asked.send(answer(asked, { rcode: 3, authorities: [soa] })));
    expect(gone.result).toEqual({ kind: "observed", value: { kind: "no-such-name", cnames: [] } });
    const bare = await txt((asked) => asked.send(nothing(asked)));
    expect(bare.result).toEqual({ kind: "observed", value: { kind: "no-data", cnames: [] } });
    expect(bare.log.length).toBe(1);
  });
});

describe("spoofed answers", () => {
  const forged = (asked: Asked) => answer(asked, { id: asked.id ^ 1, answers: [data("TXT", asked.name, "forged")] });
  test("D10 50 of them, then the real one", async () => {
    const { result } = await txt((asked) => {
      for (let count = 0; count < 50; count += 1) asked.send(forged(asked));
      asked.send(answer(asked, { question: "evil.example.com", answers: [data("TXT", asked.name, "forged")] }));
      asked.send(good(asked));
    });
    expect(result).toEqual(FOUND);
  });
  test("D11 only them", async () => {
    const { result } = await txt((asked) => {
      for (let count = 0; count < 50; count += 1) asked.send(forged(asked));
    });
    expect(result).toEqual(unobserved("timed-out"));
  });
  test("D10 the right answer from another port is not one", async () => {
    const stranger = createSocket("udp4");
    open.push({ close: () => stranger.close() });
    // The server asked sees the source port, and lets a stranger answer in its place.
    const proxy = createSocket("udp4");
    open.push({ close: () => proxy.close() });
    await new Promise<void>((resolve) => proxy.bind(0, "127.0.0.1", resolve));
    let answered = 0;
    proxy.on("message", (bytes, from) => {
      const asked = { id: bytes.readUInt16BE(0), name: OWNER, type: "TXT" };
      stranger.send(answer(asked, { answers: [record(asked)] }), from.port, from.address, () => (answered += 1));
    });
    const result = await resolverOf([{ address: "127.0.0.1", port: proxy.address().port }]).txt(OWNER);
    expect(answered).toBe(2);
    expect(result).toEqual(unobserved("timed-out"));
  });
});

describe("over TCP", () => {
  const truncated = (asked: Asked) => answer(asked, { flags: 0x200, answers: [data("TXT", asked.name, "half")] });
  /** Truncated over UDP; over TCP as `script` says. */
  const tcp = (script: (asked: Asked) => void) =>
    txt((asked) => (asked.over === "udp" ? asked.send(truncated(asked)) : script(asked)));

  test("D12 a truncated answer is asked for again", async () => {
    const { result, log } = await tcp((asked) => asked.send(good(asked)));
    expect(result).toEqual(FOUND);
    expect(log).toEqual([`udp TXT ${OWNER}`, `tcp TXT ${OWNER}`]);
  });
  test("D12 in many pieces", async () => {
    const { result } = await tcp((asked) => {
      const message = good(asked);
      const octets = [0, message.length, ...message];
      const write = () => {
        asked.socket?.write(Buffer.from(octets.splice(0, 3)));
        if (octets.length > 0) setImmediate(write);
      };
      write();
    });
    expect(result).toEqual(FOUND);
  });
  test.each<[string, string, (asked: Asked) => void]>([
    ["cut inside the message", "malformed", (asked) => asked.socket?.end(Buffer.from([0, 200, 1, 2, 3]))],
    ["closed at once", "malformed", ({ socket }) => socket?.end()],
    ["reset", "unreachable", ({ socket }) => socket?.resetAndDestroy()],
    [
      "a length that is too small",
      "malformed",
      (asked) => {
        const message = good(asked);
        asked.socket?.end(Buffer.concat([Buffer.from([0, message.length - 5]), message]));
      },
    ],
    [
      "a length that is too large",
      "timed-out",
      (asked) => {
        const message = good(asked);
        asked.socket?.write(Buffer.concat([Buffer.from([255, 255]), message]));
      },
    ],
    ["truncated again", "malformed", (asked) => asked.send(truncated(asked))],
    ["another id", "malformed", (asked) => asked.send(answer(asked, { id: asked.id ^ 1 }))],
    ["silence", "timed-out", () => {}],
  ])("D13 %s: unobserved, never the truncated part", async (_, because, script) => {
    const { result } = await tcp(script);
    expect(result).toEqual(unobserved(because));
  });
  test("D13 TCP refused", async () => {
    const udp = createSocket("udp4");
    open.push({ close: () => udp.close() });
    await new Promise<void>((resolve) => udp.bind(0, "127.0.0.1", resolve));
    udp.on("message", (bytes, from) => {
      const asked = { id: bytes.readUInt16BE(0), name: OWNER, type: "TXT" };
      udp.send(answer(asked, { flags: 0x200 }), from.port, from.address);
    });
    const result = await resolverOf([{ address: "127.0.0.1", port: udp.address().port }]).txt(OWNER);
    expect(result).toEqual(unobserved("unreachable", "ECONNREFUSED"));
  });
  test("D14 octets that drip do not buy time", async () => {
    const { result, elapsed } = await tcp((asked) => {
      const message = good(asked);
      const rest = [0, message.length, ...message];
      const timer = setInterval(() => asked.socket?.write(Buffer.from(rest.splice(0, 1))), 20);
      asked.socket?.on("close", () => clearInterval(timer));
    });
    expect(result).toEqual(unobserved("timed-out"));
    expect(elapsed).toBeLessThan(STEP + 300);
  });
});

describe("aliases", () => {
  const cname = (asked: Asked, target: string) => answer(asked, { answers: [data("CNAME", asked.name, target)] });
  test("whose target the answer leaves out are asked for", async () => {
    const { result, log } = await txt((asked) =>
      asked.send(asked.name === OWNER ? cname(asked, "sts.example") : good(asked)),
    );
    expect(result).toMatchObject({ value: { kind: "records", records: ["v=STSv1; id=1;"], cnames: ["sts.example"] } });
    expect(log).toEqual([`udp TXT ${OWNER}`, "udp TXT sts.example"]);
  });
  test("D15 in a circle over several answers", async () => {
    const { result } = await txt((asked) => asked.send(cname(asked, asked.name === OWNER ? "b.example" : OWNER)));
    expect(result).toEqual({ kind: "observed", value: { kind: "no-data", cnames: ["b.example", OWNER] } });
  });
  test("D15 without an end", async () => {
    const { result, log } = await txt((asked) => asked.send(cname(asked, `a.${asked.name}`)));
    expect(result).toMatchObject({ kind: "observed", value: { kind: "no-data" } });
    expect(log.length).toBe(9);
  });
  test("D16 to a name that does not exist", async () => {
    const { result } = await txt((asked) =>
      asked.send(asked.name === OWNER ? cname(asked, "gone.example") : answer(asked, { rcode: 3 })),
    );
    expect(result).toEqual({ kind: "observed", value: { kind: "no-such-name", cnames: ["gone.example"] } });
  });
  test("D17 beside other data", async () => {
    const both = (asked: Asked) => answer(asked, { answers: [data("CNAME", asked.name, "b.example"), record(asked)] });
    const { result } = await txt((asked) => asked.send(both(asked)));
    expect(result).toEqual(unobserved("malformed", "alias"));
  });
});

describe("hostile answers", () => {
  test("D18 two records and a split one", async () => {
    const { result } = await txt((asked) =>
      asked.send(answer(asked, { answers: [record(asked), data("TXT", asked.name, ["v=STS", "v1; id=2;"])] })),
    );
    expect(result).toMatchObject({ value: { records: ["v=STSv1; id=1;", "v=STSv1; id=2;"] } });
  });
  test("D19 a name is asked for once, whatever its TTL, and by all who wait together", async () => {
    const { server, log } = await scripted((asked) => {
      const changing = `192.0.2.${log.length}`;
      asked.send(
        asked.type === "A"
          ? answer(asked, { answers: [{ ...data("A", asked.name, changing), ttl: 0 }] })
          : nothing(asked),
      );
    });
    const resolver = resolverOf([server]);
    const [first, second] = await Promise.all([resolver.addresses(HOST), resolver.addresses(HOST)]);
    const third = await resolver.addresses("MX.example.com" as DomainName);
    expect(first.addresses.kind).toBe("observed");
    expect([second, third]).toEqual([first, first]);
    expect(log.toSorted()).toEqual([`udp A ${HOST}`, `udp AAAA ${HOST}`]);
  });
  test("D28 an answer that is none: a second attempt, then unobserved", async () => {
    const { result, log } = await txt((asked) => asked.send(good(asked).subarray(0, -3)));
    expect(result).toEqual(unobserved("malformed"));
    expect(log.length).toBe(2);
  });
  test("D32 another case", async () => {
    const { result } = await txt((asked) =>
      asked.send(
        answer(asked, { question: asked.name.toUpperCase(), answers: [record({ name: asked.name.toUpperCase() })] }),
      ),
    );
    expect(result).toEqual(FOUND);
  });
  test("a name that cannot be asked for is not sent", async () => {
    const { server, log } = await scripted((asked) => asked.send(good(asked)));
    const resolver = resolverOf([server]);
    expect(await resolver.txt("_mta-sts.a b")).toEqual(unobserved("malformed"));
    expect(await resolver.txt(`_mta-sts.${"a.".repeat(125)}com`)).toEqual(unobserved("malformed"));
    expect(log).toEqual([]);
  });
});

describe("several servers", () => {
  test("the next one is asked when the first is silent or refuses", async () => {
    const { server: second } = await scripted((asked) => asked.send(good(asked)));
    for (const script of [() => {}, (asked: Asked) => asked.send(answer(asked, { rcode: 5 }))]) {
      const { server: first } = await scripted(script);
      const contacts: Contact[] = [];
      const resolver = resolverOf([first, second], { onContact: (contact) => contacts.push(contact) });
      expect(await resolver.txt(OWNER)).toEqual(FOUND);
      expect(await resolver.txt("_mta-sts.example.net")).toEqual(FOUND);
      expect(contacts).toEqual([first, second].map((one) => ({ purpose: "dns", name: "resolver", ...one })));
    }
  });
  test("D26 SERVFAIL may be bogus DNSSEC: a server that does not validate cannot overrule it", async () => {
    const { server: first, log } = await scripted((asked) => asked.send(answer(asked, { rcode: 2 })));
    const { server: second } = await scripted((asked) => asked.send(good(asked)));
    expect(await resolverOf([first, second]).txt(OWNER)).toEqual(unobserved("server-failure"));
    expect(log.length).toBe(2);
  });
});

describe("time", () => {
  test("the run's end comes before the step's", async () => {
    const { server } = await scripted(() => {});
    const start = performance.now();
    const result = await resolverOf([server], { deadline: createDeadline(60), stepMilliseconds: 5000 }).txt(OWNER);
    expect(result).toEqual(unobserved("deadline"));
    expect(performance.now() - start).toBeLessThan(500);
  });
  test("after the run's end, and after close, nothing is sent", async () => {
    const { server, log } = await scripted((asked) => asked.send(good(asked)));
    expect(await resolverOf([server], { deadline: createDeadline(0) }).txt(OWNER)).toEqual(unobserved("deadline"));
    const closed = resolverOf([server]);
    closed.close();
    expect((await closed.txt(OWNER)).kind).toBe("unobserved");
    expect(log).toEqual([]);
  });
  test("close ends a wait", async () => {
    const { server } = await scripted(() => {});
    const resolver = resolverOf([server], { stepMilliseconds: 5000 });
    const waiting = resolver.txt(OWNER);
    setTimeout(() => resolver.close(), 20);
    const start = performance.now();
    expect((await waiting).kind).toBe("unobserved");
    expect(performance.now() - start).toBeLessThan(500);
  });
  test("500 questions at once are all answered, at most 150 of them in flight", async () => {
    let flying = 0;
    let most = 0;
    const { server } = await scripted((asked) => {
      flying += 1;
      most = Math.max(most, flying);
      setTimeout(() => {
        flying -= 1;
        asked.send(good(asked));
      }, 5);
    });
    const resolver = resolverOf([server], { stepMilliseconds: 5000 });
    const answers = await Promise.all(Array.from({ length: 500 }, (_, index) => resolver.txt(`n${index}.example`)));
    expect(answers).toEqual(answers.map(() => FOUND));
    expect(most).toBeGreaterThan(1);
    expect(most).toBeLessThanOrEqual(150);
  });
});

describe("mx", () => {
  const mx = async (...records: readonly [number, string][]) => {
    const answers = records.map(([preference, exchange]) => data("MX", DOMAIN, { preference, exchange }));
    const { server } = await scripted((asked) => asked.send(answer(asked, { answers })));
    return (await resolverOf([server]).mx(DOMAIN)) as { value: unknown };
  };
  test("hosts, lower case, by preference and name", async () => {
    const { value } = await mx([20, "B.example"], [10, "z.example"], [20, "a.example"]);
    const records = [
      { host: "z.example", preference: 10 },
      { host: "a.example", preference: 20 },
      { host: "b.example", preference: 20 },
    ];
    expect(value).toEqual({ kind: "records", records, cnames: [], ttl: 60, ttlFrom: "recursive" });
  });
  test("a single `0 .` is the null MX (RFC 7505 §3), beside others it is left out", async () => {
    expect((await mx([0, "."])).value).toEqual({ kind: "null-mx", ttl: 60, ttlFrom: "recursive" });
    expect((await mx([0, "."], [10, "a.example"])).value).toMatchObject({ records: [{ host: "a.example" }] });
  });
  test("D24 targets that are no host names are left out", async () => {
    const bad: readonly [number, string][] = [
      [1, "192.0.2.1"],
      [2, "a_b.example"],
      [3, "a b.example"],
      [4, "-a.example"],
    ];
    expect((await mx(...bad, [10, "a.example"])).value).toMatchObject({
      records: [{ host: "a.example", preference: 10 }],
    });
    expect(await mx(...bad)).toMatchObject(unobserved("malformed"));
  });
  test("what could not be asked stays so", async () => {
    const { server } = await scripted((asked) => asked.send(answer(asked, { rcode: 2 })));
    expect(await resolverOf([server]).mx(DOMAIN)).toEqual(unobserved("server-failure"));
  });
});

describe("addresses", () => {
  type Half = "records" | "none" | "gone" | "failed";
  const of = async (ipv4: Half, ipv6: Half) => {
    const { server } = await scripted((asked) => {
      const half = asked.type === "A" ? ipv4 : ipv6;
      const found = data(asked.type, "real.example", asked.type === "A" ? "192.0.2.1" : "2001:db8::1");
      const alias = data("CNAME", asked.name, "real.example");
      if (half === "records") asked.send(answer(asked, { answers: [alias, found] }));
      else if (half === "none") asked.send(nothing(asked));
      else asked.send(answer(asked, { rcode: half === "gone" ? 3 : 2 }));
    });
    return resolverOf([server]).addresses(HOST);
  };
  test.each<[Half, Half, readonly string[]]>([
    ["records", "records", ["192.0.2.1", "2001:db8::1"]],
    ["records", "none", ["192.0.2.1"]],
    ["none", "records", ["2001:db8::1"]],
    ["none", "none", []],
    ["gone", "gone", []],
    ["gone", "failed", []],
    ["records", "failed", ["192.0.2.1"]],
  ])("A %s, AAAA %s: observed", async (ipv4, ipv6, value) => {
    const { addresses, cnames } = await of(ipv4, ipv6);
    expect(addresses).toEqual({ kind: "observed", value });
    expect(cnames).toEqual(value.length > 0 ? ["real.example"] : []);
  });
  test.each<[Half, Half]>([
    ["failed", "failed"],
    ["none", "failed"],
    ["failed", "none"],
    ["failed", "records"],
  ])("A %s, AAAA %s: unobserved", async (ipv4, ipv6) => {
    expect((await of(ipv4, ipv6)).addresses).toEqual(unobserved("server-failure"));
  });
});

describe("tlsa (RFC 7672 §2.2)", () => {
  const VALIDATED = 0x20;
  const record = (name: string, more = {}) =>
    data("TLSA", name, { usage: 3, selector: 1, matchingType: 1, certificate: Buffer.from("ab12", "hex"), ...more });
  const tlsa = async (script: (asked: Asked) => void) => {
    const { server, log } = await scripted(script);
    return { seen: await resolverOf([server]).tlsa(HOST), log };
  };

  test.each([
    ["validated, as the resolver claims", VALIDATED, true],
    ["not validated", 0, false],
  ])("records, %s", async (_, flags, authenticated) => {
    const { seen, log } = await tlsa((asked) =>
      asked.send(answer(asked, { flags, answers: [record(asked.name), record(asked.name, { usage: 250 })] })),
    );
    const first = { usage: 3, selector: 1, matching: 1, data: "ab12" };
    expect(seen).toEqual({
      kind: "observed",
      value: { records: [first, { ...first, usage: 250 }], authenticated },
    });
    expect(log).toEqual(["udp TLSA _25._tcp.mx.example.com"]);
  });
  test("validation is asked for here, and nowhere else", async () => {
    const asks: Record<string, boolean> = {};
    const { server } = await scripted((asked) => {
      asks[asked.type] = asked.validation;
      asked.send(nothing(asked));
    });
    const resolver = resolverOf([server]);
    await Promise.all([resolver.tlsa(HOST), resolver.txt(OWNER), resolver.mx(DOMAIN)]);
    expect(asks).toEqual({ TLSA: true, TXT: false, MX: false });
  });
  test("none", async () => {
    const { seen } = await tlsa((asked) => asked.send(answer(asked, { rcode: 3, authorities: [soa] })));
    expect(seen).toEqual({ kind: "observed", value: { records: [], authenticated: false } });
  });
  test("SERVFAIL, as for a bogus zone, says nothing", async () => {
    const { seen } = await tlsa((asked) => asked.send(answer(asked, { rcode: 2 })));
    expect(seen).toMatchObject({ kind: "unobserved", because: "server-failure" });
  });
  test("a chain over two answers is not claimed to be validated", async () => {
    const { seen } = await tlsa((asked) => {
      const answers = asked.name.startsWith("_25")
        ? [data("CNAME", asked.name, "tlsa.example.net")]
        : [record(asked.name)];
      asked.send(answer(asked, { flags: VALIDATED, answers }));
    });
    expect(seen).toMatchObject({ kind: "observed", value: { authenticated: false, records: [{ data: "ab12" }] } });
  });
  test("a record cut short is no record", async () => {
    const { seen } = await tlsa((asked) =>
      asked.send(
        answer(asked, {
          answers: [
            { ...record(asked.name), data: { usage: 3, selector: 1, matchingType: 1, certificate: Buffer.alloc(0) } },
          ],
        }),
      ),
    );
    expect(seen).toMatchObject({ kind: "unobserved", because: "malformed" });
  });
});

describe("pace", () => {
  const names = (count: number) => Array.from({ length: count }, (_, at) => `d${at}.test`);
  const paced = async (count: number, script: (asked: Asked) => void) => {
    const { server, log } = await scripted(script);
    const begun = performance.now();
    await Promise.all(names(count).map(resolverOf([server], { questionsPerSecond: 200 }).txt));
    return { elapsed: performance.now() - begun, asked: log.length };
  };

  test("a hundred questions at once, then so many a second", async () => {
    const { elapsed, asked } = await paced(160, (asked) => asked.send(good(asked)));
    expect(asked).toBe(160);
    expect(elapsed).toBeGreaterThan(250);
  });
  test("a second attempt is one, too: whoever comes next waits for it", async () => {
    const { elapsed, asked } = await paced(110, (asked) => asked.send(answer(asked, { rcode: 2 })));
    expect(asked).toBe(220);
    expect(elapsed).toBeGreaterThan(250);
  });
});
