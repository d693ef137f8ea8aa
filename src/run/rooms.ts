import { collect } from "../collect/collect.ts";
import { gate } from "../gate.ts";
import { createNetwork } from "../world/internet.ts";
import { PACE, type Pace } from "./deploy-wait.ts";
import { openAt } from "./repository.ts";

/** The steps of a run; a test may put its own in. */
export interface Rooms {
  readonly openAt: typeof openAt;
  readonly collect: typeof collect;
  readonly createNetwork: typeof createNetwork;
  readonly gate: typeof gate;
  /** By which clock it waits for a deploy. */
  readonly pace: Pace;
}

/** The real steps. */
export const ROOMS: Rooms = { openAt, collect, createNetwork, gate, pace: PACE };
