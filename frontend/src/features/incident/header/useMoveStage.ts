/** Moving the review along, or back: stages are bookmarks, so it is done at once, with a way back. */
import type { Stage } from "../../../api/types";
import { STAGE_WORDS } from "../../../domain/stages";
import { sayWithUndo } from "../../../ui/toasts";
import { useChangeIncident } from "../api/incident";
import { useIncident } from "../IncidentContext";
import { goToPart } from "../pageKeys";

export function useMoveStage(): (to: Stage) => void {
  const { incident } = useIncident();
  const { mutate } = useChangeIncident();
  return (to) => {
    const from = incident.stage;
    if (to === from) return;
    mutate({ stage: to });
    if (to !== "published") goToPart(to);
    const words =
      to === "published" ? "Published." : `The review is now at ${STAGE_WORDS[to].toLowerCase()}.`;
    sayWithUndo(words, () => mutate({ stage: from }));
  };
}
