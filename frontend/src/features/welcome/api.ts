/** Signing in, and the first run. */
import { queryOptions, useMutation, useQueryClient } from "@tanstack/react-query";
import { answer, api } from "../../api/client";
import { keys } from "../../api/keys";
import type { components } from "../../api/schema.gen";
import type { Me } from "../../api/types";

type Credentials = components["schemas"]["SessionCreate"];
type FirstAdministrator = components["schemas"]["SetupCreate"];

export const setupQuery = queryOptions({
  queryKey: keys.setup,
  queryFn: ({ signal }) => answer(api.GET("/api/v1/setup", { signal })),
});

function useEntering<Body>(enter: (body: Body) => Promise<Me>) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: enter,
    onSuccess: (me) => {
      // Whatever somebody else saw in this browser before is not for the next one.
      queryClient.clear();
      queryClient.setQueryData(keys.me, me);
    },
  });
}

export function useSignIn() {
  return useEntering((body: Credentials) => answer(api.POST("/api/v1/session", { body })));
}

export function useSetUp() {
  return useEntering((body: FirstAdministrator) => answer(api.POST("/api/v1/setup", { body })));
}
