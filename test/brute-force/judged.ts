// A little world as the gate sees it: data for the judge. One hour of the world is 3600 seconds.
import type { RolloutConfig } from "../../src/config.ts";
import { judge } from "../../src/judge/judge.ts";
import type { DomainVerdict } from "../../src/verdict.ts";
import { AT, evidenceOf, proposalOf, type Scene, type SceneSide } from "../judge/scene.ts";
import { SENDERS, type Sender } from "./senders.ts";
import type { Body, Mx, Past, Published } from "./world.ts";

const HOUR = 3_600;

/** Turning enforce on untested is blocked on purpose, whatever the deliveries: counted separately. */
export const UNTESTED = "rollout-enforce-untested";

export interface Terms {
  readonly name: string;
  /** What the pipeline of the little world does, which is what `rollout` declares. */
  readonly fenced: boolean;
  readonly rollout: RolloutConfig;
  /** Whose mail `ready` promises; to the others it owes a warning with a date. */
  readonly promised: readonly Sender[];
}

/** Refusals by senders that check ids are errors; those by others, warnings with a date. */
export const ID_CHECKING: Terms = {
  name: "senders: id-checking, deploy: policy-first",
  fenced: true,
  rollout: { senders: "id-checking", maxAgeCeiling: undefined, deploy: "policy-first", deployLag: HOUR },
  promised: ["S1", "S2"],
};

/** Nobody may refuse. The pipeline fences, and the gate is not told. */
export const ALL: Terms = {
  name: "senders: all",
  fenced: true,
  rollout: { senders: "all", maxAgeCeiling: undefined, deploy: undefined, deployLag: HOUR },
  promised: SENDERS,
};

/** Nobody may refuse, and the parts of a commit arrive in any order. */
export const ALL_UNFENCED: Terms = { ...ALL, name: "senders: all, unfenced", fenced: false };

/** ISO 8601. */
export const timeOf = (hour: number): string => new Date(Date.parse(AT) + hour * HOUR * 1000).toISOString();

const hostsOf = (mx: Mx): readonly string[] => [...mx];
const textOf = ({ mode, mx, maxAge }: Body): string => `${mode} ${maxAge * HOUR} ${hostsOf(mx).join(" ")}`;

export function sceneOf(past: Past, live: Published, change: Published): Scene {
  const side = ({ body, id, mx }: Published): SceneSide => ({
    policy: body && textOf(body),
    records: id === null ? [] : [`v=STSv1; id=${id}`],
    mx: hostsOf(mx),
  });
  const history = past.toReversed().map(({ at, body, id, mx }) => ({
    at: timeOf(at),
    policy: body && textOf(body),
    id: id === null ? null : String(id),
    ...(id !== null && { ttl: HOUR }),
    mx: hostsOf(mx),
    mxTtl: HOUR,
  }));
  const base = past.at(-1) as Published;
  const since = past.findLast((one, index) => JSON.stringify(past[index - 1]?.body) !== JSON.stringify(one.body));
  return {
    base: side(base),
    proposed: side(change),
    live: {
      records: live.id === null ? "none" : [`v=STSv1; id=${live.id}`],
      policy: live.body ? textOf(live.body) : "none",
      mx: hostsOf(live.mx),
    },
    history,
    baseSince: timeOf((since ?? { at: 0 }).at),
  };
}

export interface Question {
  readonly past: Past;
  /** What is served when the gate looks. */
  readonly live: Published;
  readonly change: Published;
}

export function verdictOn({ past, live, change }: Question, { rollout }: Terms, off = [UNTESTED]): DomainVerdict {
  const scene = sceneOf(past, live, change);
  const settings = { certificateExpiryDays: 14, off, waivers: [], rollout };
  return judge({ proposal: proposalOf(scene), evidence: evidenceOf(scene), asOf: AT, settings });
}
