/** The incident that this page is about, for all its parts. */
import { createContext, useContext } from "react";
import type { Incident } from "../../api/types";

interface Value {
  /** As it stands in the address; names the cache entries. */
  incidentKey: string;
  incident: Incident;
}

export const IncidentContext = createContext<Value | null>(null);

export function useIncident(): Value {
  const value = useContext(IncidentContext);
  if (value === null) throw new Error("This part belongs on an incident's page.");
  return value;
}
