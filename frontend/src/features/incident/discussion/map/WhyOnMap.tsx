/** A why on the map: its number and question, and whether it has an answer yet. */
import { Handle, type Node, type NodeProps, Position } from "@xyflow/react";
import styles from "./WhysMap.module.css";

export interface WhyOnMapData extends Record<string, unknown> {
  number: string;
  question: string;
  answered: boolean;
}

export function WhyOnMap({ data, selected }: NodeProps<Node<WhyOnMapData>>) {
  return (
    <div
      className={styles.why}
      data-selected={selected || undefined}
      data-open={!data.answered || undefined}
    >
      <Handle type="target" position={Position.Top} className={styles.handle} />
      <span className={styles.number}>
        {data.answered ? data.number : `${data.number} · to answer`}
      </span>
      <span className={styles.question}>{data.question}</span>
      <Handle type="source" position={Position.Bottom} className={styles.handle} />
    </div>
  );
}
