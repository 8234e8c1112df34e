/** A list that comes in pages: its placeholder, its error, its rows, and the way to more of them. */
import { type ReactNode, useCallback } from "react";
import { ErrorState } from "./ErrorState";
import { MoreRows } from "./MoreRows";
import { Placeholder } from "./Placeholder";

interface Pages<T> {
  data: { pages: { items: T[] }[] } | undefined;
  error: unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  isFetchNextPageError: boolean;
  fetchNextPage: () => Promise<unknown>;
  refetch: () => Promise<unknown>;
}

interface Props<T> {
  list: Pages<T>;
  /** What is being waited for: "Loading incidents". */
  label: string;
  rows?: number;
  /** What stands there when there is nothing. */
  empty: ReactNode;
  children: (items: T[]) => ReactNode;
}

export function PagedList<T>({ list, label, rows = 12, empty, children }: Props<T>) {
  const { fetchNextPage } = list;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);
  if (!list.data)
    return list.error ? (
      <ErrorState error={list.error} onRetry={() => void list.refetch()} />
    ) : (
      <Placeholder rows={rows} label={label} />
    );
  const items = list.data.pages.flatMap((page) => page.items);
  if (items.length === 0) return empty;
  return (
    <>
      {children(items)}
      <MoreRows
        hasMore={list.hasNextPage}
        loading={list.isFetchingNextPage}
        error={list.isFetchNextPageError ? list.error : null}
        onMore={more}
      />
    </>
  );
}
