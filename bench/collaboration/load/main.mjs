/** One load on one server: a plan (JSON) comes in on standard input, the last line printed is what came of it. */
import { Worker } from "node:worker_threads";
import { summary } from "./meter.mjs";

/** People of one room are not kept waiting by the work that the load has with another room. */
const THREADS = 2;
/** Whatever happens, it ends. */
const LONGEST_MS = 120_000;
setTimeout(() => process.exit(3), LONGEST_MS).unref();

let input = "";
for await (const part of process.stdin) input += part;
const plan = JSON.parse(input);
const said = new Set();
const waiting = new Set();
let cpu = null;

const workers = shares(plan).map(
  (share) => new Worker(new URL("./worker.mjs", import.meta.url), { workerData: share }),
);
const results = await Promise.all(workers.map(listen));
const result = {
  ...summary(results, cpu),
  errors: results.flatMap(({ errors }) => errors).length,
  first_errors: results.flatMap(({ errors }) => errors).slice(0, 3),
  converged: results.every(({ converged }) => converged),
  arrived: results[0].arrived,
  joins: results[0].joins,
};
process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));

/** Deal the rooms of people who type to threads; everything else is one after another anyway. */
function shares(whole) {
  if (whole.load !== "typing") return [whole];
  const count = Math.min(THREADS, whole.rooms.length);
  return Array.from({ length: count }, (_, number) => {
    const mine = (_room, index) => index % count === number;
    const tokens = whole.tokens.filter((_token, index) =>
      mine(null, Math.floor(index / whole.people)),
    );
    return { ...whole, rooms: whole.rooms.filter(mine), tokens };
  });
}

function listen(worker) {
  return new Promise((resolve, reject) => {
    worker.on("error", reject);
    worker.on("message", (message) => {
      if (message.result !== undefined) resolve(message.result);
      else if (message.now === "ready") ready(worker);
      else tell(message.now);
    });
  });
}

/** Start typing when everybody has come. */
function ready(worker) {
  waiting.add(worker);
  if (waiting.size === workers.length) for (const other of waiting) other.postMessage("go");
}

/** Tell the one who measures the server; the first thread speaks for all. */
function tell(now) {
  if (said.has(now)) return;
  said.add(now);
  process.stdout.write(`${JSON.stringify({ now })}\n`);
  cpu = now === "start" ? process.cpuUsage() : process.cpuUsage(cpu);
}
