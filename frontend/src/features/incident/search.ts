/** What the address of an incident says beyond which one: the part a permalink points at. */

export interface IncidentSearch {
  event?: string | undefined;
  why?: string | undefined;
  takeaway?: string | undefined;
  action?: string | undefined;
  /** The map of the whys stands open beside their outline. */
  map?: boolean | undefined;
}

const PLACES = ["event", "why", "takeaway", "action"] as const;
export type Place = (typeof PLACES)[number];

export function incidentSearch(search: Record<string, unknown>): IncidentSearch {
  const places = PLACES.flatMap((place) => {
    const id = search[place];
    return typeof id === "string" && id !== "" ? [[place, id] as const] : [];
  });
  return { ...Object.fromEntries(places), ...(search.map ? { map: true } : {}) };
}
