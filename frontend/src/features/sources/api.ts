/** Alert sources: the senders that may open incidents here. */
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { allPages } from "../../api/allPages";
import { answer, api } from "../../api/client";
import { useCreateOnce } from "../../api/idempotency";
import { keys } from "../../api/keys";
import { unreachable } from "../../api/problem";
import type { components } from "../../api/schema.gen";
import type { Sender, Source } from "../../api/types";
import { verdictOf, wouldOpen } from "./testMessage";

type SourceCreate = components["schemas"]["SourceCreate"];
type SourcePatch = components["schemas"]["SourcePatch"];
type PreviewRequest = components["schemas"]["PreviewRequest"];

const FIRST_PAGE = null as string | null;
const DELIVERIES_PER_PAGE = 20;
const WATCHING_MS = 2_500;

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
    // People watch this while they set up a sender.
    refetchInterval: WATCHING_MS,
  });

/** The newest alert of a key. */
export const alertQuery = (sourceId: string, dedupKey: string) =>
  queryOptions({
    queryKey: keys.sourceAlert(sourceId, dedupKey),
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/alerts", {
          params: { query: { source_id: sourceId, dedup_key: dedupKey, limit: 1 } },
          signal,
        }),
      ),
    select: ({ items }) => items[0] ?? null,
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

/** Posts to the real address, as the sender does; tried in a preview first, so that it opens nothing. */
export function useSendTest(source: Source) {
  const queryClient = useQueryClient();
  const preview = usePreview(source.id);
  return useMutation({
    mutationFn: async (body: object) => {
      const text = JSON.stringify(body);
      const headers = { "content-type": "application/json" };
      const { outcome } = await preview.mutateAsync({ headers, body: text });
      if (wouldOpen(outcome)) return "opens";
      const { status } = await fetch(source.address, {
        method: "POST",
        headers,
        body: text,
        credentials: "omit",
      }).catch((cause: unknown) => {
        throw unreachable(cause);
      });
      return verdictOf(status);
    },
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.deliveries(source.id) }),
  });
}
