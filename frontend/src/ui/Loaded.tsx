/** One query's three states in one place: a placeholder, an error that can be tried again, the data. */
import type { ReactNode } from "react";
import { ErrorState } from "./ErrorState";
import { Placeholder } from "./Placeholder";

interface Query<T> {
  data: T | undefined;
  error: unknown;
  refetch: () => unknown;
}

interface Props<T> {
  query: Query<T>;
  /** What is being waited for: "Loading incidents". */
  label: string;
  rows?: number;
  placeholder?: ReactNode;
  children: (data: T) => ReactNode;
}

export function Loaded<T>({ query, label, rows = 6, placeholder, children }: Props<T>) {
  // Old data stays on the page when a refetch does not work; the next one may.
  if (query.data !== undefined) return children(query.data);
  if (query.error) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />;
  return placeholder ?? <Placeholder rows={rows} label={label} />;
}
