/** Two equal ways on when there are no actions: agree on one, or end with what was learned. */
import { ReasonedButton } from "../../../ui/ReasonedButton";
import { useMoveStage } from "../header/useMoveStage";
import { useIncident } from "../IncidentContext";
import styles from "./ActionsPart.module.css";

interface Props {
  learned: boolean;
  reason: string | undefined;
  onAdd: () => void;
}

export function NoActions({ learned, reason, onAdd }: Props) {
  const { incident } = useIncident();
  const moveTo = useMoveStage();
  if (incident.stage === "published")
    return (
      <p className={styles.ending}>
        {learned ? "No actions; here is what we learned." : "No actions came out of this."}
      </p>
    );
  return (
    <div className={styles.ends}>
      <div className={styles.end}>
        <p>
          <strong>Something to do?</strong> An action has one owner, a date, and something that
          shows it is done.
        </p>
        <ReasonedButton variant="default" size="xs" reason={reason} onClick={onAdd}>
          Agree on an action
        </ReasonedButton>
      </div>
      <div className={styles.end}>
        <p>
          <strong>No actions; here is what we learned.</strong> That is a proper end too: learning
          is the purpose, not the length of this list.
        </p>
        <ReasonedButton
          variant="default"
          size="xs"
          reason={reason ?? (learned ? undefined : "Write down what we learned first.")}
          onClick={() => moveTo("published")}
        >
          Publish what we learned
        </ReasonedButton>
      </div>
    </div>
  );
}
