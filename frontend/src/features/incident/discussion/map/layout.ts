/** Where each why stands on the map: effects above, what led to them below. */
import { graphlib, layout } from "@dagrejs/dagre";
import type { OutlineWhy } from "../outline";

export const NODE = { width: 200, height: 68 } as const;

export interface PlacedWhy {
  id: string;
  x: number;
  y: number;
}

export interface Edge {
  id: string;
  effect: string;
  cause: string;
}

export function edgesOf(whys: readonly OutlineWhy[]): Edge[] {
  const known = new Set(whys.map(({ id }) => id));
  return whys.flatMap(({ id, causes }) =>
    causes
      .filter((cause) => known.has(cause))
      .map((cause) => ({ id: `${id}>${cause}`, effect: id, cause })),
  );
}

/** Left upper corners. */
export function placed(whys: readonly OutlineWhy[]): PlacedWhy[] {
  const graph = new graphlib.Graph();
  graph.setGraph({ rankdir: "TB", nodesep: 24, ranksep: 44, marginx: 8, marginy: 8 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const { id } of whys) graph.setNode(id, { ...NODE });
  for (const { effect, cause } of edgesOf(whys)) graph.setEdge(effect, cause);
  layout(graph);
  return whys.map(({ id }) => {
    const { x, y } = graph.node(id) as { x: number; y: number };
    return { id, x: x - NODE.width / 2, y: y - NODE.height / 2 };
  });
}
