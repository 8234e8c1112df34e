/** When an action is due, and by how much that has passed; said plainly, without alarm. */
import type { Action } from "../../api/types";
import { daysUntil, plainDate } from "../../ui/time/format";
import styles from "./ActionTable.module.css";

export function Due({ action }: { action: Pick<Action, "due_on" | "status"> }) {
  if (!action.due_on) return null;
  const days = daysUntil(action.due_on);
  const running = action.status === "open" || action.status === "in_progress";
  const passed = running && days < 0;
  return (
    <span className={passed ? styles.passed : undefined}>
      {plainDate(action.due_on)}
      {running && days <= 7 && <span className={styles.away}>{awayWords(days)}</span>}
    </span>
  );
}

function awayWords(days: number): string {
  if (days === 0) return "today";
  if (days === 1) return "tomorrow";
  return days > 0 ? `in ${days} days` : `${-days} d ago`;
}
