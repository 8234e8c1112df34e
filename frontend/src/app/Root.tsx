/** The outermost layer: zone of all times, and what shows when a page is missing or broke. */
import { Button } from "@mantine/core";
import {
  type ErrorComponentProps,
  Link,
  Outlet,
  useRouter,
  useSearch,
} from "@tanstack/react-router";
import { EmptyState } from "../ui/EmptyState";
import { ErrorState } from "../ui/ErrorState";
import { ZoneProvider } from "../ui/time/zone";

export function Root() {
  const { tz } = useSearch({ from: "__root__" });
  return (
    <ZoneProvider choice={tz ?? "mine"}>
      <Outlet />
    </ZoneProvider>
  );
}

export function PageMissing() {
  return (
    <EmptyState
      title="There is nothing at this address"
      action={
        <Button component={Link} to="/incidents" variant="default">
          All incidents
        </Button>
      }
    >
      The link may be old, or the page is one that you cannot see.
    </EmptyState>
  );
}

export function PageBroke({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  const retry = () => {
    reset();
    void router.invalidate();
  };
  return <ErrorState error={error} onRetry={retry} />;
}
