/** An entry that is being written, kept through a reload. */
import { type Draft, draft } from "../../../ui/draft";
import type { EventKind } from "../types";

export interface EventDraft {
  kind: EventKind;
  text: string;
  when: string;
}

const drafts = new Map<string, Draft<EventDraft>>();

export function eventDraft(incidentKey: string): Draft<EventDraft> {
  const known = drafts.get(incidentKey) ?? draft<EventDraft>(`event/${incidentKey}`);
  drafts.set(incidentKey, known);
  return known;
}
