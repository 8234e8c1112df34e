/** A row of the timeline, with the day above it where a new one begins. */
import type { Outbox } from "../api/useOutbox";
import type { EventCreate, EventPatch, TimelineEvent } from "../types";
import { EventRow } from "./EventRow";
import styles from "./Timeline.module.css";
import type { TimelineRow as Row } from "./timelineRows";
import { UnsentEvent } from "./UnsentEvent";

export interface RowDeeds {
  outbox: Outbox<EventCreate>;
  editable: boolean;
  selected: string | undefined;
  onChange: (event: TimelineEvent, patch: EventPatch) => void;
  onDelete: (event: TimelineEvent) => void;
}

export function TimelineRow({ row, ...props }: RowDeeds & { row: Row }) {
  const { editable, selected, onChange, onDelete, outbox } = props;
  return (
    <>
      {row.day && <h4 className={styles.day}>{row.day}</h4>}
      {row.kind === "event" ? (
        <EventRow
          event={row.event}
          editable={editable}
          selected={selected === row.event.id}
          onChange={onChange}
          onDelete={onDelete}
        />
      ) : (
        <UnsentEvent item={row.item} onRetry={outbox.retry} onDiscard={outbox.discard} />
      )}
    </>
  );
}
