/** A long timeline: only what is near the screen stands in the page. Loaded when there is one. */
import { useWindowVirtualizer } from "@tanstack/react-virtual";
import { type Ref, useEffect, useImperativeHandle, useLayoutEffect, useRef, useState } from "react";
import { useFollowed } from "../../../live/useLiveValues";
import { focusRow } from "../parts/rows";
import styles from "./Timeline.module.css";
import { type RowDeeds, TimelineRow } from "./TimelineRow";
import type { TimelineHandle } from "./timelineHandle";
import type { TimelineRow as Row } from "./timelineRows";

const ROW_PX = 62;

interface Props extends RowDeeds {
  rows: readonly Row[];
  ref: Ref<TimelineHandle>;
}

export function VirtualTimeline({ rows, ref, ...deeds }: Props) {
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
  const show = (id: string) => {
    const index = rows.findIndex(({ key }) => key === id);
    if (index < 0) return;
    virtualizer.scrollToIndex(index, { align: "center" });
    // The row is in the page one frame after the scroll has moved.
    requestAnimationFrame(() => requestAnimationFrame(() => void focusRow("event", id)));
  };
  useImperativeHandle(ref, () => ({ show }));
  const followed = useFollowed()?.passage;
  // biome-ignore lint/correctness/useExhaustiveDependencies: only when they have moved to another entry
  useEffect(() => {
    const index = rows.findIndex(({ key }) => followed === `events/${key}/text`);
    const drawn = virtualizer.getVirtualItems().some((item) => item.index === index);
    if (index >= 0 && !drawn) virtualizer.scrollToIndex(index, { align: "center" });
  }, [followed]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a permalink is followed once
  useEffect(() => {
    if (deeds.selected) show(deeds.selected);
  }, []);

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
            <TimelineRow row={each} {...deeds} />
          </li>
        ) : null;
      })}
    </ol>
  );
}
