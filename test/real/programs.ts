import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createConnection } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

const PROGRAMS = ["/usr/sbin/named", "/usr/sbin/nginx", "/usr/sbin/postfix"];

/** Why the real servers cannot be started here; `undefined` when they can. Ports 25 and 443 are for root. */
export function whyNotReal(): string | undefined {
  const absent = PROGRAMS.filter((path) => !existsSync(path));
  if (absent.length > 0) return `not installed: ${absent.join(", ")} (on Debian: apt-get install bind9 nginx postfix)`;
  return process.getuid?.() === 0 ? undefined : "ports 25 and 443 on loopback need root";
}

export interface Started {
  readonly close: () => Promise<void>;
}

/** A daemon that stays in the foreground; resolves once `address:port` accepts connections. */
export async function startDaemon(
  command: readonly [string, ...string[]],
  at: { address: string; port: number },
): Promise<Started> {
  const [program, ...args] = command;
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  child.stdout?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  child.stderr?.on("data", (chunk: Buffer) => (said += chunk.toString()));
  const close = (): Promise<void> => ended(child);
  try {
    await accepts(at, () => child.exitCode !== null);
  } catch {
    await close();
    throw new Error(`${program} does not answer at ${at.address}:${at.port}: ${said.slice(-2_000)}`);
  }
  return { close };
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  child.kill("SIGTERM");
  const late = setTimeout(() => child.kill("SIGKILL"), 3_000);
  await gone;
  clearTimeout(late);
}

/** Waits up to ten seconds for a listener. */
export async function accepts(
  { address, port }: { address: string; port: number },
  gaveUp = (): boolean => false,
): Promise<void> {
  for (const end = Date.now() + 10_000; Date.now() < end && !gaveUp(); await sleep(50))
    if (await connects(address, port)) return;
  throw new Error(`nothing listens at ${address}:${port}`);
}

function connects(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host, port });
    socket.setTimeout(1_000, () => socket.destroy());
    socket.once("connect", () => {
      socket.end();
      resolve(true);
    });
    socket.once("error", () => resolve(false));
    socket.once("close", () => resolve(false));
  });
}
