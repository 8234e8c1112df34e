/** Part C: what we learned and recommend, what waits, and what we will do. */
import { useQuery } from "@tanstack/react-query";
import { useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import type { Action } from "../../../api/types";
import { useShortcuts } from "../../../ui/keyboard/registry";
import { LeavingGuard } from "../../../ui/LeavingGuard";
import { Loaded } from "../../../ui/Loaded";
import { actionsQuery, takeawaysQuery } from "../api/queries";
import { useNewTakeaways } from "../api/takeaways";
import { useIncident } from "../IncidentContext";
import { partOf } from "../parts/parts";
import { focusedRow, focusRow } from "../parts/rows";
import { SectionFrame } from "../parts/SectionFrame";
import type { Takeaway } from "../types";
import { ActionsPart } from "./ActionsPart";
import type { ActionWish } from "./actionWish";
import { GROUPS, groupOf } from "./kinds";
import { TakeawayGroup } from "./TakeawayGroup";
import { useTakeawayChanges } from "./useTakeawayChanges";

interface Props {
  reason: string | undefined;
  wish: ActionWish;
  onAddAction: (origin: NonNullable<Action["origin"]>) => void;
}

export function TakeawaysSection({ reason, wish, onAddAction }: Props) {
  const { incidentKey } = useIncident();
  const takeaways = useQuery(takeawaysQuery(incidentKey));
  const actions = useQuery(actionsQuery(incidentKey));
  return (
    <SectionFrame part={partOf("takeaways")}>
      <Loaded query={takeaways} label="Loading the takeaways" rows={3}>
        {(all) => <Groups takeaways={all} reason={reason} onAddAction={onAddAction} />}
      </Loaded>
      <Loaded query={actions} label="Loading the actions" rows={3}>
        {(all) => (
          <ActionsPart
            actions={all}
            learned={takeaways.data?.some(({ parked }) => !parked) ?? false}
            reason={reason}
            wish={wish}
          />
        )}
      </Loaded>
    </SectionFrame>
  );
}

interface GroupsProps extends Omit<Props, "wish"> {
  takeaways: readonly Takeaway[];
}

function Groups({ takeaways, reason, onAddAction }: GroupsProps) {
  const { takeaway: linked } = useSearch({ from: "/signed-in/i/$incidentKey" });
  const outbox = useNewTakeaways();
  const deeds = useTakeawayChanges();
  const inOrder = [...takeaways].sort(
    (one, other) => one.position - other.position || (one.id < other.id ? -1 : 1),
  );

  // biome-ignore lint/correctness/useExhaustiveDependencies: a permalink is followed once
  useEffect(() => {
    if (linked) focusRow("takeaway", linked);
  }, []);

  const park = () => {
    const takeaway = takeaways.find(({ id }) => id === focusedRow("takeaway"));
    if (takeaway) deeds.onChange(takeaway, { parked: !takeaway.parked });
  };
  useShortcuts(
    reason === undefined
      ? [{ keys: "p", label: "To the parking lot, or back", group: "Takeaways", run: park }]
      : [],
  );

  return (
    <>
      {GROUPS.map((group) => (
        <TakeawayGroup
          key={group}
          group={group}
          takeaways={inOrder.filter((each) => groupOf(each) === group)}
          outbox={outbox}
          editable={reason === undefined}
          selected={linked}
          {...deeds}
          onAddAction={(takeaway) => onAddAction({ kind: "takeaway", id: takeaway.id })}
        />
      ))}
      {outbox.items.some(({ error }) => error !== null) && <LeavingGuard unsaved />}
    </>
  );
}
