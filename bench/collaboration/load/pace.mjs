/** Time and chance: waiting, connecting not all at once, and drawing the same numbers each run. */
import { setTimeout as sleep } from "node:timers/promises";

const AT_ONCE = 20;

export { sleep };

/** Return a generator of numbers in [0, 1) that starts over in every run (mulberry32). */
export function numbers(seed = 1) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export async function connectAll(people) {
  for (let from = 0; from < people.length; from += AT_ONCE) {
    await Promise.all(people.slice(from, from + AT_ONCE).map((person) => person.connect()));
  }
}

/** Wait until something holds; returns whether it did in time. */
export async function until(holds, milliseconds = 10_000) {
  const deadline = Date.now() + milliseconds;
  while (!(await holds())) {
    if (Date.now() > deadline) return false;
    await sleep(20);
  }
  return true;
}
