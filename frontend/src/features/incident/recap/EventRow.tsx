/** One entry of the timeline. */
import { ActionIcon, Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { lazy, memo, Suspense, useState } from "react";
import { Passage } from "../../../live/passage/Passage";
import { Icon } from "../../../ui/Icon";
import { Kbd } from "../../../ui/Kbd";
import { ROW } from "../../../ui/keyboard/useRowKeys";
import { clockTime } from "../../../ui/time/format";
import { TimeText } from "../../../ui/time/TimeText";
import { useZone } from "../../../ui/time/zone";
import { RowMenu } from "../parts/RowMenu";
import { rowMark } from "../parts/rows";
import type { EventPatch, TimelineEvent } from "../types";
import { EventMeta } from "./EventMeta";
import styles from "./EventRow.module.css";
import { KindGlyph } from "./KindGlyph";
import { EVENT_LOOKS } from "./kinds";

const EventDetails = lazy(() =>
  import("./EventDetails").then((loaded) => ({ default: loaded.EventDetails })),
);

interface Props {
  event: TimelineEvent;
  editable: boolean;
  selected: boolean;
  onChange: (event: TimelineEvent, patch: EventPatch) => void;
  onDelete: (event: TimelineEvent) => void;
}

export const EventRow = memo(function EventRow(props: Props) {
  const { event, editable, selected, onChange, onDelete } = props;
  const [detailed, setDetailed] = useState(false);
  const zone = useZone();
  const look = EVENT_LOOKS[event.kind];
  const clock = clockTime(new Date(event.occurred_at), zone);
  const time = <TimeText at={event.occurred_at} form="clock" />;

  return (
    <div
      className={styles.row}
      data-selected={selected || undefined}
      data-kind={event.kind}
      {...rowMark("event", event.id)}
    >
      <div className={styles.time}>
        {editable ? (
          <button
            type="button"
            className={styles.clock}
            aria-expanded={detailed}
            aria-label={`${clock}, ${look.word}: time and details`}
            onClick={() => setDetailed(!detailed)}
            {...ROW}
          >
            {time}
          </button>
        ) : (
          <Link
            to="."
            search={(all) => ({ ...all, event: event.id })}
            resetScroll={false}
            className={styles.clock}
            aria-label={`${clock}, ${look.word}: link to this event`}
            {...ROW}
          >
            {time}
          </Link>
        )}
      </div>
      <div className={styles.kind}>
        <KindGlyph kind={event.kind} />
        {look.word}
      </div>
      <div className={styles.body}>
        <Passage
          name={`events/${event.id}/text`}
          read={event.text}
          label={`Event at ${clock}`}
          placeholder={look.invitation}
          nothing="Nothing written yet"
        />
        <EventMeta event={event} />
        {detailed && (
          <Suspense>
            <EventDetails event={event} onClose={() => setDetailed(false)} />
          </Suspense>
        )}
      </div>
      <div className={styles.tools}>
        {editable && (
          <ActionIcon
            className={styles.pivot}
            data-on={event.pivot || undefined}
            aria-pressed={event.pivot}
            aria-label={`Turning point at ${clock}`}
            title="A decision turned here (S)"
            onClick={() => onChange(event, { pivot: !event.pivot })}
          >
            <Icon name="flag" size={14} />
          </ActionIcon>
        )}
        <RowMenu place="event" id={event.id} of={`event at ${clock}`}>
          {editable && (
            <>
              <Menu.Item leftSection={<Icon name="clock" />} onClick={() => setDetailed(true)}>
                Time and details
              </Menu.Item>
              <Menu.Item
                leftSection={<Icon name="flag" />}
                rightSection={<Kbd keys="s" />}
                onClick={() => onChange(event, { pivot: !event.pivot })}
              >
                {event.pivot ? "No turning point" : "Turning point"}
              </Menu.Item>
              <Menu.Item
                leftSection={<Icon name="trash" />}
                color="danger"
                onClick={() => onDelete(event)}
              >
                Delete event
              </Menu.Item>
            </>
          )}
        </RowMenu>
      </div>
    </div>
  );
});
