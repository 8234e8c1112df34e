/** Adding people and changing what they may do. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import { useCreateOnce } from "../../api/idempotency";
import { keys } from "../../api/keys";
import type { components } from "../../api/schema.gen";

type UserCreate = components["schemas"]["UserCreate"];
type UserPatch = components["schemas"]["UserPatch"];

export function useAddPerson() {
  const queryClient = useQueryClient();
  const once = useCreateOnce();
  return useMutation({
    mutationFn: (body: UserCreate) =>
      answer(api.POST("/api/v1/users", { body, headers: once(body) })),
    onSuccess: () => queryClient.invalidateQueries({ queryKey: keys.users }),
  });
}

export function useChangePerson(userId: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: UserPatch) =>
      answer(api.PATCH("/api/v1/users/{user_id}", { params: { path: { user_id: userId } }, body })),
    onSuccess: () =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: keys.users }),
        // It may have been oneself.
        queryClient.invalidateQueries({ queryKey: keys.me }),
      ]),
  });
}
