/** Before there is any action: where they come from. */
import { Button } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { EmptyState } from "../../ui/EmptyState";

export function NoActions() {
  return (
    <EmptyState
      title="No actions yet"
      action={
        <Button component={Link} to="/incidents" variant="default">
          Go to incidents
        </Button>
      }
    >
      They are made in part C of an incident, out of what was learned, each with an owner and a
      date. “No actions, here is what we learned” is a proper end too.
    </EmptyState>
  );
}
