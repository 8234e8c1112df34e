/** One incident, whole: the agenda of its debrief as one page that everybody writes together. */
import { usePrefetchQuery, useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { isProblem } from "../../api/problem";
import { Loaded } from "../../ui/Loaded";
import {
  actionsQuery,
  eventsQuery,
  incidentQuery,
  participantsQuery,
  takeawaysQuery,
  whysQuery,
} from "./api/queries";
import { IncidentContext } from "./IncidentContext";
import { IncidentView } from "./IncidentView";
import { LiveIncident } from "./LiveIncident";
import { MissingIncident } from "./MissingIncident";
import { PagePlaceholder } from "./PagePlaceholder";

export function IncidentPage() {
  const { incidentKey } = useParams({ from: "/signed-in/i/$incidentKey" });
  const query = useQuery(incidentQuery(incidentKey));
  usePrefetchParts(incidentKey);
  const missing = isProblem(query.error) && query.error.status === 404;
  // A page that is open already stays, with what was written in it.
  if (missing && query.data === undefined) return <MissingIncident name={incidentKey} />;
  return (
    <Loaded query={query} label="Loading the incident" placeholder={<PagePlaceholder />}>
      {(incident) => (
        <IncidentContext value={{ incidentKey, incident }}>
          <LiveIncident key={incident.id}>
            <IncidentView />
          </LiveIncident>
        </IncidentContext>
      )}
    </Loaded>
  );
}

/** All at once with the incident itself, rather than after it. */
function usePrefetchParts(incidentKey: string): void {
  usePrefetchQuery(eventsQuery(incidentKey));
  usePrefetchQuery(whysQuery(incidentKey));
  usePrefetchQuery(takeawaysQuery(incidentKey));
  usePrefetchQuery(actionsQuery(incidentKey));
  usePrefetchQuery(participantsQuery(incidentKey));
}
