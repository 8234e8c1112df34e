/** What was done with a message, as a short label. */
import type { Outcome } from "../../api/types";
import styles from "./DecisionMark.module.css";
import { decisionWords } from "./decisions";

export function DecisionMark({ decision }: { decision: Outcome["decision"] }) {
  const { did, tone } = decisionWords(decision);
  return (
    <span className={styles.mark} data-tone={tone}>
      {did}
    </span>
  );
}
