/** Politely says who joined: at most one sentence in five seconds, never the people already here. */
import type { PersonHere } from "./people";

export const QUIET_MS = 5000;

export class Joins {
  private known: Set<string> | null = null;
  private waiting: string[] = [];
  private spokeAt = Number.NEGATIVE_INFINITY;

  /** Takes note of who is here now; `self` is never announced. */
  see(people: readonly PersonHere[], self: string): void {
    const others = people.filter((person) => person.id !== self);
    const known = this.known;
    if (known !== null)
      this.waiting.push(...others.filter(({ id }) => !known.has(id)).map(({ name }) => name));
    const here = new Set(others.map(({ id }) => id));
    this.known = here;
  }

  /** The connection ended: whoever is there when it comes back has not just joined. */
  forget(): void {
    this.known = null;
  }

  /** The sentence to say at this time, if there is one. */
  say(now: number): string | null {
    if (this.waiting.length === 0 || now - this.spokeAt < QUIET_MS) return null;
    const sentence = `${listed([...new Set(this.waiting)])} joined`;
    this.waiting = [];
    this.spokeAt = now;
    return sentence;
  }

  /** Milliseconds until there may be something to say; null when nobody waits to be named. */
  wait(now: number): number | null {
    return this.waiting.length === 0 ? null : Math.max(0, this.spokeAt + QUIET_MS - now);
  }
}

function listed(names: readonly string[]): string {
  if (names.length <= 2) return names.join(" and ");
  return `${names[0]}, ${names[1]} and ${names.length - 2} more`;
}
