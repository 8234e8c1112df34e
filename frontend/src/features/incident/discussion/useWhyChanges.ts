/** What people do to whys that are there: move, link, delete; circles are refused in plain words. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { isProblem } from "../../../api/problem";
import type { Action } from "../../../api/types";
import { useLive } from "../../../live/LiveProvider";
import { say, sayProblem, sayWithUndo } from "../../../ui/toasts";
import { relinkAction } from "../api/actions";
import { changing, partKeys } from "../api/keys";
import { whysQuery } from "../api/queries";
import { createWhy, patchWhy, useDeleteWhy } from "../api/whys";
import { useIncident } from "../IncidentContext";
import type { Why } from "../types";
import type { Move } from "./moves";

const CIRCLE = "That would make a circle: a why cannot be among its own causes.";

export function useWhyChanges() {
  const { incidentKey } = useIncident();
  const { session } = useLive();
  const queryClient = useQueryClient();
  const { queryKey } = whysQuery(incidentKey);
  const { mutate: remove } = useDeleteWhy();
  const refetch = () => queryClient.invalidateQueries({ queryKey });

  // What an earlier move led to must not be shown in place of what a later one will.
  const refetchAfterTheLast = () =>
    queryClient.isMutating({ mutationKey: changing(incidentKey) }) > 1 ? undefined : refetch();

  const { mutate: apply } = useMutation({
    mutationKey: changing(incidentKey),
    // One after the other: each was meant for what the one before it leaves.
    scope: { id: `moves in ${incidentKey}` },
    mutationFn: async (moves: readonly Move[]) => {
      for (const { id, patch } of moves) await patchWhy(incidentKey, id, patch);
    },
    onMutate: async (moves) => {
      await queryClient.cancelQueries({ queryKey });
      queryClient.setQueryData(queryKey, (whys) => whys?.map((why) => moved(why, moves)));
    },
    onError: (error) => (isProblem(error, "why_cycle") ? say(CIRCLE) : sayProblem(error)),
    onSettled: refetchAfterTheLast,
  });

  const onMoves = (moves: readonly Move[] | null) => {
    if (moves === null) say(CIRCLE);
    else if (moves.length > 0) apply(moves);
  };

  const onDelete = (why: Why) => {
    const whole = { ...why, ...livePassages(why, (name) => session?.text(name).toString()) };
    const whys = queryClient.getQueryData(queryKey) ?? [];
    remove(why);
    sayWithUndo("Why deleted; what stood below it stays.", () => {
      const actions = queryClient.getQueryData<Action[]>(partKeys.actions(incidentKey)) ?? [];
      restored(incidentKey, whole, whys, actions).then(refetch).catch(sayProblem);
    });
  };
  return { onMoves, onDelete };
}

function moved(why: Why, moves: readonly Move[]): Why {
  const move = moves.find(({ id }) => id === why.id);
  return move ? { ...why, ...move.patch } : why;
}

function livePassages(why: Why, live: (name: string) => string | undefined) {
  const text = (part: "answer" | "expectation" | "assumption") =>
    live(`whys/${why.id}/${part}`) || why[part];
  return {
    answer: text("answer"),
    expectation: text("expectation"),
    assumption: text("assumption"),
  };
}

/** The same why again under a new id, at its old place among the causes of each why above it. */
async function restored(
  incident: string,
  why: Why,
  whys: readonly Why[],
  actions: readonly Action[],
): Promise<void> {
  const { question, answer, expectation, assumption, causes, effects, evidence, position } = why;
  const texts = { question, answer, expectation, assumption };
  const again = await createWhy(incident, { ...texts, causes, effects, evidence, position });
  for (const above of whys.filter(({ id }) => effects.includes(id)))
    await patchWhy(incident, above.id, {
      causes: above.causes.map((id) => (id === why.id ? again.id : id)),
    });
  for (const action of actions.filter(({ origin }) => origin?.id === why.id))
    await relinkAction(action.id, { kind: "why", id: again.id });
}
