/** Changing fields that somebody else may have changed meanwhile: nobody's words go unseen. */
import type { Tagged } from "../../../api/client";
import { isProblem } from "../../../api/problem";

/** Others type and move things all the time; only their change of the same field is a conflict. */
const MOST_TRIES = 5;

/** Somebody else changed the same field since this person began. */
export class Conflict<T> extends Error {
  constructor(readonly theirs: T) {
    super("Somebody else changed this meanwhile.");
    this.name = "Conflict";
  }
}

interface Guarded<T, P extends Partial<T>> {
  read: () => Promise<Tagged<T>>;
  write: (patch: P, etag: string | null) => Promise<T>;
  /** The fields as this person saw them when they began. */
  base: P;
  mine: P;
}

/** Writes only on top of what the person saw. Throws `Conflict` with what stands there instead. */
export async function guarded<T extends object, P extends Partial<T>>({
  read,
  write,
  base,
  mine,
}: Guarded<T, P>): Promise<T> {
  for (let tries = 1; ; tries++) {
    const { value, etag } = await read();
    if (movedMeanwhile(value, base, mine)) throw new Conflict(value);
    try {
      return await write(mine, etag);
    } catch (error) {
      if (!isProblem(error) || error.status !== 412 || tries === MOST_TRIES) throw error;
    }
  }
}

function movedMeanwhile<T extends object, P extends Partial<T>>(now: T, base: P, mine: P): boolean {
  return (Object.keys(mine) as (keyof P & keyof T)[]).some(
    (field) => !same(now[field], base[field]) && !same(now[field], mine[field]),
  );
}

function same(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
