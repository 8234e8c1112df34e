/** Changing alert sources, trying them, and reading their messages again. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { allPages } from "../../api/allPages";
import { answer, api } from "../../api/client";
import { useCreateOnce } from "../../api/idempotency";
import { keys } from "../../api/keys";
import { unreachable } from "../../api/problem";
import type { components } from "../../api/schema.gen";
import type { Source } from "../../api/types";
import { verdictOf, wouldOpen } from "./testMessage";

type SourceCreate = components["schemas"]["SourceCreate"];
type SourcePatch = components["schemas"]["SourcePatch"];
type PreviewRequest = components["schemas"]["PreviewRequest"];

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

export function useReplay(sourceId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (deliveryId: string) =>
      answer(
        api.POST("/api/v1/alert-sources/{source_id}/deliveries/{delivery_id}/replay", {
          params: { path: { source_id: sourceId, delivery_id: deliveryId } },
        }),
      ),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.source(sourceId) }),
  });
}

/** All that belong to no alert, oldest first, page after page. */
export function useReplayUndecided(sourceId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (since: string) =>
      allPages((query) =>
        answer(
          api.POST("/api/v1/alert-sources/{source_id}/replay", {
            params: { path: { source_id: sourceId }, query },
            body: { since },
          }),
        ),
      ),
    // Also after an error: some were read by then.
    onSettled: () => queryClient.invalidateQueries({ queryKey: keys.source(sourceId) }),
  });
}
