/** Alert sources: the senders that may open incidents here. */
import {
  infiniteQueryOptions,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { allPages } from "../../api/allPages";
import { answer, api } from "../../api/client";
import { useCreateOnce } from "../../api/idempotency";
import { keys } from "../../api/keys";
import type { components } from "../../api/schema.gen";
import type { Source } from "../../api/types";

type SourceCreate = components["schemas"]["SourceCreate"];
type SourcePatch = components["schemas"]["SourcePatch"];
type PreviewRequest = components["schemas"]["PreviewRequest"];

const FIRST_PAGE = null as string | null;
const DELIVERIES_PER_PAGE = 20;
const WATCHING_MS = 5_000;

export const sourcesQuery = queryOptions({
  queryKey: keys.sources,
  queryFn: ({ signal }) =>
    allPages((page) =>
      answer(api.GET("/api/v1/alert-sources", { params: { query: page }, signal })),
    ),
});

export const sourceQuery = (sourceId: string) =>
  queryOptions({
    queryKey: keys.source(sourceId),
    queryFn: ({ signal }) =>
      answer<Source>(
        api.GET("/api/v1/alert-sources/{source_id}", {
          params: { path: { source_id: sourceId } },
          signal,
        }),
      ),
  });

export const deliveriesQuery = (sourceId: string) =>
  infiniteQueryOptions({
    queryKey: keys.deliveries(sourceId),
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/v1/alert-sources/{source_id}/deliveries", {
          params: {
            path: { source_id: sourceId },
            query: { limit: DELIVERIES_PER_PAGE, ...(pageParam ? { cursor: pageParam } : {}) },
          },
          signal,
        }),
      ),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (page) => page.next_cursor,
    // People watch this while they set up a sender.
    refetchInterval: WATCHING_MS,
  });

export function useAddSource() {
  const queryClient = useQueryClient();
  const once = useCreateOnce();
  return useMutation({
    mutationFn: (body: SourceCreate) =>
      answer(api.POST("/api/v1/alert-sources", { body, headers: once(body) })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.sources }),
  });
}

export function useChangeSource(sourceId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: SourcePatch) =>
      answer(
        api.PATCH("/api/v1/alert-sources/{source_id}", {
          params: { path: { source_id: sourceId } },
          body,
        }),
      ),
    onSuccess: ({ secret: _shownOnce, ...source }) => {
      queryClient.setQueryData(keys.source(sourceId), source);
      return queryClient.invalidateQueries({ queryKey: keys.sources, exact: true });
    },
  });
}

export function useRemoveSource() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (sourceId: string) =>
      answer(
        api.DELETE("/api/v1/alert-sources/{source_id}", {
          params: { path: { source_id: sourceId } },
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.sources, exact: true }),
  });
}

export function usePreview(sourceId: string) {
  return useMutation({
    mutationFn: (body: PreviewRequest) =>
      answer(
        api.POST("/api/v1/alert-sources/{source_id}/preview", {
          params: { path: { source_id: sourceId } },
          body,
        }),
      ),
  });
}
