/** Writing the graph of whys. */
import { answer, answerTagged, api, ifMatch } from "../../../api/client";
import { useIncident } from "../IncidentContext";
import type { Why, WhyCreate, WhyPatch } from "../types";
import { guarded } from "./guarded";
import { partKeys } from "./keys";
import { useCachedRows, useChangeRow, useDeleteRow } from "./useRows";

export function createWhy(
  incident: string,
  body: WhyCreate,
  headers: Record<string, string> = {},
): Promise<Why> {
  const params = { path: { incident } };
  return answer(api.POST("/api/v1/incidents/{incident}/whys", { params, body, headers }));
}

export function patchWhy(
  incident: string,
  why_id: string,
  body: WhyPatch,
  etag: string | null = null,
): Promise<Why> {
  return answer(
    api.PATCH("/api/v1/incidents/{incident}/whys/{why_id}", {
      params: { path: { incident, why_id } },
      headers: ifMatch(etag),
      body,
    }),
  );
}

export function useChangeWhy() {
  const { incidentKey } = useIncident();
  return useChangeRow<Why, WhyPatch>(partKeys.whys(incidentKey), (id, patch) =>
    patchWhy(incidentKey, id, patch),
  );
}

export function useDeleteWhy() {
  const { incidentKey: incident } = useIncident();
  return useDeleteRow<Why>(partKeys.whys(incident), (why_id) =>
    answer(
      api.DELETE("/api/v1/incidents/{incident}/whys/{why_id}", {
        params: { path: { incident, why_id } },
      }),
    ),
  );
}

/** Puts another question in place of one that was on the screen. */
export function useAskOtherwise(why: Why) {
  const { incidentKey: incident } = useIncident();
  const { put } = useCachedRows<Why>(partKeys.whys(incident));
  const path = { incident, why_id: why.id };
  return async (question: string, base: string) =>
    put(
      await guarded<Why, { question: string }>({
        read: () =>
          answerTagged(api.GET("/api/v1/incidents/{incident}/whys/{why_id}", { params: { path } })),
        write: (patch, etag) => patchWhy(incident, why.id, patch, etag),
        base: { question: base },
        mine: { question },
      }),
    );
}
