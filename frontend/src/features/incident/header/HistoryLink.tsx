/** The way to who wrote what, and when. */
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { Icon } from "../../../ui/Icon";
import { useIncident } from "../IncidentContext";

export function HistoryLink() {
  const { incidentKey } = useIncident();
  return (
    <Button
      renderRoot={(props) => (
        <Link {...props} to="/i/$incidentKey/history" params={{ incidentKey }} />
      )}
      variant="subtle"
      color="gray"
      leftSection={<Icon name="history" size={14} />}
    >
      History
    </Button>
  );
}
