// The way out through other people's proxies: Debian's microsocks and `ssh -D` to Debian's sshd, in front of servers on loopback.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createAuthority } from "../../src/demo/authority.ts";
import { type MxServer, startMxServer } from "../../src/demo/mx-server.ts";
import { parseOptions } from "../../src/options.ts";
import type { DomainName } from "../../src/protocol/domain-name.ts";
import type { Network } from "../../src/world.ts";
import { createDeadline } from "../../src/world/deadline.ts";
import { createNetwork } from "../../src/world/internet.ts";
import { startTlsHost, type TestHost } from "../world/tls-host.ts";
import { type Started, startDaemon } from "./programs.ts";

const MICROSOCKS = "/usr/bin/microsocks";
const SSH = ["/usr/sbin/sshd", "/usr/bin/ssh", "/usr/bin/ssh-keygen"];
const MX = "mx.example.com" as DomainName;
const POLICY_HOST = "mta-sts.example.com" as DomainName;
const LOOPBACK = "127.0.0.1";
const BOUNDS = { connect: 3_000, greeting: 3_000, reply: 3_000, handshake: 3_000, session: 8_000, pause: 10 };

const authority = createAuthority("Proxied");
const { chainPem: cert, keyPem: key } = authority.issue({ names: [MX, POLICY_HOST] });
const folder = mkdtempSync(join(tmpdir(), "mta-sts-gate-proxies-"));
const started: (Started | TestHost | MxServer)[] = [];
let mail: MxServer;
let web: TestHost;

beforeAll(async () => {
  mail = await startMxServer({ tls: { cert, key } });
  web = await startTlsHost({ cert, key }, (socket) => void socket.end("HTTP/1.1 200 OK\r\n\r\nversion: STSv1\n"));
  started.push(mail, web);
});
afterAll(async () => {
  for (const one of started.reverse()) await one.close();
  rmSync(folder, { recursive: true, force: true });
}, 30_000);

function through(proxy: string, smtp = mail.port): Network {
  return createNetwork({
    options: parseOptions({ resolver: "127.0.0.1:9", proxy, "allow-private-networks": "true" }),
    caText: authority.rootPem,
    deadline: createDeadline(20_000),
    limits: { smtp: BOUNDS, fetchMilliseconds: 5_000, ports: { smtp, https: web.port } },
  });
}

/** The same as directly, and what nobody reaches is not the far end's fault. */
async function reaches(proxy: string): Promise<void> {
  const network = through(proxy);
  const { session } = await network.probe(MX, LOOPBACK);
  expect(session).toMatchObject({
    kind: "tls",
    trust: { kind: "trusted" },
    chain: [{ dnsIds: [MX, POLICY_HOST] }, {}],
  });
  const fetched = await network.fetchPolicy(POLICY_HOST, LOOPBACK);
  expect(fetched).toMatchObject({ kind: "response", response: { status: 200 } });
  expect(network.vantage().port25).toBe("proxied");
  expect(network.contacts().map(({ purpose }) => purpose)).toEqual(["proxy", "mx", "policy"]);
  for (const { bytes } of network.contacts()) expect(bytes).toBeGreaterThan(1_000);
  const refused = through(proxy, await closedPort());
  expect((await refused.probe(MX, LOOPBACK)).session).toMatchObject({ kind: "unobserved", because: "unreachable" });
  const away = through(proxy);
  expect((await away.probe(MX, "127.0.0.9")).session).toMatchObject({ kind: "unobserved", because: "unreachable" });
}

describe.skipIf(absent([MICROSOCKS]))("microsocks", () => {
  const login = { username: "ann", password: "s3cret:@" };

  test("without a login", async () => {
    const port = await closedPort();
    started.push(await startDaemon([MICROSOCKS, "-i", LOOPBACK, "-p", String(port)], { address: LOOPBACK, port }));
    await reaches(`socks5://${LOOPBACK}:${port}`);
  });

  test("with one, and not with a wrong one", async () => {
    const port = await closedPort();
    const { username, password } = login;
    const command = [MICROSOCKS, "-i", LOOPBACK, "-p", String(port), "-u", username, "-P", password] as const;
    started.push(await startDaemon(command, { address: LOOPBACK, port }));
    await reaches(`socks5://${username}:${encodeURIComponent(password)}@${LOOPBACK}:${port}`);
    const wrong = through(`socks5://${username}:wrong-one@${LOOPBACK}:${port}`);
    const { session } = await wrong.probe(MX, LOOPBACK);
    expect(session).toMatchObject({ kind: "unobserved", because: "unreachable" });
    expect(JSON.stringify([session, wrong.vantage(), wrong.contacts()])).not.toMatch(/ann|wrong-one/);
  });
});

describe.skipIf(absent(SSH))("ssh -D", () => {
  test("reaches what the other machine reaches", async () => {
    const [server, port] = [await closedPort(), await closedPort()];
    await startSshd(server);
    const options = [
      "BatchMode=yes",
      "StrictHostKeyChecking=no",
      "UserKnownHostsFile=/dev/null",
      "ExitOnForwardFailure=yes",
    ];
    const flags = options.flatMap((option) => ["-o", option]);
    const login = ["-F", "/dev/null", "-i", join(folder, "user"), "-p", String(server), `root@${LOOPBACK}`];
    const command = [SSH[1] ?? "", "-N", "-D", `${LOOPBACK}:${port}`, ...flags, ...login] as const;
    started.push(await startDaemon(command, { address: LOOPBACK, port }));
    await reaches(`socks5://${LOOPBACK}:${port}`);
  }, 30_000);
});

/** An sshd of our own: its keys, and who may log in, are in the test's folder. */
async function startSshd(port: number): Promise<void> {
  for (const name of ["host", "user"])
    execFileSync(SSH[2] ?? "", ["-q", "-t", "ed25519", "-N", "", "-f", join(folder, name)]);
  writeFileSync(join(folder, "authorized"), readFileSync(join(folder, "user.pub")));
  const config = [
    `ListenAddress ${LOOPBACK}:${port}`,
    `HostKey ${join(folder, "host")}`,
    `AuthorizedKeysFile ${join(folder, "authorized")}`,
    "PidFile none",
    "StrictModes no",
    "UsePAM no",
    "PasswordAuthentication no",
    "PermitRootLogin prohibit-password",
    "AllowTcpForwarding local",
    "",
  ];
  writeFileSync(join(folder, "sshd_config"), config.join("\n"));
  mkdirSync("/run/sshd", { recursive: true, mode: 0o755 });
  const command = [SSH[0] ?? "", "-D", "-e", "-f", join(folder, "sshd_config")] as const;
  started.push(await startDaemon(command, { address: LOOPBACK, port }));
}

/** Says what is missing. An sshd of our own needs root, which logs in. */
function absent(programs: readonly string[]): boolean {
  const missing = programs.filter((path) => !existsSync(path));
  const root = programs === SSH && process.getuid?.() !== 0 ? ["root, to log in as"] : [];
  const reasons = [...missing.map((path) => `${path} is not installed`), ...root];
  if (reasons.length > 0) console.warn(`test/real/proxies is skipped in part: ${reasons.join(", ")}`);
  return reasons.length > 0;
}

function closedPort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, LOOPBACK, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}
