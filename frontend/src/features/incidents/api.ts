/** The list of incidents, and opening a new one. */
import {
  infiniteQueryOptions,
  keepPreviousData,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import { useCreateOnce } from "../../api/idempotency";
import { keys } from "../../api/keys";
import type { paths } from "../../api/schema.gen";
import type { IncidentCreate } from "../../api/types";

type Query = NonNullable<paths["/api/v1/incidents"]["get"]["parameters"]["query"]>;

const FIRST_PAGE = null as string | null;

export const incidentsQuery = (filters: Query) =>
  infiniteQueryOptions({
    queryKey: keys.incidentList(filters),
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/v1/incidents", {
          params: { query: { ...filters, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (page) => page.next_cursor,
    // Rows stay while other filters load, so the page never empties under the pointer.
    placeholderData: keepPreviousData,
  });

export function useOpenIncident() {
  const queryClient = useQueryClient();
  const once = useCreateOnce();
  return useMutation({
    mutationFn: (body: IncidentCreate) =>
      answer(api.POST("/api/v1/incidents", { body, headers: once(body) })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.incidents }),
  });
}
