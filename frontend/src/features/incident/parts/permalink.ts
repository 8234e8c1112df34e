/** Addresses of single events, whys, takeaways and actions, to pass on. */
import { copyText } from "../../../ui/copyText";
import { say } from "../../../ui/toasts";
import type { Place } from "../search";

const WORDS: Record<Place, string> = {
  event: "event",
  why: "why",
  takeaway: "takeaway",
  action: "action",
};

export function permalink(incidentKey: string, place: Place | null, id: string): string {
  const address = new URL(`/i/${incidentKey}`, window.location.origin);
  if (place !== null) address.searchParams.set(place, id);
  return address.href;
}

export async function copyPermalink(
  incidentKey: string,
  place: Place | null,
  id = "",
): Promise<void> {
  const link = permalink(incidentKey, place, id);
  const what = place === null ? "incident" : WORDS[place];
  say((await copyText(link)) ? `Link to this ${what} copied.` : link);
}
