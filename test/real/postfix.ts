import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accepts, type Started } from "./programs.ts";

export interface MailHost {
  readonly host: string;
  /** A loopback address of its own; postfix listens there on port 25. */
  readonly address: string;
  /** PEM chain as it is to be presented, and its key; without them STARTTLS is not offered. */
  readonly tls?: { readonly chainPem: string; readonly keyPem: string };
}

/** Debian's postfix with one smtpd for each host. It takes no mail: the probe never sends any. */
export async function startPostfix(folder: string, hosts: readonly MailHost[]): Promise<Started> {
  const [config, queue, data] = ["conf", "queue", "data"].map((name) => join(folder, name)) as [string, string, string];
  for (const path of [config, queue, data]) mkdirSync(path, { recursive: true });
  chmodSync(folder, 0o755);
  const [uid, gid] = ["-u", "-g"].map((flag) =>
    Number(execFileSync("/usr/bin/id", [flag, "postfix"], { encoding: "utf8" })),
  );
  chownSync(data, uid ?? 0, gid ?? 0);
  writeFileSync(join(config, "main.cf"), mainConfig(queue, data, folder));
  writeFileSync(join(config, "master.cf"), [...hosts.map((host) => service(config, host)), ...SERVICES, ""].join("\n"));
  const log = join(folder, "maillog");
  const postfix = (verb: string): void => {
    const run = spawnSync("/usr/sbin/postfix", ["-c", config, verb], { encoding: "utf8", timeout: 20_000 });
    const told = existsSync(log) ? readFileSync(log, "utf8").slice(-2_000) : "";
    if (run.status !== 0) throw new Error(`postfix ${verb}: ${run.stdout}${run.stderr}${told}`);
  };
  postfix("start");
  const close = async (): Promise<void> => postfix("abort");
  try {
    for (const { address } of hosts) await accepts({ address, port: 25 });
  } catch (error) {
    await close();
    throw error;
  }
  return { close };
}

const SERVICES = [
  "rewrite unix - - n - - trivial-rewrite",
  "tlsmgr unix - - n 1000? 1 tlsmgr",
  "anvil unix - - n - 1 anvil",
  "proxymap unix - - n - - proxymap",
  "cleanup unix n - n - 0 cleanup",
  "postlog unix-dgram n - n - 1 postlogd",
];

function mainConfig(queue: string, data: string, folder: string): string {
  return [
    "compatibility_level = 3.6",
    `queue_directory = ${queue}`,
    `data_directory = ${data}`,
    `maillog_file = ${join(folder, "maillog")}`,
    `maillog_file_prefixes = ${folder}`,
    "inet_interfaces = 127.0.0.1",
    "inet_protocols = ipv4",
    "mydestination =",
    "smtpd_peername_lookup = no",
    "smtpd_tls_loglevel = 1",
    "smtpd_relay_restrictions = reject",
    "",
  ].join("\n");
}

function service(config: string, { host, address, tls }: MailHost): string {
  const plain = [`${address}:25 inet n - n - - smtpd`, `  -o myhostname=${host}`];
  if (!tls) return [...plain, "  -o smtpd_tls_security_level=none"].join("\n");
  const path = join(config, `${host}.pem`);
  writeFileSync(path, `${tls.keyPem.trim()}\n${tls.chainPem.trim()}\n`, { mode: 0o600 });
  return [...plain, "  -o smtpd_tls_security_level=may", `  -o smtpd_tls_chain_files=${path}`].join("\n");
}
