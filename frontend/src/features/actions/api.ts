/** Follow-up actions: the list, one of them, and changing it. */
import {
  type InfiniteData,
  infiniteQueryOptions,
  keepPreviousData,
  queryOptions,
  useMutation,
  useQueryClient,
} from "@tanstack/react-query";
import { answer, answerTagged, api, ifMatch } from "../../api/client";
import { keys } from "../../api/keys";
import type { paths } from "../../api/schema.gen";
import type { Action, ActionPatch } from "../../api/types";
import { sayProblem } from "../../ui/toasts";

type Query = NonNullable<paths["/api/v1/actions"]["get"]["parameters"]["query"]>;
type Pages = InfiniteData<{ items: Action[]; next_cursor: string | null }, string | null>;

const FIRST_PAGE = null as string | null;

export const actionsQuery = (filters: Query) =>
  infiniteQueryOptions({
    queryKey: keys.actionList(filters),
    queryFn: ({ pageParam, signal }) =>
      answer(
        api.GET("/api/v1/actions", {
          params: { query: { ...filters, ...(pageParam ? { cursor: pageParam } : {}) } },
          signal,
        }),
      ),
    initialPageParam: FIRST_PAGE,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  });

/** With the ETag that a change of it is made on. */
export const actionQuery = (action: string) =>
  queryOptions({
    queryKey: keys.action(action),
    queryFn: ({ signal }) =>
      answerTagged(api.GET("/api/v1/actions/{action}", { params: { path: { action } }, signal })),
  });

interface Change {
  key: string;
  patch: ActionPatch;
}

/** Changes a row at once; when the server does not agree, the row goes back and says so. */
export function useChangeRow() {
  const queryClient = useQueryClient();
  const lists = { queryKey: keys.actionLists };
  const put = (key: string, change: (action: Action) => Action) =>
    queryClient.setQueriesData<Pages>(lists, (data) => data && inPages(data, key, change));
  return useMutation({
    mutationFn: ({ key, patch }: Change) =>
      answer(
        api.PATCH("/api/v1/actions/{action}", { params: { path: { action: key } }, body: patch }),
      ),
    onMutate: async ({ key, patch }) => {
      await queryClient.cancelQueries(lists);
      const before = queryClient.getQueriesData<Pages>(lists);
      // A patch never holds a null where the action cannot, though its type allows it.
      put(key, (action) => ({ ...action, ...patch }) as Action);
      return { before };
    },
    onSuccess: (saved) => {
      put(saved.key, () => saved);
      // The row stays where it is, even if the filter would not find it any more.
      return queryClient.invalidateQueries({ ...lists, refetchType: "none" });
    },
    onError: (error, _change, context) => {
      for (const [queryKey, data] of context?.before ?? [])
        queryClient.setQueryData(queryKey, data);
      sayProblem(error);
    },
    onSettled: (_saved, _error, { key }) =>
      Promise.all([
        queryClient.invalidateQueries({ queryKey: keys.action(key) }),
        queryClient.invalidateQueries({ queryKey: keys.incidents, refetchType: "none" }),
      ]),
  });
}

/** Saves a whole form that was filled in while looking at one version of the action. */
export function useSaveAction(key: string) {
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: ({ patch, etag }: { patch: ActionPatch; etag: string | null }) =>
      answerTagged(
        api.PATCH("/api/v1/actions/{action}", {
          params: { path: { action: key } },
          headers: ifMatch(etag),
          body: patch,
        }),
      ),
    onSuccess: (saved) => {
      queryClient.setQueryData(actionQuery(key).queryKey, saved);
      return queryClient.invalidateQueries({ queryKey: keys.actionLists });
    },
  });
}

function inPages(data: Pages, key: string, change: (action: Action) => Action): Pages {
  const pages = data.pages.map((page) => ({
    ...page,
    items: page.items.map((action) => (action.key === key ? change(action) : action)),
  }));
  return { ...data, pages };
}
