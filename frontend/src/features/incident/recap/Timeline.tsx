/** The list of entries. */
import { lazy, type Ref, Suspense, useEffect, useImperativeHandle, useMemo } from "react";
import { Placeholder } from "../../../ui/Placeholder";
import { useZone } from "../../../ui/time/zone";
import { focusRow } from "../parts/rows";
import type { TimelineEvent } from "../types";
import styles from "./Timeline.module.css";
import { type RowDeeds, TimelineRow } from "./TimelineRow";
import type { TimelineHandle } from "./timelineHandle";
import { type TimelineRow as Row, timelineRows } from "./timelineRows";

const VirtualTimeline = lazy(() =>
  import("./VirtualTimeline").then((loaded) => ({ default: loaded.VirtualTimeline })),
);

/** Below this, find-in-page and printing matter more than the cost of the rows. */
const VIRTUAL_FROM = 200;

interface Props extends RowDeeds {
  events: readonly TimelineEvent[];
  ref: Ref<TimelineHandle>;
}

export function Timeline({ events, ref, ...deeds }: Props) {
  const zone = useZone();
  const unsent = deeds.outbox.items;
  const rows = useMemo(() => timelineRows(events, unsent, zone), [events, unsent, zone]);
  if (rows.length <= VIRTUAL_FROM) return <WholeTimeline rows={rows} ref={ref} {...deeds} />;
  return (
    <Suspense fallback={<Placeholder rows={12} label="Loading the timeline" />}>
      <VirtualTimeline rows={rows} ref={ref} {...deeds} />
    </Suspense>
  );
}

interface WholeProps extends RowDeeds {
  rows: readonly Row[];
  ref: Ref<TimelineHandle>;
}

function WholeTimeline({ rows, ref, ...deeds }: WholeProps) {
  useImperativeHandle(ref, () => ({ show: (id) => void focusRow("event", id) }), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: a permalink is followed once
  useEffect(() => {
    if (deeds.selected) focusRow("event", deeds.selected);
  }, []);
  return (
    <ol className={styles.list} aria-label="Timeline">
      {rows.map((row) => (
        <li key={row.key}>
          <TimelineRow row={row} {...deeds} />
        </li>
      ))}
    </ol>
  );
}
