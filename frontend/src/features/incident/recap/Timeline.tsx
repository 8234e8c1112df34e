/** The list of entries; long ones keep only what is near the screen in the page. */

import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type Ref, useImperativeHandle, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useZone } from "../../../ui/time/zone";
import type { Outbox } from "../api/useOutbox";
import { focusRow } from "../parts/rows";
import type { EventCreate, EventPatch, TimelineEvent } from "../types";
import { EventRow } from "./EventRow";
import styles from "./Timeline.module.css";
import { type TimelineRow, timelineRows } from "./timelineRows";
import { UnsentEvent } from "./UnsentEvent";

/** Below this, find-in-page and printing matter more than the cost of the rows. */
const VIRTUAL_FROM = 200;
const ROW_PX = 62;

export interface TimelineHandle {
  show: (id: string) => void;
}

interface Props {
  events: readonly TimelineEvent[];
  outbox: Outbox<EventCreate>;
  editable: boolean;
  selected: string | undefined;
  onChange: (event: TimelineEvent, patch: EventPatch) => void;
  onDelete: (event: TimelineEvent) => void;
  ref: Ref<TimelineHandle>;
}

export function Timeline(props: Props) {
  const { events, outbox, ref } = props;
  const zone = useZone();
  const rows = useMemo(
    () => timelineRows(events, outbox.items, zone),
    [events, outbox.items, zone],
  );
  const virtual = rows.length > VIRTUAL_FROM;
  return virtual ? (
    <VirtualRows {...props} rows={rows} />
  ) : (
    <AllRows {...props} rows={rows} ref={ref} />
  );
}

function AllRows({ rows, ref, ...row }: Props & { rows: TimelineRow[] }) {
  useImperativeHandle(ref, () => ({ show: (id) => void focusRow("event", id) }), []);
  return (
    <ol className={styles.list} aria-label="Timeline">
      {rows.map((each) => (
        <li key={each.key}>
          <RowWithDay row={each} {...row} />
        </li>
      ))}
    </ol>
  );
}

function VirtualRows({ rows, ref, ...row }: Props & { rows: TimelineRow[] }) {
  const list = useRef<HTMLOListElement>(null);
  const [margin, setMargin] = useState(0);
  const virtualizer = useWindowVirtualizer({
    count: rows.length,
    estimateSize: () => ROW_PX,
    overscan: 12,
    getItemKey: (index) => rows[index]?.key ?? index,
    scrollMargin: margin,
  });
  // What stands above grows and shrinks while people write there.
  useLayoutEffect(() => {
    const top = (list.current?.getBoundingClientRect().top ?? 0) + window.scrollY;
    setMargin((known) => (Math.abs(known - top) > 1 ? top : known));
  });
  useImperativeHandle(
    ref,
    () => ({
      show(id) {
        const index = rows.findIndex(({ key }) => key === id);
        if (index < 0) return;
        virtualizer.scrollToIndex(index, { align: "center" });
        // The row is in the page one frame after the scroll has moved.
        requestAnimationFrame(() => requestAnimationFrame(() => void focusRow("event", id)));
      },
    }),
    [rows, virtualizer],
  );
  return (
    <ol
      ref={list}
      className={styles.list}
      aria-label="Timeline"
      style={{ height: virtualizer.getTotalSize(), position: "relative" }}
    >
      {virtualizer.getVirtualItems().map(({ index, key, start }) => {
        const each = rows[index];
        return each ? (
          <li
            key={key}
            ref={virtualizer.measureElement}
            data-index={index}
            aria-setsize={rows.length}
            aria-posinset={index + 1}
            className={styles.placed}
            style={{ transform: `translateY(${start - virtualizer.options.scrollMargin}px)` }}
          >
            <RowWithDay row={each} {...row} />
          </li>
        ) : null;
      })}
    </ol>
  );
}

function RowWithDay({ row, ...props }: Omit<Props, "ref"> & { row: TimelineRow }) {
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
