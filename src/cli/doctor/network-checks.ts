import type { MxAnswer, Observation, Probe } from "../../evidence.ts";
import type { DomainName } from "../../protocol/domain-name.ts";
import type { Network } from "../../world.ts";
import type { Check } from "./check.ts";

const OUT_OF_SIGHT =
  "--proxy socks5://127.0.0.1:1080 with ssh -D 1080 to a machine that gets out, or evidence from one (docs/evidence.md)";

/** Whether this machine sees what the gate looks at: one DNS question, and one connection to one MX host. */
export async function networkChecks(domain: DomainName | undefined, network: Network): Promise<readonly Check[]> {
  if (domain === undefined) {
    const message = "no domain is named, and none is found at HEAD";
    const fix = "mta-sts-gate doctor example.com";
    return [
      { check: "resolver", outcome: "not-asked", message, fix },
      { check: "port-25", outcome: "not-asked", message, fix },
    ];
  }
  const mx = await network.mx(domain);
  return [resolver(domain, mx), await port25(domain, mx, network)];
}

function resolver(domain: DomainName, mx: Observation<MxAnswer>): Check {
  if (mx.kind === "observed")
    return { check: "resolver", outcome: "ok", message: `the MX question about ${domain} was answered` };
  const message = `the MX question about ${domain} was not answered: ${mx.because}`;
  return { check: "resolver", outcome: "unseen", message, fix: "another --resolver, such as 9.9.9.9 or a DoH URL" };
}

async function port25(domain: DomainName, mx: Observation<MxAnswer>, network: Network): Promise<Check> {
  const unseen = (message: string, fix?: string): Check => ({
    check: "port-25",
    outcome: "unseen",
    message,
    ...(fix !== undefined && { fix }),
  });
  if (mx.kind === "unobserved") return unseen(`no MX host of ${domain} is known`);
  const [first] = mx.value.kind === "records" ? mx.value.records : [];
  if (!first) return { check: "port-25", outcome: "not-asked", message: `${domain} has no MX host to connect to` };
  const { addresses } = await network.addresses(first.host);
  const all = addresses.kind === "observed" ? addresses.value : [];
  const address = all.find((one) => !one.includes(":")) ?? all[0];
  if (address === undefined) return unseen(`no address of the MX host ${first.host} is known`);
  const why = silence(await network.probe(first.host, address));
  if (why !== undefined) return unseen(`no answer on port 25 of ${first.host} (${address}): ${why}`, OUT_OF_SIGHT);
  return { check: "port-25", outcome: "ok", message: `${first.host} (${address}) answers on port 25` };
}

/**
 * Why nothing was heard; one host that is silent does not tell a closed way from a host that is down. Through a proxy an open
 * connection proves nothing: only a word of the host does.
 */
function silence({ session }: Probe): string | undefined {
  if (session.kind === "unobserved") return session.because;
  if (session.kind !== "unreachable") return undefined;
  return session.step === "connect" || session.step === "greeting" ? session.reason : undefined;
}
