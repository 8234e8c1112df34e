/** Saves an entry's details on top of what the person saw, and holds what stood in the way. */
import { useMutation } from "@tanstack/react-query";
import { answer, answerTagged, api, ifMatch } from "../../../api/client";
import { Conflict, guarded } from "../api/guarded";
import { changing, partKeys } from "../api/keys";
import { useCachedRows } from "../api/useRows";
import { useIncident } from "../IncidentContext";
import type { TimelineEvent } from "../types";
import type { DetailsPatch } from "./eventDetailsForm";

const PATH = "/api/v1/incidents/{incident}/events/{event_id}" as const;

export function useSaveDetails(event: TimelineEvent, onSaved: () => void) {
  const { incidentKey: incident } = useIncident();
  const { put } = useCachedRows<TimelineEvent>(partKeys.events(incident));
  const params = { path: { incident, event_id: event.id } };

  const { mutate, isPending, error, variables } = useMutation({
    mutationKey: changing(incident),
    mutationFn: ({ mine, base }: { mine: DetailsPatch; base: TimelineEvent }) =>
      guarded<TimelineEvent, DetailsPatch>({
        read: () => answerTagged(api.GET(PATH, { params })),
        write: (body, etag) => answer(api.PATCH(PATH, { params, body, headers: ifMatch(etag) })),
        base,
        mine,
      }),
    onSuccess: (saved) => {
      put(saved);
      onSaved();
    },
  });

  const save = (mine: DetailsPatch, base = event) => {
    if (Object.keys(mine).length === 0) onSaved();
    else mutate({ mine, base });
  };
  const theirs = error instanceof Conflict ? (error.theirs as TimelineEvent) : null;
  const mine = variables?.mine ?? {};
  return {
    save,
    saving: isPending,
    error: theirs ? null : error,
    conflict: theirs && { mine, theirs, keepMine: () => save(mine, theirs) },
  };
}
