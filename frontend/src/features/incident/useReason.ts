/** Why this person cannot write here just now; undefined when they can. */
import { mayWrite, useMe } from "../../domain/me";
import { reasonOf } from "../../live/sync/syncView";
import { useStopCode } from "../../live/useLiveValues";
import { useIncident } from "./IncidentContext";

export function useReason(): string | undefined {
  const { incident } = useIncident();
  const right = mayWrite(useMe());
  const stopCode = useStopCode();
  if (!incident.can_edit) return right.reason ?? "You can read this incident.";
  return stopCode === null ? undefined : reasonOf(stopCode);
}
