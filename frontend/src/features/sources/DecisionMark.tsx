/** What was done with a message, and in which incident, as a short label. */
import type { KeptOutcome } from "../../api/types";
import styles from "./DecisionMark.module.css";
import { decisionWords } from "./decisions";

export function DecisionMark({ outcome }: { outcome: KeptOutcome }) {
  const { did, tone } = decisionWords(outcome.decision);
  return (
    <span className={styles.mark} data-tone={tone}>
      {outcome.incident_key ? `${did}, ${outcome.incident_key}` : did}
    </span>
  );
}
