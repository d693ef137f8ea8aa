// A domain on the private internet, and a checkout that says nothing of it yet.
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import type { Arguments } from "../../src/cli/arguments.ts";
import { type Internet, POLICY_ADDRESS, presented, startInternet } from "../../src/demo/internet.ts";
import { temporaryFolder } from "../action/temporary.ts";

/** example.com with two MX hosts that work, and nothing of MTA-STS. */
export async function startDomain(): Promise<Internet> {
  const internet = await startInternet();
  internet.zone = {
    "example.com": {
      MX: [
        [20, "mx2.example.com"],
        [10, "mx1.example.com"],
      ],
    },
    "mx1.example.com": { A: ["198.51.100.10"] },
    "mx2.example.com": { A: ["198.51.100.11"] },
  };
  for (const [host, address] of [
    ["mx1.example.com", "198.51.100.10"],
    ["mx2.example.com", "198.51.100.11"],
  ] as const)
    await internet.placeMx(address, { tls: presented(internet.authority.issue({ names: [host] })) });
  return internet;
}

/** Puts a policy and its record where senders see them. */
export function publish(internet: Internet, body: string, record: readonly string[]): void {
  internet.zone["_mta-sts.example.com"] = { TXT: [...record] };
  internet.zone["mta-sts.example.com"] = { A: [POLICY_ADDRESS] };
  const identity = presented(internet.authority.issue({ names: ["mta-sts.example.com"] }));
  internet.sites = { "mta-sts.example.com": { identity, reply: { kind: "policy", body } } };
}

const GIT = {
  PATH: process.env["PATH"],
  HOME: "/nonexistent",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "T",
  GIT_AUTHOR_EMAIL: "t@example.com",
  GIT_COMMITTER_NAME: "T",
  GIT_COMMITTER_EMAIL: "t@example.com",
};

export interface Checkout {
  readonly folder: string;
  readonly write: (files: Readonly<Record<string, string>>) => void;
  readonly commit: () => void;
}

/** A git repository with these files in its first commit; without a commit where there are none. It goes when the test ends. */
export function checkout(files: Readonly<Record<string, string>> = {}): Checkout {
  const folder = temporaryFolder();
  const git = (...args: readonly string[]) => execFileSync("git", args, { cwd: folder, env: GIT, stdio: "pipe" });
  const write = (found: Readonly<Record<string, string>>): void => {
    for (const [path, text] of Object.entries(found)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
  };
  const commit = (): void => {
    git("add", "--all", "--force");
    git("commit", "--quiet", "-m", "state");
  };
  git("init", "--quiet", "--initial-branch=main");
  write(files);
  if (Object.keys(files).length > 0) commit();
  return { folder, write, commit };
}

/** What the command line would make of these words. */
export function asked(
  command: Arguments["command"],
  operands: readonly string[],
  more: Partial<Arguments> = {},
): Arguments {
  return { command, operands, options: {}, format: undefined, fix: false, ...more };
}
