/** Changing the incident itself and who takes part in it. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, answerTagged, api, ifMatch } from "../../../api/client";
import { keys } from "../../../api/keys";
import type { Incident } from "../../../api/types";
import { sayProblem } from "../../../ui/toasts";
import { useIncident } from "../IncidentContext";
import type { IncidentPatch, Participant, ParticipantRole } from "../types";
import { guarded } from "./guarded";
import { changing, partKeys } from "./keys";
import { incidentQuery } from "./queries";
import { useCachedRows, useDeleteRow } from "./useRows";

function patchIncident(incident: string, body: IncidentPatch, etag: string | null = null) {
  return answer<Incident>(
    api.PATCH("/api/v1/incidents/{incident}", {
      params: { path: { incident } },
      headers: ifMatch(etag),
      body,
    }),
  );
}

/** Changes fields at once; when the server does not agree, they go back and it says so. */
export function useChangeIncident() {
  const { incidentKey } = useIncident();
  const queryClient = useQueryClient();
  const { queryKey } = incidentQuery(incidentKey);
  return useMutation({
    mutationKey: changing(incidentKey),
    mutationFn: (patch: IncidentPatch) => patchIncident(incidentKey, patch),
    onMutate: async (patch) => {
      await queryClient.cancelQueries({ queryKey, exact: true });
      const before = queryClient.getQueryData(queryKey);
      queryClient.setQueryData(queryKey, (now) => now && { ...now, ...patch });
      return before;
    },
    onSuccess: (saved) => {
      queryClient.setQueryData(queryKey, saved);
      return queryClient.invalidateQueries({
        queryKey: ["incidents", "list"],
        refetchType: "none",
      });
    },
    onError: (error, _patch, before) => {
      queryClient.setQueryData(queryKey, before);
      sayProblem(error);
    },
  });
}

/** Changes fields on top of what the person saw. Throws `Conflict` when somebody was faster. */
export function useGuardedIncident() {
  const { incidentKey: incident } = useIncident();
  const queryClient = useQueryClient();
  return async <P extends Partial<Incident> & IncidentPatch>(mine: P, base: P) => {
    const saved = await guarded<Incident, P>({
      read: () =>
        answerTagged(api.GET("/api/v1/incidents/{incident}", { params: { path: { incident } } })),
      write: (patch, etag) => patchIncident(incident, patch, etag),
      base,
      mine,
    });
    queryClient.setQueryData(keys.incident(incident), saved);
  };
}

export function useAddParticipant() {
  const { incidentKey: incident } = useIncident();
  const { put } = useCachedRows<Participant>(partKeys.participants(incident));
  return useMutation({
    mutationKey: changing(incident),
    mutationFn: (body: { user_id: string; roles: ParticipantRole[] }) =>
      answer(
        api.POST("/api/v1/incidents/{incident}/participants", {
          params: { path: { incident } },
          body,
        }),
      ),
    onSuccess: put,
    onError: sayProblem,
  });
}

export function useChangeParticipant() {
  const { incidentKey: incident } = useIncident();
  const { put } = useCachedRows<Participant>(partKeys.participants(incident));
  return useMutation({
    mutationKey: changing(incident),
    mutationFn: ({ id, roles }: { id: string; roles: ParticipantRole[] }) =>
      answer(
        api.PATCH("/api/v1/incidents/{incident}/participants/{participant_id}", {
          params: { path: { incident, participant_id: id } },
          body: { roles },
        }),
      ),
    onSuccess: put,
    onError: sayProblem,
  });
}

export function useRemoveParticipant() {
  const { incidentKey: incident } = useIncident();
  return useDeleteRow<Participant>(partKeys.participants(incident), (participant_id) =>
    answer(
      api.DELETE("/api/v1/incidents/{incident}/participants/{participant_id}", {
        params: { path: { incident, participant_id } },
      }),
    ),
  );
}
