/** The incident that an alert belongs to now, as a link; nothing where there is none. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { alertQuery } from "./api";

export function AlertIncident({ sourceId, dedupKey }: { sourceId: string; dedupKey: string }) {
  const incidentKey = useQuery(alertQuery(sourceId, dedupKey)).data?.incident_key;
  if (!incidentKey) return null;
  return (
    <Link to="/i/$incidentKey" params={{ incidentKey }}>
      {incidentKey}
    </Link>
  );
}
