/** What people do to takeaways, with a way back. */
import { useQueryClient } from "@tanstack/react-query";
import type { Action } from "../../../api/types";
import { useLive } from "../../../live/LiveProvider";
import { sayProblem, sayWithUndo } from "../../../ui/toasts";
import { relinkAction } from "../api/actions";
import { partKeys } from "../api/keys";
import { createTakeaway, useChangeTakeaway, useDeleteTakeaway } from "../api/takeaways";
import { useIncident } from "../IncidentContext";
import type { Takeaway, TakeawayPatch } from "../types";
import { GROUP_WORDS, groupOf } from "./kinds";

export function useTakeawayChanges() {
  const { incidentKey } = useIncident();
  const { session } = useLive();
  const queryClient = useQueryClient();
  const { mutate: patch } = useChangeTakeaway();
  const { mutate: remove } = useDeleteTakeaway();

  const onChange = (takeaway: Takeaway, change: TakeawayPatch) => {
    const { kind, parked } = takeaway;
    patch({ id: takeaway.id, patch: change });
    const group = groupOf({ kind: change.kind ?? kind, parked: change.parked ?? parked });
    sayWithUndo(`Now under “${GROUP_WORDS[group].heading}”.`, () =>
      patch({ id: takeaway.id, patch: { kind, parked } }),
    );
  };
  const onDelete = (takeaway: Takeaway) => {
    const text = session?.text(`takeaways/${takeaway.id}/text`).toString() || takeaway.text;
    const actions = queryClient.getQueryData<Action[]>(partKeys.actions(incidentKey)) ?? [];
    remove(takeaway);
    sayWithUndo("Takeaway deleted.", () => {
      restored(incidentKey, { ...takeaway, text }, actions)
        .then(() => queryClient.invalidateQueries({ queryKey: partKeys.takeaways(incidentKey) }))
        .catch(sayProblem);
    });
  };
  return { onChange, onDelete };
}

async function restored(incident: string, takeaway: Takeaway, actions: readonly Action[]) {
  const { kind, text, parked, position } = takeaway;
  const again = await createTakeaway(incident, { kind, text, parked, position });
  for (const action of actions.filter(({ origin }) => origin?.id === takeaway.id))
    await relinkAction(action.id, { kind: "takeaway", id: again.id });
}
