/** Changing and deleting rows of one of an incident's lists: at once here, then on the server. */
import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import { sayProblem } from "../../../ui/toasts";
import { useIncident } from "../IncidentContext";
import { changing } from "./keys";

interface Row {
  id: string;
}

/** Puts a row into a cached list, or takes one out. */
export function useCachedRows<T extends Row>(queryKey: QueryKey) {
  const queryClient = useQueryClient();
  return {
    put: (row: T) =>
      queryClient.setQueryData<T[]>(queryKey, (rows) => {
        const known = rows?.some(({ id }) => id === row.id);
        return known
          ? rows?.map((each) => (each.id === row.id ? row : each))
          : [...(rows ?? []), row];
      }),
    drop: (id: string) =>
      queryClient.setQueryData<T[]>(queryKey, (rows) => rows?.filter((row) => row.id !== id)),
  };
}

/** Changes a row at once; when the server does not agree, it goes back and says so. */
export function useChangeRow<T extends Row, P extends object>(
  queryKey: QueryKey,
  send: (id: string, patch: P) => Promise<T>,
) {
  const { incidentKey } = useIncident();
  const queryClient = useQueryClient();
  const { put } = useCachedRows<T>(queryKey);
  return useMutation({
    mutationKey: changing(incidentKey),
    mutationFn: ({ id, patch }: { id: string; patch: P }) => send(id, patch),
    onMutate: async ({ id, patch }) => {
      await queryClient.cancelQueries({ queryKey });
      const before = queryClient.getQueryData<T[]>(queryKey)?.find((row) => row.id === id);
      if (before) put({ ...before, ...patch });
      return before;
    },
    onSuccess: put,
    onError: (error, _change, before) => {
      if (before) put(before);
      sayProblem(error);
    },
  });
}

/** Takes a row away at once; when the server does not agree, it comes back. */
export function useDeleteRow<T extends Row>(
  queryKey: QueryKey,
  send: (id: string) => Promise<unknown>,
) {
  const { incidentKey } = useIncident();
  const queryClient = useQueryClient();
  const { put, drop } = useCachedRows<T>(queryKey);
  return useMutation({
    mutationKey: changing(incidentKey),
    mutationFn: ({ id }: T) => send(id),
    onMutate: async ({ id }) => {
      await queryClient.cancelQueries({ queryKey });
      drop(id);
    },
    onError: (error, row) => {
      put(row);
      sayProblem(error);
    },
  });
}
