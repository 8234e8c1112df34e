/** The timeline: its strip, its list, and writing it. */
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useRef, useState } from "react";
import { LeavingGuard } from "../../../ui/LeavingGuard";
import { useNewEvents } from "../api/events";
import { whysQuery } from "../api/queries";
import { useIncident } from "../IncidentContext";
import type { TimelineEvent } from "../types";
import { frameOf } from "./eventTimes";
import { GhostTimeline } from "./GhostTimeline";
import { Timeline } from "./Timeline";
import { TimelineBar } from "./TimelineBar";
import { TimelineStrip } from "./TimelineStrip";
import type { TimelineHandle } from "./timelineHandle";
import { useEventChanges } from "./useEventChanges";
import { useTimelineKeys } from "./useTimelineKeys";

const EventComposer = lazy(() =>
  import("./EventComposer").then((loaded) => ({ default: loaded.EventComposer })),
);

export interface ComposeWish {
  /** Counts the wishes to write; each one puts the focus into the form. */
  count: number;
  at: "text" | "time";
}

interface Props {
  events: TimelineEvent[];
  reason: string | undefined;
}

export function TimelinePart({ events, reason }: Props) {
  const { incidentKey, incident } = useIncident();
  const { event: selected } = useSearch({ from: "/signed-in/i/$incidentKey" });
  const whys = useQuery(whysQuery(incidentKey)).data ?? [];
  const { onChange, onDelete } = useEventChanges(whys);
  const outbox = useNewEvents();
  const timeline = useRef<TimelineHandle>(null);
  const choose = useChosenEvent((id) => timeline.current?.show(id));
  const [wish, setWish] = useState<ComposeWish | null>(null);
  const editable = reason === undefined;
  const compose = (at: "text" | "time") =>
    setWish((before) => ({ count: (before?.count ?? 0) + 1, at }));
  useTimelineKeys({ editable, events, compose, onChange });

  const told = [...events, ...outbox.items.map(({ body }) => body)];
  const times = told.flatMap((each) => each.occurred_at ?? []);
  return (
    <>
      <TimelineBar reason={reason} onWrite={() => compose("text")} />
      {told.length === 0 ? (
        <GhostTimeline reason={reason} onWrite={() => compose("text")} />
      ) : (
        <>
          <TimelineStrip events={events} onChoose={choose} />
          <Timeline
            ref={timeline}
            {...{ events, outbox, editable, selected, onChange, onDelete }}
          />
        </>
      )}
      {wish && editable && (
        <Suspense>
          <EventComposer
            incidentKey={incidentKey}
            frame={frameOf(times, incident.started_at)}
            wish={wish}
            onAdd={outbox.add}
            onClose={() => setWish(null)}
          />
        </Suspense>
      )}
      {outbox.items.some(({ error }) => error !== null) && <LeavingGuard unsaved />}
    </>
  );
}

/** Puts an entry into the address and shows it. */
function useChosenEvent(show: (id: string) => void): (id: string) => void {
  const navigate = useNavigate();
  return (id) => {
    void navigate({
      to: ".",
      search: (all) => ({ ...all, event: id }),
      replace: true,
      resetScroll: false,
    });
    show(id);
  };
}
