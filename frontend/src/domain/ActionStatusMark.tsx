/** How far an action has come: a ring that fills, and the word. */
import type { ActionStatus } from "../api/types";
import styles from "./ActionStatusMark.module.css";
import { ACTION_STATUS_WORDS } from "./actions";

const INSIDE: Record<ActionStatus, string> = {
  open: "",
  in_progress: "M7 3.2a3.8 3.8 0 0 1 0 7.6z",
  done: "M4.4 7.2l1.9 1.9 3.4-3.8",
  dropped: "M4.6 7h4.8",
};

export function ActionStatusMark({ status }: { status: ActionStatus }) {
  return (
    <span className={styles.mark} data-status={status}>
      <svg
        width={14}
        height={14}
        viewBox="0 0 14 14"
        fill="none"
        strokeWidth={1.5}
        aria-hidden="true"
      >
        <circle className={styles.ring} cx={7} cy={7} r={5.7} />
        <path
          className={styles.inside}
          d={INSIDE[status]}
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </svg>
      <span>{ACTION_STATUS_WORDS[status]}</span>
    </span>
  );
}
