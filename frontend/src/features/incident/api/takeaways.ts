/** Writing the takeaways. */
import { answer, api } from "../../../api/client";
import { useIncident } from "../IncidentContext";
import type { Takeaway, TakeawayCreate, TakeawayPatch } from "../types";
import { partKeys } from "./keys";
import { type Outbox, useOutbox } from "./useOutbox";
import { useCachedRows, useChangeRow, useDeleteRow } from "./useRows";

export function createTakeaway(
  incident: string,
  body: TakeawayCreate,
  headers: Record<string, string> = {},
): Promise<Takeaway> {
  const params = { path: { incident } };
  return answer(api.POST("/api/v1/incidents/{incident}/takeaways", { params, body, headers }));
}

export function useNewTakeaways(): Outbox<TakeawayCreate> {
  const { incidentKey } = useIncident();
  const { put } = useCachedRows<Takeaway>(partKeys.takeaways(incidentKey));
  return useOutbox({
    send: (body, headers) => createTakeaway(incidentKey, body, headers),
    arrived: put,
  });
}

export function useChangeTakeaway() {
  const { incidentKey: incident } = useIncident();
  return useChangeRow<Takeaway, TakeawayPatch>(partKeys.takeaways(incident), (takeaway_id, body) =>
    answer(
      api.PATCH("/api/v1/incidents/{incident}/takeaways/{takeaway_id}", {
        params: { path: { incident, takeaway_id } },
        body,
      }),
    ),
  );
}

export function useDeleteTakeaway() {
  const { incidentKey: incident } = useIncident();
  return useDeleteRow<Takeaway>(partKeys.takeaways(incident), (takeaway_id) =>
    answer(
      api.DELETE("/api/v1/incidents/{incident}/takeaways/{takeaway_id}", {
        params: { path: { incident, takeaway_id } },
      }),
    ),
  );
}
