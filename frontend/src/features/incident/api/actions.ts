/** Writing the actions that come out of this incident. */
import { answer, answerTagged, api, ifMatch } from "../../../api/client";
import type { Action, ActionPatch } from "../../../api/types";
import { useIncident } from "../IncidentContext";
import type { ActionCreate } from "../types";
import { guarded } from "./guarded";
import { partKeys } from "./keys";
import { type Outbox, useOutbox } from "./useOutbox";
import { useCachedRows, useChangeRow, useDeleteRow } from "./useRows";

export function createAction(
  incident: string,
  body: ActionCreate,
  headers: Record<string, string> = {},
): Promise<Action> {
  const params = { path: { incident } };
  return answer(api.POST("/api/v1/incidents/{incident}/actions", { params, body, headers }));
}

function patchAction(action: string, body: ActionPatch, etag: string | null = null) {
  return answer<Action>(
    api.PATCH("/api/v1/actions/{action}", {
      params: { path: { action } },
      headers: ifMatch(etag),
      body,
    }),
  );
}

export function useNewActions(): Outbox<ActionCreate> {
  const { incidentKey } = useIncident();
  const { put } = useCachedRows<Action>(partKeys.actions(incidentKey));
  return useOutbox({
    send: (body, headers) => createAction(incidentKey, body, headers),
    arrived: put,
  });
}

export function useChangeAction() {
  const { incidentKey } = useIncident();
  return useChangeRow<Action, ActionPatch>(partKeys.actions(incidentKey), (id, patch) =>
    patchAction(id, patch),
  );
}

export function useDeleteAction() {
  const { incidentKey } = useIncident();
  return useDeleteRow<Action>(partKeys.actions(incidentKey), (action) =>
    answer(api.DELETE("/api/v1/actions/{action}", { params: { path: { action } } })),
  );
}

/** Puts another title in place of the one that was on the screen. */
export function useRetitleAction(action: Action) {
  const { incidentKey } = useIncident();
  const { put } = useCachedRows<Action>(partKeys.actions(incidentKey));
  const path = { action: action.id };
  return async (title: string, base: string) =>
    put(
      await guarded<Action, { title: string }>({
        read: () => answerTagged(api.GET("/api/v1/actions/{action}", { params: { path } })),
        write: (patch, etag) => patchAction(action.id, patch, etag),
        base: { title: base },
        mine: { title },
      }),
    );
}

/** Gives an action the origin it came from, after that was deleted and brought back. */
export function relinkAction(action: string, origin: Action["origin"]): Promise<Action> {
  return patchAction(action, { origin });
}
