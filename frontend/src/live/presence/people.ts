/** Who is here, read from awareness states, which other browsers may fill with anything. */

export interface PersonHere {
  id: string;
  name: string;
  /** Passages this person has open for writing, in any of their tabs. */
  passages: string[];
}

/** What this page announces about its own person. */
export interface Announced {
  user: { id: string; name: string };
  passage: string | null;
}

const LONGEST_NAME = 80;

/** One entry a person, however many tabs they have; in the order of their names. */
export function peopleHere(states: Iterable<unknown>): PersonHere[] {
  const people = new Map<string, PersonHere>();
  for (const state of states) {
    const user = userOf(state);
    if (!user) continue;
    const person = people.get(user.id) ?? { ...user, passages: [] };
    const passage = passageOf(state);
    if (passage !== null && !person.passages.includes(passage)) person.passages.push(passage);
    people.set(user.id, person);
  }
  return [...people.values()].sort((one, other) => one.name.localeCompare(other.name));
}

export function userOf(state: unknown): { id: string; name: string } | null {
  if (!isRecord(state) || !isRecord(state.user)) return null;
  const { id, name } = state.user;
  if (typeof id !== "string" || typeof name !== "string" || name.trim() === "") return null;
  return { id, name: name.slice(0, LONGEST_NAME) };
}

export function passageOf(state: unknown): string | null {
  return isRecord(state) && typeof state.passage === "string" ? state.passage : null;
}

/** One end of their selection as they announce it, a Yjs relative position; the caret is "head". */
export function placeOf(state: unknown, end: "anchor" | "head"): unknown {
  return isRecord(state) && isRecord(state.cursor) ? state.cursor[end] : null;
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
