/** Who wrote what, when: the versions of an incident's texts, to read, compare and bring back. */
import { Button } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { isProblem } from "../../../api/problem";
import { EmptyState } from "../../../ui/EmptyState";
import { Loaded } from "../../../ui/Loaded";
import { incidentQuery } from "../api/queries";
import { IncidentContext } from "../IncidentContext";
import { HistoryView } from "./HistoryView";

export function HistoryPage() {
  const { incidentKey } = useParams({ from: "/signed-in/i/$incidentKey/history" });
  const query = useQuery(incidentQuery(incidentKey));
  if (isProblem(query.error) && query.error.status === 404)
    return (
      <EmptyState
        title={`There is no ${incidentKey} here`}
        action={
          <Button component={Link} to="/incidents" variant="default">
            All incidents
          </Button>
        }
      >
        It may have been restricted to the people who take part in it.
      </EmptyState>
    );
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
