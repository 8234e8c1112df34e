/** Who wrote what, when: the versions of an incident's texts, to read, compare and bring back. */
import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { isProblem } from "../../../api/problem";
import { Loaded } from "../../../ui/Loaded";
import { incidentQuery } from "../api/queries";
import { IncidentContext } from "../IncidentContext";
import { MissingIncident } from "../MissingIncident";
import { HistoryView } from "./HistoryView";

export function HistoryPage() {
  const { incidentKey } = useParams({ from: "/signed-in/i/$incidentKey/history" });
  const query = useQuery(incidentQuery(incidentKey));
  if (isProblem(query.error) && query.error.status === 404)
    return <MissingIncident name={incidentKey} />;
  return (
    <Loaded query={query} label="Loading the history">
      {(incident) => (
        <IncidentContext value={{ incidentKey, incident }}>
          <HistoryView />
        </IncidentContext>
      )}
    </Loaded>
  );
}
