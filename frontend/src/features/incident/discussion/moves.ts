/** What moving a why in the outline means for the graph, as changes to send one after the other. */
import { inOrder, mayCause, type OutlineRow, type OutlineWhy, rootsOf } from "./outline";

export interface Move {
  id: string;
  patch: { causes?: string[]; position?: number };
}

/** One deeper: below the row before it. Null when there is none, or it would make a circle. */
export function deeper(whys: readonly OutlineWhy[], row: OutlineRow): Move[] | null {
  const above = row.siblings[row.siblings.indexOf(row.id) - 1];
  if (above === undefined || !mayCause(whys, above, row.id)) return null;
  return [
    { id: above, patch: { causes: [...causesOf(whys, above), row.id] } },
    ...without(whys, row.parent, row.id),
  ];
}

/** One up: beside the why it stood below. Null at the top. */
export function shallower(whys: readonly OutlineWhy[], row: OutlineRow): Move[] | null {
  if (row.parent === null) return null;
  const grandparent = row.path.at(-3);
  // First to its new place, then away from the old one: half a move must not lose it.
  return [
    ...(grandparent === undefined ? [] : after(whys, grandparent, row.parent, row.id)),
    ...without(whys, row.parent, row.id),
  ];
}

/** Before or after its neighbour. Null at the end. */
export function shifted(whys: readonly OutlineWhy[], row: OutlineRow, by: 1 | -1): Move[] | null {
  const at = row.siblings.indexOf(row.id);
  const neighbour = row.siblings[at + by];
  if (neighbour === undefined) return null;
  if (row.parent !== null) {
    const causes = causesOf(whys, row.parent).map((id) =>
      id === row.id ? neighbour : id === neighbour ? row.id : id,
    );
    return [{ id: row.parent, patch: { causes } }];
  }
  const roots = rootsOf(whys);
  [roots[at], roots[at + by]] = [neighbour, row.id];
  return renumbered(whys, roots);
}

export function linked(whys: readonly OutlineWhy[], effect: string, cause: string): Move[] | null {
  if (!mayCause(whys, effect, cause)) return null;
  return [{ id: effect, patch: { causes: [...causesOf(whys, effect), cause] } }];
}

export function unlinked(whys: readonly OutlineWhy[], effect: string, cause: string): Move[] {
  return without(whys, effect, cause);
}

/** `id` right after `neighbour` among the causes of `parent`. */
export function after(
  whys: readonly OutlineWhy[],
  parent: string,
  neighbour: string,
  id: string,
): Move[] {
  const causes = causesOf(whys, parent).filter((cause) => cause !== id);
  causes.splice(causes.indexOf(neighbour) + 1, 0, id);
  return [{ id: parent, patch: { causes } }];
}

function without(whys: readonly OutlineWhy[], parent: string | null, id: string): Move[] {
  if (parent === null) return [];
  const causes = causesOf(whys, parent).filter((cause) => cause !== id);
  return [{ id: parent, patch: { causes } }];
}

/** Positions that put the questions at the top into this order; only those that must move. */
function renumbered(whys: readonly OutlineWhy[], roots: readonly string[]): Move[] {
  const places = inOrder(whys.filter(({ id }) => roots.includes(id))).map(
    ({ position }) => position,
  );
  const distinct = new Set(places).size === places.length;
  return roots.flatMap((id, index) => {
    const position = distinct ? (places[index] ?? index) : index;
    const moved = whys.find((why) => why.id === id)?.position !== position;
    return moved ? [{ id, patch: { position } }] : [];
  });
}

function causesOf(whys: readonly OutlineWhy[], id: string): string[] {
  return [...(whys.find((why) => why.id === id)?.causes ?? [])];
}
