/** Changing one's own account, and signing out. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import { keys } from "../../api/keys";
import type { components } from "../../api/schema.gen";
import { runSignOut } from "../../domain/signOut";

type MePatch = components["schemas"]["MePatch"];

export function useChangeMe() {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: (body: MePatch) => answer(api.PATCH("/api/v1/me", { body })),
    onSuccess: (me) => {
      queryClient.setQueryData(keys.me, me);
      return queryClient.invalidateQueries({ queryKey: keys.users });
    },
  });
}

export function useSignOut() {
  return useMutation({
    mutationFn: async () => {
      await answer(api.DELETE("/api/v1/session"));
      await runSignOut();
      // Drafts of forms, which the next person must not find.
      sessionStorage.clear();
    },
  });
}
