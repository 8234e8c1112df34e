/** Part A: the summary, and the timeline as strip and list. */
import { useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, useEffect, useRef, useState } from "react";
import { Passage } from "../../../live/passage/Passage";
import { Icon } from "../../../ui/Icon";
import { Kbd } from "../../../ui/Kbd";
import { useShortcuts } from "../../../ui/keyboard/registry";
import { LeavingGuard } from "../../../ui/LeavingGuard";
import { Loaded } from "../../../ui/Loaded";
import { ReasonedButton } from "../../../ui/ReasonedButton";
import { offset } from "../../../ui/time/format";
import { useZone } from "../../../ui/time/zone";
import { useNewEvents } from "../api/events";
import { eventsQuery, whysQuery } from "../api/queries";
import { useIncident } from "../IncidentContext";
import { partOf } from "../parts/parts";
import { focusedRow } from "../parts/rows";
import { SectionFrame } from "../parts/SectionFrame";
import type { TimelineEvent } from "../types";
import { frameOf } from "./eventTimes";
import { GhostTimeline } from "./GhostTimeline";
import styles from "./RecapSection.module.css";
import { Timeline } from "./Timeline";
import { TimelineStrip } from "./TimelineStrip";
import type { TimelineHandle } from "./timelineHandle";
import { useEventChanges } from "./useEventChanges";

const EventComposer = lazy(() =>
  import("./EventComposer").then((loaded) => ({ default: loaded.EventComposer })),
);

interface Props {
  /** Why this person cannot write here; without it, they can. */
  reason: string | undefined;
}

export function RecapSection({ reason }: Props) {
  const { incidentKey, incident } = useIncident();
  const events = useQuery(eventsQuery(incidentKey));
  return (
    <SectionFrame part={partOf("recap")}>
      <h3 className={styles.heading}>Summary</h3>
      <div className={styles.summary}>
        <Passage
          name="summary"
          read={incident.summary}
          label="Summary"
          placeholder="In a few sentences: what did people notice, what was it, how did it end? Anybody can start, everybody can add."
          nothing="No summary yet"
        />
      </div>
      <Loaded query={events} label="Loading the timeline">
        {(rows) => <TimelinePart events={rows} reason={reason} />}
      </Loaded>
    </SectionFrame>
  );
}

function TimelinePart({ events, reason }: Props & { events: TimelineEvent[] }) {
  const { incidentKey, incident } = useIncident();
  const zone = useZone();
  const navigate = useNavigate();
  const { event: selected } = useSearch({ from: "/signed-in/i/$incidentKey" });
  const whys = useQuery(whysQuery(incidentKey)).data ?? [];
  const { onChange, onDelete } = useEventChanges(whys);
  const outbox = useNewEvents();
  const timeline = useRef<TimelineHandle>(null);
  const [composing, setComposing] = useState(false);
  const [wish, setWish] = useState<{ count: number; at: "text" | "time" }>({
    count: 0,
    at: "text",
  });
  const editable = reason === undefined;
  const frame = frameOf(
    [...events, ...outbox.items.map(({ body }) => body)].flatMap((each) => each.occurred_at ?? []),
    incident.started_at,
  );

  const compose = (at: "text" | "time") => {
    if (!editable) return;
    setComposing(true);
    setWish(({ count }) => ({ count: count + 1, at }));
  };
  const choose = (id: string) => {
    void navigate({
      to: ".",
      search: (all) => ({ ...all, event: id }),
      replace: true,
      resetScroll: false,
    });
    timeline.current?.show(id);
  };

  // biome-ignore lint/correctness/useExhaustiveDependencies: a permalink is followed once
  useEffect(() => {
    if (selected) timeline.current?.show(selected);
  }, []);

  useTimelineKeys({ editable, events, compose, onChange });

  return (
    <>
      <div className={styles.bar}>
        <h3>Timeline</h3>
        <span className={styles.zone} title="Press T for your zone or UTC">
          {zoneWords(zone, new Date(incident.started_at))}
        </span>
        <ReasonedButton
          size="xs"
          variant="default"
          reason={reason}
          leftSection={<Icon name="plus" size={14} />}
          onClick={() => compose("text")}
        >
          Event <Kbd keys="e" />
        </ReasonedButton>
      </div>
      {events.length + outbox.items.length === 0 ? (
        <GhostTimeline reason={reason} onWrite={() => compose("text")} />
      ) : (
        <>
          <TimelineStrip events={events} onChoose={choose} />
          <Timeline
            ref={timeline}
            events={events}
            outbox={outbox}
            editable={editable}
            selected={selected}
            onChange={onChange}
            onDelete={onDelete}
          />
        </>
      )}
      {composing && editable && (
        <Suspense>
          <EventComposer
            incidentKey={incidentKey}
            frame={frame}
            wish={wish}
            onAdd={outbox.add}
            onClose={() => setComposing(false)}
          />
        </Suspense>
      )}
      <LeavingGuard unsaved={outbox.items.some(({ error }) => error !== null)} />
    </>
  );
}

/** "Europe/Berlin, UTC+1" */
function zoneWords(zone: string, at: Date): string {
  return zone === "UTC" ? zone : `${zone.replace("_", " ")}, ${offset(at, zone)}`;
}

interface Keys {
  editable: boolean;
  events: readonly TimelineEvent[];
  compose: (at: "text" | "time") => void;
  onChange: (event: TimelineEvent, patch: { pivot: boolean }) => void;
}

function useTimelineKeys({ editable, events, compose, onChange }: Keys) {
  const group = "Timeline";
  const turn = () => {
    const event = events.find(({ id }) => id === focusedRow("event"));
    if (event) onChange(event, { pivot: !event.pivot });
  };
  useShortcuts(
    editable
      ? [
          { keys: "e", label: "New event, now", group, command: true, run: () => compose("text") },
          {
            keys: "shift+e",
            label: "New event at a time",
            group,
            command: true,
            run: () => compose("time"),
          },
          { keys: "s", label: "Turning point", group, run: turn },
        ]
      : [],
  );
}
