/** Writing the timeline. */
import { answer, api } from "../../../api/client";
import { useIncident } from "../IncidentContext";
import type { EventCreate, EventPatch, TimelineEvent } from "../types";
import { partKeys } from "./keys";
import { type Outbox, useOutbox } from "./useOutbox";
import { useCachedRows, useChangeRow, useDeleteRow } from "./useRows";

export function createEvent(
  incident: string,
  body: EventCreate,
  headers: Record<string, string> = {},
): Promise<TimelineEvent> {
  const params = { path: { incident } };
  return answer(api.POST("/api/v1/incidents/{incident}/events", { params, body, headers }));
}

export function useNewEvents(): Outbox<EventCreate> {
  const { incidentKey } = useIncident();
  const { put } = useCachedRows<TimelineEvent>(partKeys.events(incidentKey));
  return useOutbox({
    send: (body, headers) => createEvent(incidentKey, body, headers),
    arrived: put,
  });
}

export function useChangeEvent() {
  const { incidentKey: incident } = useIncident();
  return useChangeRow<TimelineEvent, EventPatch>(partKeys.events(incident), (event_id, body) =>
    answer(
      api.PATCH("/api/v1/incidents/{incident}/events/{event_id}", {
        params: { path: { incident, event_id } },
        body,
      }),
    ),
  );
}

export function useDeleteEvent() {
  const { incidentKey: incident } = useIncident();
  return useDeleteRow<TimelineEvent>(partKeys.events(incident), (event_id) =>
    answer(
      api.DELETE("/api/v1/incidents/{incident}/events/{event_id}", {
        params: { path: { incident, event_id } },
      }),
    ),
  );
}
