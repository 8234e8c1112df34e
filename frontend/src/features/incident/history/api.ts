/** Reading versions of texts, and bringing an older one back. */
import {
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { answer, api } from "../../../api/client";
import { freshKey } from "../../../api/idempotency";
import { keys } from "../../../api/keys";

/** While people look. A question to which nothing is new is answered without reading the log. */
const LOOK_AGAIN_MS = 5_000;
const FIRST_PAGE = null as string | null;

const historyKey = (incident: string) => [...keys.incident(incident), "history"];

export const versionsQuery = (incident: string, passage: string | undefined) =>
  infiniteQueryOptions({
    queryKey: [...historyKey(incident), "versions", passage ?? null],
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/v1/incidents/{incident}/history", {
          params: {
            path: { incident },
            query: { ...(passage ? { passage } : {}), ...(pageParam ? { cursor: pageParam } : {}) },
          },
          signal,
        }),
      ),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (page) => page.next_cursor,
    refetchInterval: LOOK_AGAIN_MS,
  });

export const textQuery = (incident: string, passage: string, seq: number) =>
  queryOptions({
    queryKey: [...historyKey(incident), "text", passage, seq],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/incidents/{incident}/history/text", {
          params: { path: { incident }, query: { passage, seq } },
          signal,
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });

export const differenceQuery = (incident: string, passage: string, from: number, to: number) =>
  queryOptions({
    queryKey: [...historyKey(incident), "difference", passage, from, to],
    queryFn: ({ signal }) =>
      answer(
        api.GET("/api/v1/incidents/{incident}/history/difference", {
          params: { path: { incident }, query: { passage, from, to } },
          signal,
        }),
      ),
    staleTime: Number.POSITIVE_INFINITY,
    placeholderData: keepPreviousData,
  });

export function useRestore(incident: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (wanted: { passage: string; seq: number }) =>
      answer(
        api.POST("/api/v1/incidents/{incident}/history/restorations", {
          params: { path: { incident } },
          body: wanted,
          headers: { "Idempotency-Key": freshKey() },
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.incident(incident) }),
  });
}
