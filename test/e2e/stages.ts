import { POLICY_ADDRESS } from "../../src/demo/internet.ts";
import { openStage, type Stage } from "./stage.ts";

/** Stages for tests that run side by side. Each test has one to itself, as it was when it opened. */
export interface Stages {
  readonly use: <T>(work: (stage: Stage) => Promise<T>) => Promise<T>;
  readonly close: () => Promise<void>;
}

export async function openStages(count: number): Promise<Stages> {
  const all = await Promise.all(Array.from({ length: count }, openStage));
  const free = [...all];
  const waiting: ((stage: Stage) => void)[] = [];
  const take = (): Promise<Stage> => {
    const stage = free.pop();
    return stage ? Promise.resolve(stage) : new Promise((resolve) => waiting.push(resolve));
  };
  const giveBack = (stage: Stage): void => {
    const next = waiting.shift();
    if (next) next(stage);
    else free.push(stage);
  };
  return {
    use: async (work) => {
      const stage = await take();
      reset(stage);
      try {
        return await work(stage);
      } finally {
        giveBack(stage);
      }
    },
    close: async () => void (await Promise.all(all.map((stage) => stage.close()))),
  };
}

function reset({ internet, api }: Stage): void {
  internet.policyAddresses = [POLICY_ADDRESS];
  internet.port25 = "open";
  internet.dnsFault = () => undefined;
  internet.routeFault = () => undefined;
  api.comments.length = 0;
  api.reviewComments.length = 0;
  api.fault = () => undefined;
}
