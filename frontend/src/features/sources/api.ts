/** Reading alert sources, what came from them, and what would become of a message. */
import { infiniteQueryOptions, keepPreviousData, queryOptions } from "@tanstack/react-query";
import { allPages } from "../../api/allPages";
import { answer, api } from "../../api/client";
import { keys } from "../../api/keys";
import type { components } from "../../api/schema.gen";
import type { Sender, Source } from "../../api/types";

type PreviewRequest = components["schemas"]["PreviewRequest"];

const FIRST_PAGE = null as string | null;
const DELIVERIES_PER_PAGE = 20;

export const sourcesQuery = queryOptions({
  queryKey: keys.sources,
  queryFn: ({ signal }) =>
    allPages((page) =>
      answer(api.GET("/api/v1/alert-sources", { params: { query: page }, signal })),
    ),
});

export const sendersQuery = queryOptions({
  queryKey: keys.senders,
  queryFn: ({ signal }) => answer(api.GET("/api/v1/alert-senders", { signal })),
  select: ({ items }): Sender[] => items,
  // They change with the server's version only.
  staleTime: Number.POSITIVE_INFINITY,
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
  });

/** What would become of a message, with settings of its own where there are some. */
export const trialQuery = (sourceId: string, tried: PreviewRequest) =>
  queryOptions({
    queryKey: keys.trial(sourceId, tried),
    queryFn: ({ signal }) =>
      answer(
        api.POST("/api/v1/alert-sources/{source_id}/preview", {
          params: { path: { source_id: sourceId } },
          body: tried,
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    retry: false,
    gcTime: 0,
  });
