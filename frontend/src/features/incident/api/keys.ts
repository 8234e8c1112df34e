/** Under which names the parts of one incident are cached. */
import { keys } from "../../../api/keys";

export const partKeys = {
  events: (incident: string) => [...keys.incident(incident), "events"],
  whys: (incident: string) => [...keys.incident(incident), "whys"],
  takeaways: (incident: string) => [...keys.incident(incident), "takeaways"],
  actions: (incident: string) => [...keys.incident(incident), "actions"],
  participants: (incident: string) => [...keys.incident(incident), "participants"],
} as const;

/** Marks changes of one incident while they are under way. */
export const changing = (incident: string) => ["changing", incident];
