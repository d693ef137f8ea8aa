import type { MxHost } from "../../evidence.ts";
import type { DomainName } from "../../protocol/domain-name.ts";
import { matchesMx } from "../../protocol/mx-pattern.ts";
import type { Policy } from "../../protocol/policy.ts";
import { inWords } from "../duration.ts";
import type { Posture } from "./posture.ts";
import {
  type Course,
  certificateStop,
  policyStops,
  REPORT_STOP,
  type Stage,
  type Terrain,
  widened,
  withPolicy,
} from "./stage.ts";

/** Widen, wait, then the MX record: whoever holds the narrow policy refuses the new host. */
export function addMx({ policyDomain, start }: Terrain, host: DomainName): Course {
  const lowest = Math.max(0, ...start.mx.map(({ preference }) => preference));
  const add = (posture: Posture): Posture =>
    names(posture).includes(host) ? posture : { ...posture, mx: [...posture.mx, { host, preference: lowest + 10 }] };
  return {
    stages: [
      widen(policyDomain, [host]),
      {
        title: `Add the MX record of ${host}`,
        apply: add,
        waits: WIDE,
        stops: [certificateStop([host]), REPORT_STOP],
      },
    ],
    end: `The plan is over when every server of the zone names ${host} and a sender has delivered to it over TLS.`,
  };
}

/** The record first: a policy that is narrowed first makes senders refuse a host that they still see. */
export function removeMx({ policyDomain }: Terrain, host: DomainName): Course {
  return {
    stages: [
      {
        title: `Remove the MX record of ${host}`,
        apply: (posture) => ({ ...posture, mx: posture.mx.filter((one) => one.host !== host) }),
        waits: "",
        stops: ["another MX host is not accepted by every sender, or is not in every policy that senders hold"],
      },
      narrow(policyDomain, [host], (policy) => ({
        ...policy,
        mx: policy.mx.filter((pattern) => pattern.wildcard || pattern.host !== host),
      })),
    ],
    end: `The plan is over when the policy without ${host} and its id are live; keep ${host} running for ${QUEUE} after its record went.`,
  };
}

/** The same machine or another one under a new name. */
export function renameMx({ policyDomain }: Terrain, from: DomainName, to: DomainName): Course {
  const replace = ({ host, preference }: MxHost): MxHost => ({ host: host === from ? to : host, preference });
  return {
    stages: [
      widen(policyDomain, [to], [`Let ${from} present a certificate that has both names, ${from} and ${to}.`]),
      {
        title: `Rename the MX host ${from} to ${to}`,
        apply: (posture) => ({ ...posture, mx: posture.mx.map(replace) }),
        waits: WIDE,
        stops: [certificateStop([from, to]), REPORT_STOP],
      },
      narrow(policyDomain, [from], (policy) => ({
        ...policy,
        mx: policy.mx.filter((pattern) => pattern.wildcard || pattern.host !== from),
      })),
    ],
    end: `The plan is over when the policy without ${from} and its id are live; keep the name ${from} and its certificate for ${QUEUE} after that.`,
  };
}

/** Old and new in the policy for as long as any sender may see either of them. */
export function replaceProvider({ policyDomain, start }: Terrain, hosts: readonly DomainName[]): Course {
  const old = names(start).filter((host) => !hosts.includes(host));
  const fresh = hosts.map((host, index) => ({ host, preference: (index + 1) * 10 }));
  const isThere = (posture: Posture): boolean =>
    posture.mx.length === hosts.length && hosts.every((host) => names(posture).includes(host));
  const keeps = (policy: Policy): Policy => ({
    ...policy,
    mx: policy.mx.filter((pattern) => hosts.some((host) => matchesMx(pattern, host))),
  });
  return {
    stages: [
      widen(policyDomain, [...names(start), ...hosts]),
      {
        title: `Switch the MX records to ${hosts.join(", ")}`,
        apply: (posture) => (isThere(posture) ? posture : { ...posture, mx: fresh }),
        waits: WIDE,
        stops: [
          certificateStop(hosts),
          REPORT_STOP,
          "mail to the new hosts bounces: go back to the old MX records, which the policy still lists",
        ],
      },
      narrow(policyDomain, old, keeps),
    ],
    end: `The plan is over when the policy of the new hosts alone and its id are live; keep the old hosts accepting mail for ${QUEUE} after the switch.`,
    ...hurry(start),
  };
}

const WIDE =
  "Senders must have given up every policy that does not list the host: those that compare ids do when they see the new id, the others when max_age is over.";
/** RFC 5321 §4.5.4.1: senders try for 4 to 5 days. */
const QUEUE = "5 days";
const WEEK = 604_800; // seconds

function hurry({ policy }: Posture): Pick<Course, "notes"> {
  if (policy?.mode !== "enforce" || policy.maxAge <= WEEK) return {};
  const note = `In a hurry: lower max_age first, which is ${inWords(policy.maxAge)}; after that time has passed once, every later wait is as short as the new one.`;
  return { notes: [note] };
}

const names = ({ mx }: Posture): readonly DomainName[] => mx.map(({ host }) => host);

function widen(policyDomain: DomainName, hosts: readonly DomainName[], tasks: readonly string[] = []): Stage {
  return {
    title: `Add ${hosts.length === 1 ? hosts.join("") : "every old and new MX host"} to the policy, with a new id`,
    apply: (posture) => withPolicy(posture, (policy) => widened(policy, hosts)),
    waits: "",
    tasks,
    stops: [...policyStops(policyDomain), certificateStop(hosts)],
  };
}

function narrow(policyDomain: DomainName, gone: readonly DomainName[], edit: (policy: Policy) => Policy): Stage {
  return {
    title: `Take ${gone.length === 0 ? "the old MX hosts" : gone.join(", ")} out of the policy, with a new id`,
    apply: (posture) => withPolicy(posture, edit),
    waits: "Resolvers must have forgotten the MX records that name it.",
    stops: [`a server of the zone still names ${gone.join(" or ") || "an old MX host"}`, ...policyStops(policyDomain)],
  };
}
