/** Whys that are not on the server yet, put into the graph where they will stand. */
import type { OutlineWhy } from "./outline";

export interface WhyPlace {
  /** The why that it will be a cause of; null at the top. */
  parent: string | null;
  /** The row that it will follow; null: after all others. */
  after: string | null;
}

export interface WhyAddition extends WhyPlace {
  id: string;
}

export function withAdditions<T extends OutlineWhy>(
  whys: readonly T[],
  additions: readonly WhyAddition[],
): OutlineWhy[] {
  const graph = new Map<string, OutlineWhy>(whys.map((why) => [why.id, why]));
  for (const { id, parent, after } of additions) {
    graph.set(id, {
      id,
      causes: [],
      effects: parent ? [parent] : [],
      position: topPlace(graph, after),
    });
    const above = parent === null ? undefined : graph.get(parent);
    if (!above) continue;
    const causes = [...above.causes];
    const at = after === null ? -1 : causes.indexOf(after);
    causes.splice(at === -1 ? causes.length : at + 1, 0, id);
    graph.set(above.id, { ...above, causes });
  }
  return [...graph.values()];
}

/** Between the row it follows and the next one, whose position is a whole number. */
function topPlace(graph: ReadonlyMap<string, OutlineWhy>, after: string | null): number {
  const before = after === null ? undefined : graph.get(after)?.position;
  return before === undefined ? Number.MAX_SAFE_INTEGER : before + 0.001;
}

/** One deeper: below the row it follows. Null when it follows none. */
export function deeperPlace({ after }: WhyPlace): WhyPlace | null {
  return after === null ? null : { parent: after, after: null };
}

/** One up: after the row that it stands below. Null at the top. */
export function shallowerPlace(
  { parent }: WhyPlace,
  parentOf: (id: string) => string | null,
): WhyPlace | null {
  return parent === null ? null : { parent: parentOf(parent), after: parent };
}
