/** API tokens: listing, making, revoking. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { allPages } from "../../api/allPages";
import { answer, api } from "../../api/client";
import { keys } from "../../api/keys";
import type { components } from "../../api/schema.gen";

type TokenCreate = components["schemas"]["TokenCreate"];

export const tokensQuery = queryOptions({
  queryKey: keys.tokens,
  queryFn: ({ signal }) =>
    allPages((page) => answer(api.GET("/api/v1/tokens", { params: { query: page }, signal }))),
});

/** Not sent under an idempotency key: the answer holds the secret, which must not be kept for a repeat. */
export function useMakeToken() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: TokenCreate) => answer(api.POST("/api/v1/tokens", { body })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.tokens }),
  });
}

export function useRevokeToken() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (tokenId: string) =>
      answer(api.DELETE("/api/v1/tokens/{token_id}", { params: { path: { token_id: tokenId } } })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.tokens }),
  });
}
