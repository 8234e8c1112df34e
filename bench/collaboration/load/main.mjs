/** One load on one server: `node main.mjs PLAN`, a JSON text; the last line printed is the result. */
import { dialects } from "./dialects.mjs";
import { joining } from "./joining.mjs";
import { Meter } from "./meter.mjs";
import { idle } from "./standing.mjs";
import { quiet, typing } from "./typing.mjs";

/** Whatever happens, it ends. */
const LONGEST_MS = 120_000;
setTimeout(() => process.exit(3), LONGEST_MS).unref();

const loads = { typing, quiet, idle, joining };

let input = "";
for await (const part of process.stdin) input += part;
const plan = JSON.parse(input);
const server = { dialect: dialects[plan.server], url: plan.url };
const meter = new Meter();
const errors = [];
const found = await loads[plan.load](server, plan, meter, (error) => errors.push(error));
const result = {
  ...meter.report(),
  ...found,
  errors: errors.length,
  first_errors: errors.slice(0, 3),
};
process.stdout.write(`${JSON.stringify(result)}\n`, () => process.exit(0));
