/** What people do to actions, with a way back. */
import { useQueryClient } from "@tanstack/react-query";
import type { Action, ActionPatch } from "../../../api/types";
import { sayProblem, sayWithUndo } from "../../../ui/toasts";
import { createAction, useChangeAction, useDeleteAction } from "../api/actions";
import { partKeys } from "../api/keys";
import { useIncident } from "../IncidentContext";

export function useActionChanges() {
  const { incidentKey } = useIncident();
  const queryClient = useQueryClient();
  const { mutate: patch } = useChangeAction();
  const { mutate: remove } = useDeleteAction();

  const onChange = (action: Action, change: ActionPatch) => patch({ id: action.id, patch: change });
  const onDelete = (action: Action) => {
    remove(action);
    sayWithUndo(`${action.key} deleted.`, () => {
      const { title, owner, due_on, status, intent, origin, tracker_url, evidence, check_on } =
        action;
      const body = {
        title,
        owner,
        due_on,
        status,
        intent,
        origin,
        tracker_url,
        evidence,
        check_on,
      };
      createAction(incidentKey, body)
        .then(() => queryClient.invalidateQueries({ queryKey: partKeys.actions(incidentKey) }))
        .catch(sayProblem);
    });
  };
  return { onChange, onDelete };
}
