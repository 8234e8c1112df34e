/** How long an incident lasted, or has lasted so far. */
import type { Incident } from "../../api/types";
import { STATUS_WORDS } from "../../domain/stages";
import { duration } from "../../ui/time/format";

export interface Span {
  ongoing: boolean;
  words: string;
}

export function spanOf(incident: Incident, now = new Date()): Span {
  const end = incident.resolved_at ?? incident.mitigated_at;
  const from = Date.parse(incident.started_at);
  const words = duration((end ? Date.parse(end) : now.getTime()) - from);
  if (incident.status === "resolved") return { ongoing: false, words };
  return { ongoing: true, words: `${STATUS_WORDS[incident.status]}, ${words}` };
}
