/** How far a review has come, as its parts A, B and C filled so far. */
import type { Stage } from "../api/types";
import styles from "./StageSegments.module.css";
import { STAGE_WORDS, STAGES } from "./stages";

const PARTS = ["A", "B", "C"] as const;

export function StageSegments({ stage }: { stage: Stage }) {
  const reached = STAGES.indexOf(stage);
  return (
    <span
      className={styles.segments}
      role="img"
      aria-label={STAGE_WORDS[stage]}
      title={STAGE_WORDS[stage]}
    >
      {PARTS.map((part, index) => (
        <span
          key={part}
          className={styles.segment}
          data-state={index < reached ? "done" : index === reached ? "now" : "ahead"}
        >
          {part}
        </span>
      ))}
    </span>
  );
}
