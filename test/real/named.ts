import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Started, startDaemon } from "./programs.ts";

/** Debian's bind9, authoritative for `zones` (name → text of a zone file), on one loopback address and port. */
export function startNamed(folder: string, port: number, zones: Readonly<Record<string, string>>): Promise<Started> {
  mkdirSync(folder, { recursive: true });
  chmodSync(folder, 0o777);
  const stanzas = Object.entries(zones).map(([name, text]) => {
    writeFileSync(join(folder, `${name}.zone`), text);
    return `zone "${name}" { type primary; file "${join(folder, `${name}.zone`)}"; };`;
  });
  const config = join(folder, "named.conf");
  writeFileSync(
    config,
    [
      "options {",
      `  directory "${folder}"; pid-file none; session-keyfile none; managed-keys-directory "${folder}";`,
      `  listen-on port ${port} { 127.0.0.1; }; listen-on-v6 { none; };`,
      "  recursion no; dnssec-validation no; notify no; allow-transfer { none; };",
      "};",
      "controls { };",
      ...stanzas,
      "",
    ].join("\n"),
  );
  return startDaemon(["/usr/sbin/named", "-g", "-c", config, "-n", "1"], { address: "127.0.0.1", port });
}
