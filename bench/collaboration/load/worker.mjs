/** One thread of a load: some of the rooms. */
import { once } from "node:events";
import { parentPort, workerData as plan } from "node:worker_threads";
import { dialects } from "./dialects.mjs";
import { joining } from "./joining.mjs";
import { Meter } from "./meter.mjs";
import { idle } from "./standing.mjs";
import { quiet, typing } from "./typing.mjs";

const loads = { typing, quiet, idle, joining };

const errors = [];
const stage = {
  server: { dialect: dialects[plan.server], urls: plan.urls },
  meter: new Meter((now) => parentPort.postMessage({ now })),
  onError: (error) => errors.push(error),
  /** Wait until the other threads are as far. */
  async together() {
    parentPort.postMessage({ now: "ready" });
    await once(parentPort, "message");
  },
};
const found = await loads[plan.load](plan, stage);
parentPort.postMessage({ result: { ...stage.meter.read(), ...found, errors } });
