/** New whys on their way, each at its place, also below one that is itself still on its way. */
import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { whysQuery } from "../api/queries";
import { type Outbox, useOutbox } from "../api/useOutbox";
import { createWhy, patchWhy } from "../api/whys";
import { useIncident } from "../IncidentContext";
import type { Why } from "../types";
import type { WhyPlace } from "./drafts";
import { after } from "./moves";

export interface NewWhy extends WhyPlace {
  question: string;
}

export function useNewWhys(onArrived: (id: string, draftId: string) => void): Outbox<NewWhy> {
  const { incidentKey } = useIncident();
  const queryClient = useQueryClient();
  const { queryKey } = whysQuery(incidentKey);
  // What became of rows that others refer to by the ids they had here.
  const made = useRef(new Map<string, Promise<Why>>());

  const realId = async (id: string | null) =>
    id === null ? null : ((await made.current.get(id))?.id ?? id);

  const create = async (draft: NewWhy, headers: Record<string, string>): Promise<Why> => {
    const [parent, follows] = [await realId(draft.parent), await realId(draft.after)];
    const whys = queryClient.getQueryData(queryKey) ?? [];
    const sibling = whys.find(({ id }) => id === follows);
    // The same position as the row before: newer ids come after older ones.
    const position = parent === null && sibling ? { position: sibling.position } : {};
    const question = draft.question;
    const why = await createWhy(
      incidentKey,
      { question, effects: parent ? [parent] : [], ...position },
      headers,
    );
    const causes = whys.find(({ id }) => id === parent)?.causes ?? [];
    if (parent && follows && causes.at(-1) !== follows)
      for (const move of after(whys, parent, follows, why.id))
        await patchWhy(incidentKey, move.id, move.patch);
    return why;
  };

  return useOutbox<NewWhy, Why>({
    send: (draft, headers, id) => {
      const why = create(draft, headers);
      made.current.set(id, why);
      return why;
    },
    arrived: (why, id) => {
      queryClient.setQueryData(queryKey, (whys) => withNew(whys ?? [], why));
      void queryClient.invalidateQueries({ queryKey });
      onArrived(why.id, id);
    },
  });
}

/** With the new why among the causes of those above it, as the server has it. */
function withNew(whys: readonly Why[], why: Why): Why[] {
  const above = whys.map((each) =>
    why.effects.includes(each.id) && !each.causes.includes(why.id)
      ? { ...each, causes: [...each.causes, why.id] }
      : each,
  );
  return [...above.filter(({ id }) => id !== why.id), why];
}
