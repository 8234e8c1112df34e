/** Rooms full of people, some of whom type; and two people in a quiet room. */

import { connectAll, numbers, sleep, until } from "./pace.mjs";
import { Room } from "./room.mjs";

/** Everybody who types presses keys at their own moments, `per_second` on average. */
export async function typing(plan, stage) {
  const { meter } = stage;
  const rooms = open(plan, plan.rooms, stage);
  await connectAll(rooms.flatMap((room) => room.people));
  await stage.together();
  const random = numbers();
  let over = false;
  for (const room of rooms) {
    for (const person of room.writers) {
      const pause = () => (1000 / plan.per_second) * (0.5 + random());
      const press = () => {
        if (over) return;
        room.press(person, { caret: plan.carets });
        setTimeout(press, pause());
      };
      setTimeout(press, pause() * random());
    }
  }
  await sleep(plan.warm_up_seconds * 1000);
  meter.start();
  await sleep(plan.seconds * 1000);
  over = true;
  meter.stop();
  return settle(rooms, meter.edits * (plan.people - 1), stage);
}

/** One keystroke at a time, each long after the one before. */
export async function quiet(plan, stage) {
  const { meter } = stage;
  const rooms = open(plan, [plan.rooms[0]], stage);
  const [writer] = rooms[0].writers;
  await connectAll(rooms[0].people);
  const random = numbers();
  const press = async (times) => {
    for (let time = 0; time < times; time += 1) {
      rooms[0].press(writer);
      await sleep(60 + 60 * random());
    }
  };
  await press(plan.keystrokes / 5);
  meter.start();
  await press(plan.keystrokes);
  meter.stop();
  return settle(rooms, plan.keystrokes, stage);
}

function open({ people, typing, tokens }, names, stage) {
  return names.map((room, number) => {
    const mine = tokens.slice(number * people, (number + 1) * people);
    return new Room(stage, { room, people, typing, tokens: mine });
  });
}

async function settle(rooms, expected, { meter, onError }) {
  if (!(await until(() => meter.deliveries >= expected))) {
    onError(`${expected - meter.deliveries} of ${expected} deliveries never came`);
  }
  const converged = await until(async () => {
    for (const room of rooms) if (!(await room.converged())) return false;
    return true;
  }, 2000);
  for (const room of rooms) room.leave();
  return { converged };
}
