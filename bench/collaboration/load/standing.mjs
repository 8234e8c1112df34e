/** People who are there and do nothing: what one of them costs the server. */

import { connectAll, sleep, until } from "./pace.mjs";
import { Person } from "./person.mjs";

const PARAGRAPH = "The restore wrote its next hundred tables while the queue grew. ".repeat(30);

/** The first room is there before the measurement starts: what comes once is no one's cost. */
export async function idle(plan, { server, meter, onError }) {
  const people = plan.rooms.flatMap((room, number) =>
    Array.from({ length: plan.people }, (_, seat) => {
      const token = plan.tokens[number * plan.people + seat];
      return new Person(server, { room, token, name: `Person ${seat}`, onError });
    }),
  );
  const first = people.splice(0, plan.people);
  await connectAll(first);
  write(first[0]);
  await sleep(plan.settle_seconds * 1000);
  meter.start();
  await connectAll(people);
  const writers = people.filter((_, number) => number % plan.people === 0);
  for (const writer of writers) write(writer);
  await sleep(plan.settle_seconds * 1000);
  meter.stop();
  const all = [...first, ...people];
  const converged = await until(() => all.every(hasRead));
  for (const person of all) person.leave();
  return { converged, arrived: people.length };
}

function write(person) {
  person.startWriting();
  person.write("summary", PARAGRAPH);
}

function hasRead({ doc }) {
  return doc.getText("summary").toString() === PARAGRAPH;
}
