import { once } from "node:events";
import { connect } from "node:net";
import { Worker } from "node:worker_threads";

/**
 * A port of loopback that answers no SYN, as port 25 does on a hosted runner: a listener that never accepts and whose queue is full,
 * so that the kernel drops what comes.
 */
export async function startBlackHole(): Promise<{ readonly port: number; readonly close: () => Promise<unknown> }> {
  const worker = new Worker(
    `const { parentPort } = require("node:worker_threads");
     const server = require("node:net").createServer();
     server.listen({ port: 0, host: "127.0.0.1", backlog: 1 }, () => {
       parentPort.postMessage(server.address().port);
       // Not before the message is on its way.
       setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 20);
     });`,
    { eval: true },
  );
  const [port] = (await once(worker, "message")) as [number];
  await new Promise((resolve) => setTimeout(resolve, 60));
  // What fits in the queue, and one more for good measure: from here on nobody gets in.
  const fillers = Array.from({ length: 4 }, () => connect(port, "127.0.0.1").on("error", () => undefined));
  await once(fillers[0] ?? worker, "connect");
  const close = () => {
    for (const filler of fillers) filler.destroy();
    return worker.terminate();
  };
  return { port, close };
}
