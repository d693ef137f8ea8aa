import type { DomainName } from "../../protocol/domain-name.ts";
import type { Mode, Policy } from "../../protocol/policy.ts";
import { inWords } from "../duration.ts";
import { knownTtl } from "../time-to-live.ts";
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

const DAY = 86_400; // seconds
const WEEK = 7 * DAY;
const MILLISECONDS = 1000;
/** Days of testing before enforce (RFC 8461 §8.3 says no number; two weeks is what large senders advise). */
const TESTED = 14;

/** TLS-RPT, body, record: nobody looks for a body before the record says that there is one. */
export function startTesting(terrain: Terrain): Course {
  const { policyDomain } = terrain;
  return {
    stages: [reporting(policyDomain), testing(terrain), announcing(policyDomain)],
    end: "The plan is over when TLS reports of the testing policy arrive; an enforce policy that was there before is held by senders until its clocks are over.",
  };
}

export function enforce(terrain: Terrain): Course {
  const { policyDomain, start } = terrain;
  const hosts = start.mx.map(({ host }) => host);
  const maxAge = start.policy?.mode === "enforce" ? start.policy.maxAge : DAY;
  const ready = ({ policy }: Posture): boolean => policy?.mode === "enforce";
  const stages: readonly Stage[] = [
    { ...testing(terrain), isDone: (posture) => ready(posture) || isTested(posture, hosts) },
    announcing(policyDomain),
    {
      title: `Turn on enforce, with max_age of ${inWords(maxAge)} and a new id`,
      apply: (posture) => withPolicy(posture, (policy) => ({ ...policy, mode: "enforce", maxAge })),
      isDone: ready,
      waits: `Reports must cover ${TESTED} days of testing with these patterns.`,
      rest: { ms: TESTED * DAY * MILLISECONDS, since: "policy" },
      stops: [
        REPORT_STOP,
        "no report arrived: that is no clean report",
        certificateStop(hosts),
        ...policyStops(policyDomain),
      ],
    },
    {
      title: `Raise max_age to ${inWords(WEEK)}, with a new id`,
      apply: (posture) => withPolicy(posture, (policy) => ({ ...policy, maxAge: Math.max(policy.maxAge, WEEK) })),
      waits: "A week of enforce with a short max_age shows what a longer one would hold.",
      rest: { ms: WEEK * MILLISECONDS, since: "policy" },
      stops: [REPORT_STOP, "a change of MX hosts, provider or policy host is planned within the new max_age"],
    },
  ];
  return {
    stages,
    end: "The plan is over when the policy with the longer max_age is live; raise it further only in such steps.",
  };
}

export function retire({ policyDomain, start, inspection }: Terrain): Course {
  const ttl = knownTtl(inspection);
  const [mode, maxAge] = ["none" as const, Math.min(start.policy?.maxAge ?? DAY, DAY)];
  return {
    stages: [
      {
        title: "Publish mode none with the mx lines as they are, a max_age of a day and a new id",
        apply: (posture) => withPolicy(posture, (policy) => ({ ...policy, mode, maxAge })),
        isDone: ({ policy }) => policy === null || policy.mode === "none",
        waits: "",
        stops: policyStops(policyDomain),
      },
      {
        title: "Remove the _mta-sts record",
        apply: (posture) => ({ ...posture, announced: false }),
        waits:
          "Every enforce policy of the past must be over: while the record is there senders can learn of mode none, and afterwards they cannot.",
        stops: ["TLS reports still name an enforce policy"],
      },
      {
        title: "Remove the policy file and the policy host",
        apply: (posture) => ({ ...posture, policy: null }),
        waits: "Resolvers must have forgotten the record, and senders mode none.",
        rest: { ms: (ttl + maxAge) * MILLISECONDS, since: "step" },
        stops: [`a server of the zone still answers at _mta-sts.${policyDomain}`],
      },
      {
        title: "Remove the TLS-RPT record, unless DANE is in use",
        apply: (posture) => ({ ...posture, reports: false }),
        waits: "",
        edits: [reportRecord(policyDomain, "remove")],
        stops: [],
      },
    ],
    end: "The plan is over when nothing answers any more at _mta-sts and mta-sts; the domain may be given away only then.",
  };
}

/** Raised: a longer time in which a mistake lasts. Lowered: nothing is gained before the old one has run out. */
export function changeMaxAge({ policyDomain, start, inspection }: Terrain, seconds: number): Course {
  const was = start.policy?.maxAge ?? seconds;
  const raised = seconds > was;
  const longer = inspection.held.filter(({ policy }) => policy.maxAge > seconds).map(({ slow }) => slow);
  const stops = raised ? ["a change of MX hosts, provider or policy host is planned within the new max_age"] : [];
  return {
    stages: [
      {
        title: `${raised ? "Raise" : "Lower"} max_age from ${inWords(was)} to ${inWords(seconds)}, with a new id`,
        apply: (posture) => withPolicy(posture, (policy) => ({ ...policy, maxAge: seconds })),
        isDone: ({ policy }) => policy === null || policy.maxAge === seconds,
        waits: "",
        stops: [...policyStops(policyDomain), ...stops],
      },
      ...(raised || longer.length === 0 ? [] : [shorter(Math.max(...longer))]),
    ],
    end: raised
      ? "The plan is over when the policy and its id are live; from then on every wait is as long as the new max_age."
      : "The plan is over when nobody holds a policy with the old max_age; until then every wait is as long as that one.",
  };
}

/** @param until milliseconds since 1970 */
const shorter = (until: number): Stage => ({
  title: "Count on the shorter max_age",
  apply: (posture) => posture,
  isDone: () => false,
  waits: "Senders may hold a policy with the old max_age.",
  rest: { until },
  tasks: ["Nothing is to be edited; later plans have shorter waits from here on."],
  stops: [],
});

export function isTested({ policy }: Posture, hosts: readonly DomainName[]): boolean {
  return policy?.mode === "testing" && widened(policy, hosts).mx.length === policy.mx.length;
}

function testing({ policyDomain, start }: Terrain): Stage {
  const hosts = start.mx.map(({ host }) => host);
  const fresh: Policy = { mode: "testing", maxAge: WEEK, mx: [] };
  const mode: Mode = "testing";
  return {
    title: "Publish a testing policy that lists every MX host",
    apply: (posture) => ({ ...posture, policy: { ...widened(posture.policy ?? fresh, hosts), mode } }),
    waits: "",
    tasks: [
      `Let mta-sts.${policyDomain} serve it over HTTPS, with a certificate in that name, status 200 and no redirect.`,
    ],
    stops: start.policy === null ? [] : policyStops(policyDomain),
  };
}

function announcing(policyDomain: DomainName): Stage {
  return {
    title: "Publish the _mta-sts record",
    apply: (posture) => ({ ...posture, announced: posture.policy !== null }),
    waits: "",
    stops: [`an address of mta-sts.${policyDomain} does not serve the policy yet`],
  };
}

function reporting(policyDomain: DomainName): Stage {
  return {
    title: "Publish a TLS-RPT record, so that senders report what they would refuse",
    apply: (posture) => ({ ...posture, reports: true }),
    waits: "",
    edits: [reportRecord(policyDomain, "add")],
    stops: [],
  };
}

function reportRecord(policyDomain: DomainName, action: "add" | "remove"): NonNullable<Stage["edits"]>[number] {
  const record = `_smtp._tls.${policyDomain}. IN TXT "v=TLSRPTv1; rua=mailto:ADDRESS"`;
  return { kind: "record", action, record, place: null };
}
