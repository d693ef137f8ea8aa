import type { DomainName } from "../../protocol/domain-name.ts";
import type { Inspection } from "../inspection.ts";
import { validateMxHost } from "../sender.ts";
import type { Posture } from "./posture.ts";
import { type Course, certificateStop, policyStops, type Terrain, widened, withPolicy } from "./stage.ts";

/** Milliseconds: the longest that resolvers usually keep an address or an alias. */
const ADDRESS_TTL = 86_400_000;

/** Two hosts with the same bytes, until no resolver sends anyone to the old one. */
export function movePolicyHost({ policyDomain, inspection }: Terrain, host: DomainName): Course {
  const name = `mta-sts.${policyDomain}`;
  const alias = inspection.proposal.proposed.policyHostRecords;
  const ttls = alias?.kind === "said" ? alias.value.flatMap(({ ttl }) => ttl ?? []) : [];
  const kept = ttls.length > 0 ? Math.max(...ttls) * 1000 : ADDRESS_TTL;
  const isMoved = ({ policyHost }: Posture): boolean => policyHost === host;
  return {
    stages: [
      {
        title: `Let ${host} serve the same octets for ${name}`,
        apply: (posture) => posture,
        isDone: isMoved,
        waits: "",
        tasks: [
          `Let ${host} serve the policy file for the name ${name}, with a certificate in that name, status 200 and no redirect.`,
          `Compare the octets by address: curl --connect-to ${name}:443:${host}:443 https://${name}/.well-known/mta-sts.txt`,
        ],
        stops: ["the octets differ, or the certificate is not in the name of the policy host"],
      },
      {
        title: `Make ${name} an alias of ${host}`,
        apply: (posture) => ({ ...posture, policyHost: host }),
        isDone: isMoved,
        waits: "",
        stops: ["a change of the policy or of its id is under way: neither is edited while both hosts serve"],
      },
      {
        title: "Take down the old policy host",
        apply: (posture) => posture,
        isDone: () => false,
        waits: "Resolvers must have forgotten the old address.",
        rest: { ms: kept, since: "step" },
        tasks: ["Take the policy off the old host; nothing in the repository changes."],
        stops: [`a server of the zone still answers with the old address for ${name}`],
      },
    ],
    end: "The plan is over when the old host is gone; edit the policy or its id only after that.",
  };
}

/**
 * MX hosts that no sender can deliver to under enforce. Only a host that every held policy lists helps all senders at once; what is
 * published helps those that come to fetch it.
 */
export function emergency({ policyDomain, start, inspection }: Terrain): Course {
  const [host] = rescuers(inspection);
  const hosts = start.mx.map((one) => one.host);
  const restore = (posture: Posture): Posture =>
    host === undefined || posture.mx.some((one) => one.host === host)
      ? posture
      : { ...posture, mx: [{ host, preference: 1 }, ...posture.mx] };
  const isReached = (): boolean => hosts.some((one) => helpsAll(inspection, one));
  return {
    stages: [
      {
        title: `Bring back an MX host that every held policy lists${host === undefined ? "" : `: ${host}`}`,
        apply: restore,
        isDone: isReached,
        waits: "",
        tasks:
          host === undefined
            ? [
                "No host name is in every policy that senders hold: repair the certificate or STARTTLS of the MX hosts that are.",
              ]
            : [],
        stops: host === undefined ? [] : [certificateStop([host])],
      },
      {
        title: "Add every MX host to the policy, with a new id",
        atOnce: true,
        apply: (posture) => withPolicy(posture, (policy) => widened(policy, hosts)),
        waits: "",
        stops: [
          ...policyStops(policyDomain),
          `mta-sts.${policyDomain} serves no policy: repair it first, and leave the id as it is until then`,
        ],
      },
      {
        title: "Publish mode testing, with a new id",
        atOnce: true,
        apply: (posture) => withPolicy(posture, (policy) => ({ ...policy, mode: "testing" })),
        isDone: ({ policy }) => policy?.mode !== "enforce",
        waits: "",
        stops: policyStops(policyDomain),
      },
    ],
    end: "Never delete the record or the policy host: whoever holds an enforce policy would keep it, and nothing could tell them otherwise.",
  };
}

/** Names that every held policy lists, those that are accepted by what was seen first. */
export function rescuers(inspection: Inspection): readonly DomainName[] {
  const { held } = inspection;
  const listed = held.flatMap(({ policy }) => policy.mx.filter(({ wildcard }) => !wildcard).map(({ host }) => host));
  const all = [...new Set(listed)];
  const good = all.filter((host) => helpsAll(inspection, host));
  const open = all.filter((host) => verdictsOf(inspection, host).every((verdict) => verdict !== "refused"));
  return good.length > 0 ? good : open;
}

const verdictsOf = ({ held, evidence }: Inspection, host: DomainName): readonly string[] =>
  held.map(({ policy }) => validateMxHost(policy, host, evidence).verdict);

const helpsAll = (inspection: Inspection, host: DomainName): boolean =>
  verdictsOf(inspection, host).every((verdict) => verdict === "accepted");
