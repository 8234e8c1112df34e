/** The rows of the timeline: what the server knows and what is on its way, in the order of time. */
import { fullDay } from "../../../ui/time/days";
import type { Unsent } from "../api/useOutbox";
import type { EventCreate, TimelineEvent } from "../types";

export type TimelineRow = { key: string; at: string; day: string | null } & (
  | { kind: "event"; event: TimelineEvent }
  | { kind: "unsent"; item: Unsent<EventCreate> }
);

/** `day` is set on the first row of each day, when there is more than one. */
export function timelineRows(
  events: readonly TimelineEvent[],
  unsent: readonly Unsent<EventCreate>[],
  zone: string,
): TimelineRow[] {
  const rows: TimelineRow[] = [
    ...events.map((event) => ({
      key: event.id,
      at: event.occurred_at,
      day: null,
      kind: "event" as const,
      event,
    })),
    ...unsent.map((item) => ({
      key: item.id,
      at: item.body.occurred_at ?? "",
      day: null,
      kind: "unsent" as const,
      item,
    })),
  ];
  rows.sort(
    (one, other) => Date.parse(one.at) - Date.parse(other.at) || (one.key < other.key ? -1 : 1),
  );
  const days = rows.map((row) => fullDay(new Date(row.at), zone));
  if (new Set(days).size > 1)
    for (const [index, row] of rows.entries())
      if (days[index] !== days[index - 1]) row.day = days[index] ?? null;
  return rows;
}
