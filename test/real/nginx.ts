import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Started, startDaemon } from "./programs.ts";

export interface PolicySite {
  readonly host: string;
  readonly chainPem: string;
  readonly keyPem: string;
  /** Body of the policy, or where it redirects to. */
  readonly serves: { readonly body: string } | { readonly redirect: string };
}

/** Debian's nginx with one HTTPS site a policy host, on `address`:443. */
export function startNginx(folder: string, address: string, sites: readonly PolicySite[]): Promise<Started> {
  mkdirSync(folder, { recursive: true });
  const servers = sites.map((site) => server(folder, address, site));
  const config = join(folder, "nginx.conf");
  writeFileSync(
    config,
    [
      `daemon off; pid ${join(folder, "nginx.pid")}; error_log stderr; worker_processes 1;`,
      "events { }",
      `http { access_log off; client_body_temp_path ${folder}; proxy_temp_path ${folder}; fastcgi_temp_path ${folder};`,
      `uwsgi_temp_path ${folder}; scgi_temp_path ${folder}; default_type text/plain;`,
      ...servers,
      "}",
      "",
    ].join("\n"),
  );
  return startDaemon(["/usr/sbin/nginx", "-c", config, "-e", "stderr"], { address, port: 443 });
}

function server(folder: string, address: string, { host, chainPem, keyPem, serves }: PolicySite): string {
  const root = join(folder, host);
  mkdirSync(join(root, ".well-known"), { recursive: true });
  writeFileSync(join(folder, `${host}.pem`), chainPem);
  writeFileSync(join(folder, `${host}.key`), keyPem);
  if ("body" in serves) writeFileSync(join(root, ".well-known/mta-sts.txt"), serves.body);
  const answer = "redirect" in serves ? `return 301 ${serves.redirect};` : `root ${root};`;
  return [
    `server { listen ${address}:443 ssl; server_name ${host};`,
    `  ssl_certificate ${join(folder, `${host}.pem`)}; ssl_certificate_key ${join(folder, `${host}.key`)};`,
    `  location / { ${answer} } }`,
  ].join("\n");
}
