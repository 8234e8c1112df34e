/** There is no such incident, or none that this person may see. */
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { EmptyState } from "../../ui/EmptyState";

export function MissingIncident({ name }: { name: string }) {
  return (
    <EmptyState
      title={`There is no ${name} here`}
      action={
        <Button component={Link} to="/incidents" variant="default">
          All incidents
        </Button>
      }
    >
      It may have been restricted to the people who take part in it. They, or an administrator, can
      let you in.
    </EmptyState>
  );
}
