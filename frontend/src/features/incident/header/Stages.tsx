/** How far the review is: every stage can be moved to, on and back. */
import { STAGE_WORDS, STAGES } from "../../../domain/stages";
import { Icon } from "../../../ui/Icon";
import { useIncident } from "../IncidentContext";
import styles from "./Stages.module.css";
import { useMoveStage } from "./useMoveStage";

export function Stages({ reason }: { reason: string | undefined }) {
  const { incident } = useIncident();
  const moveTo = useMoveStage();
  const reached = STAGES.indexOf(incident.stage);
  return (
    <ol className={styles.stages} aria-label="Stage of the review">
      {STAGES.map((stage, index) => {
        const state = index < reached ? "done" : index === reached ? "now" : "ahead";
        return (
          <li key={stage} className={styles.item}>
            <button
              type="button"
              className={styles.stage}
              data-state={state}
              aria-current={state === "now" ? "step" : undefined}
              disabled={reason !== undefined}
              title={
                reason ??
                (state === "now" ? undefined : `Move to ${STAGE_WORDS[stage].toLowerCase()}`)
              }
              onClick={() => moveTo(stage)}
            >
              <span className={styles.mark} aria-hidden="true">
                {state === "done" ? <Icon name="check" size={12} /> : ("ABC"[index] ?? "✓")}
              </span>
              {STAGE_WORDS[stage]}
            </button>
          </li>
        );
      })}
    </ol>
  );
}
