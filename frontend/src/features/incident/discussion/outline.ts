/** The graph of whys as an outline: each why in full once, and by name wherever else it is a cause. */

/** What the outline needs of a why. */
export interface OutlineWhy {
  id: string;
  causes: readonly string[];
  effects: readonly string[];
  position: number;
}

export interface OutlineRow {
  id: string;
  /** The why that this row stands below; null for a question that nothing else led to. */
  parent: string | null;
  /** Ids from the top down to this row; tells its places apart. */
  path: readonly string[];
  /** "1.2": where it stands, in words that can be said aloud. */
  number: string;
  depth: number;
  /** Told in full somewhere above; here only its name. */
  reference: boolean;
  /** Rows under the same parent, in order, this one included. */
  siblings: readonly string[];
}

export function buildOutline(whys: readonly OutlineWhy[]): OutlineRow[] {
  const byId = new Map(whys.map((why) => [why.id, why]));
  const told = new Set<string>();
  const rows: OutlineRow[] = [];

  const tell = (siblings: readonly string[], above: OutlineRow | null) => {
    for (const [index, id] of siblings.entries()) {
      const row: OutlineRow = {
        id,
        parent: above?.id ?? null,
        path: [...(above?.path ?? []), id],
        number: above ? `${above.number}.${index + 1}` : `${index + 1}`,
        depth: above ? above.depth + 1 : 0,
        reference: told.has(id),
        siblings,
      };
      rows.push(row);
      if (row.reference) continue;
      told.add(id);
      const causes = byId.get(id)?.causes ?? [];
      tell(
        causes.filter((cause) => byId.has(cause)),
        row,
      );
    }
  };

  tell(rootsOf(whys), null);
  return rows;
}

export function rootsOf(whys: readonly OutlineWhy[]): string[] {
  const caused = new Set(whys.flatMap((why) => why.causes));
  return inOrder(whys.filter((why) => !caused.has(why.id))).map((why) => why.id);
}

export function inOrder<T extends OutlineWhy>(whys: readonly T[]): T[] {
  return [...whys].sort(
    (one, other) => one.position - other.position || (one.id < other.id ? -1 : 1),
  );
}

/** Everything that stands below a why, itself included. */
export function below(whys: readonly OutlineWhy[], id: string): Set<string> {
  const byId = new Map(whys.map((why) => [why.id, why]));
  const found = new Set([id]);
  for (const each of found) for (const cause of byId.get(each)?.causes ?? []) found.add(cause);
  return found;
}

/** Whether `cause` may stand below `effect`: not yet there, and without a circle. */
export function mayCause(whys: readonly OutlineWhy[], effect: string, cause: string): boolean {
  const already = whys.find(({ id }) => id === effect)?.causes.includes(cause) ?? false;
  return !already && !below(whys, cause).has(effect);
}
