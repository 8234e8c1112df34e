/** A new entry that the server does not have yet, at the place where it will stand. */
import { Markdown } from "../../../live/markdown/Markdown";
import { TimeText } from "../../../ui/time/TimeText";
import type { Unsent } from "../api/useOutbox";
import { UnsentNote } from "../parts/UnsentNote";
import type { EventCreate } from "../types";
import styles from "./EventRow.module.css";
import { KindGlyph } from "./KindGlyph";
import { EVENT_LOOKS } from "./kinds";

interface Props {
  item: Unsent<EventCreate>;
  onRetry: (id: string) => void;
  onDiscard: (id: string) => void;
}

export function UnsentEvent({ item, onRetry, onDiscard }: Props) {
  const { kind, text = "", occurred_at } = item.body;
  const look = EVENT_LOOKS[kind];
  return (
    <div className={styles.row} data-kind={kind}>
      <div className={styles.time}>
        <span className={styles.clock}>
          {occurred_at && <TimeText at={occurred_at} form="clock" />}
        </span>
      </div>
      <div className={styles.kind}>
        <KindGlyph kind={kind} />
        {look.word}
      </div>
      <div className={styles.body}>
        <Markdown source={text} />
        <UnsentNote item={item} text={text} onRetry={onRetry} onDiscard={onDiscard} />
      </div>
    </div>
  );
}
