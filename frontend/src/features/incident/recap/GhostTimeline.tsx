/** An empty timeline: how it will look, and the first step. */
import { EmptyState } from "../../../ui/EmptyState";
import { ReasonedButton } from "../../../ui/ReasonedButton";
import styles from "./EventRow.module.css";
import ghost from "./GhostTimeline.module.css";
import { KindGlyph } from "./KindGlyph";
import { EVENT_KINDS, EVENT_LOOKS } from "./kinds";

const WIDTHS = ["62%", "78%", "46%"];

interface Props {
  reason: string | undefined;
  onWrite: () => void;
}

export function GhostTimeline({ reason, onWrite }: Props) {
  return (
    <EmptyState
      title="Nothing in the timeline yet"
      ghost={EVENT_KINDS.map((kind, index) => (
        <div key={kind} className={styles.row}>
          <span className={ghost.time} />
          <span className={styles.kind}>
            <KindGlyph kind={kind} />
            {EVENT_LOOKS[kind].word}
          </span>
          <span className={ghost.text} style={{ width: WIDTHS[index] }} />
        </div>
      ))}
      action={
        <ReasonedButton reason={reason} onClick={onWrite}>
          Write what you saw
        </ReasonedButton>
      }
    >
      Write what you saw, what you thought and what you did, each with its time. Nobody has to wait
      for anybody: the order sorts itself out.
    </EmptyState>
  );
}
