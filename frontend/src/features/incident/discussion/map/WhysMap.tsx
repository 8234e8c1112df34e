/** The graph of whys drawn: the same rows and the same selection as the outline. Loaded when opened. */
import "@xyflow/react/dist/base.css";
import {
  Background,
  BackgroundVariant,
  Controls,
  type Edge,
  MarkerType,
  type Node,
  ReactFlow,
} from "@xyflow/react";
import { useMemo } from "react";
import type { Why } from "../../types";
import { buildOutline } from "../outline";
import { edgesOf, NODE, placed } from "./layout";
import { WhyOnMap, type WhyOnMapData } from "./WhyOnMap";
import styles from "./WhysMap.module.css";

const LOWEST = 220;
const TALLEST = 560;
const NODE_TYPES = { why: WhyOnMap };
const WORDS = {
  "node.a11yDescription.default": "Enter shows this why in the outline.",
  "edge.a11yDescription.default": "A cause.",
  "controls.ariaLabel": "View of the map",
  "controls.zoomIn.ariaLabel": "Closer",
  "controls.zoomOut.ariaLabel": "Farther",
  "controls.fitView.ariaLabel": "All of it",
};

interface Props {
  whys: readonly Why[];
  selected: string | null;
  onChoose: (id: string) => void;
}

export function WhysMap({ whys, selected, onChoose }: Props) {
  const places = useMemo(() => placed(whys), [whys]);
  const nodes = useMemo(() => {
    const numbers = new Map(
      buildOutline(whys)
        .filter(({ reference }) => !reference)
        .map(({ id, number }) => [id, number]),
    );
    return places.map(({ id, x, y }): Node<WhyOnMapData> => {
      const why = whys.find((each) => each.id === id);
      const question = why?.question ?? "";
      const number = numbers.get(id) ?? "";
      return {
        id,
        type: "why",
        position: { x, y },
        ...NODE,
        selected: id === selected,
        ariaLabel: `${number} ${question}`,
        data: { number, question, answered: why?.answer.trim() !== "" },
      };
    });
  }, [whys, places, selected]);
  const edges = useMemo(
    () =>
      edgesOf(whys).map(
        ({ id, effect, cause }): Edge => ({
          id,
          source: effect,
          target: cause,
          focusable: false,
          markerStart: { type: MarkerType.ArrowClosed, width: 14, height: 14 },
        }),
      ),
    [whys],
  );

  // As tall as it needs to be read, within reason; the rest is a drag or a zoom away.
  const tall = Math.max(0, ...places.map(({ y }) => y)) + NODE.height + 40;
  const style = { height: Math.min(TALLEST, Math.max(LOWEST, tall)) };

  return (
    <div style={style}>
      <ReactFlow
        className={styles.map}
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        nodesDraggable={false}
        nodesConnectable={false}
        edgesFocusable={false}
        deleteKeyCode={null}
        fitView
        fitViewOptions={{ padding: 0.05, minZoom: 0.7, maxZoom: 1 }}
        minZoom={0.2}
        maxZoom={1.5}
        zoomOnScroll={false}
        preventScrolling={false}
        ariaLabelConfig={WORDS}
        onNodeClick={(_event, { id }) => onChoose(id)}
        onKeyDown={(event) => {
          const id = event.target instanceof HTMLElement ? event.target.dataset.id : undefined;
          if (event.key === "Enter" && id) onChoose(id);
        }}
      >
        <Background variant={BackgroundVariant.Dots} gap={20} size={1} color="var(--line-strong)" />
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  );
}
