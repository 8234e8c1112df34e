/** What people do to entries of the timeline, with a way back from each. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";
import { useLive } from "../../../live/LiveProvider";
import { sayProblem, sayWithUndo } from "../../../ui/toasts";
import { createEvent, useChangeEvent, useDeleteEvent } from "../api/events";
import { partKeys } from "../api/keys";
import { patchWhy } from "../api/whys";
import { useIncident } from "../IncidentContext";
import type { EventPatch, TimelineEvent, Why } from "../types";

export function useEventChanges(whys: readonly Why[]) {
  const { incidentKey } = useIncident();
  const { session } = useLive();
  const queryClient = useQueryClient();
  const { mutate: patch } = useChangeEvent();
  const { mutate: remove } = useDeleteEvent();

  const onChange = useCallback(
    (event: TimelineEvent, change: EventPatch) => patch({ id: event.id, patch: change }),
    [patch],
  );
  const onDelete = useCallback(
    (event: TimelineEvent) => {
      const text = session?.text(`events/${event.id}/text`).toString() || event.text;
      const shown = whys.filter((why) => why.evidence.includes(event.id));
      remove(event);
      sayWithUndo("Event deleted.", () => {
        restored(incidentKey, { ...event, text }, shown)
          .then(() => queryClient.invalidateQueries({ queryKey: partKeys.events(incidentKey) }))
          .catch(sayProblem);
      });
    },
    [session, whys, remove, incidentKey, queryClient],
  );
  return { onChange, onDelete };
}

/** The same entry again, under a new id, and evidence again of what it was evidence of. */
async function restored(incident: string, event: TimelineEvent, shown: readonly Why[]) {
  const { kind, occurred_at, known_at, source, account_of, evidence, pivot, text } = event;
  const body = { kind, occurred_at, known_at, source, account_of, evidence, pivot, text };
  const again = await createEvent(incident, body);
  for (const why of shown)
    await patchWhy(incident, why.id, {
      evidence: why.evidence.map((id) => (id === event.id ? again.id : id)),
    });
}
