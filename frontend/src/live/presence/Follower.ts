/** Whom this page follows, and where they are: the passage they went to last, their caret in it. */
import type { Awareness } from "y-protocols/awareness";
import type * as Y from "yjs";
import { Store } from "../store";
import { type PersonHere, passageOf, placeOf, userOf } from "./people";
import { absolutePlace } from "./places";

export interface Followed {
  id: string;
  name: string;
  here: boolean;
  /** Null while they write nowhere. */
  passage: string | null;
  /** Where in it their caret stands, if they have said so. */
  index: number | null;
}

export class Follower {
  readonly followed = new Store<Followed | null>(null);
  private passages: readonly string[] = [];

  constructor(
    private readonly people: Store<readonly PersonHere[]>,
    private readonly awareness: Awareness,
    private readonly doc: Y.Doc,
  ) {}

  follow({ id, name }: Pick<PersonHere, "id" | "name">): void {
    this.passages = [];
    this.followed.set({ id, name, here: true, passage: null, index: null });
    this.look();
  }

  stop(): void {
    this.followed.set(null);
  }

  /** Somebody came, went or moved. Who is away for a while is followed again when they are back. */
  look(): void {
    const before = this.followed.get();
    if (before === null) return;
    const person = this.people.get().find(({ id }) => id === before.id);
    const passages = person?.passages ?? [];
    const passage = nextPassage(this.passages, passages, before.passage);
    const index = passage === null ? null : this.caret(before.id, passage);
    this.passages = passages;
    const here = person !== undefined;
    const moved = here !== before.here || passage !== before.passage || index !== before.index;
    if (moved) this.followed.set({ ...before, here, passage, index });
  }

  private caret(id: string, passage: string): number | null {
    for (const state of this.awareness.getStates().values()) {
      if (userOf(state)?.id !== id || passageOf(state) !== passage) continue;
      const index = absolutePlace(placeOf(state, "head"), this.doc.getText(passage));
      if (index !== null) return index;
    }
    return null;
  }
}

/** Where to look: the passage entered last, for people with several tabs have several open. */
export function nextPassage(
  before: readonly string[],
  now: readonly string[],
  current: string | null,
): string | null {
  const entered = now.filter((passage) => !before.includes(passage)).at(-1);
  if (entered !== undefined) return entered;
  return current !== null && now.includes(current) ? current : (now.at(-1) ?? null);
}
