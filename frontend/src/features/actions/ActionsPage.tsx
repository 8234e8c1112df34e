/** Every follow-up action that one may see, across incidents. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { useMe } from "../../domain/me";
import { usersQuery } from "../../domain/people";
import { ErrorState } from "../../ui/ErrorState";
import { FilterBar } from "../../ui/filters/FilterBar";
import { type Filters, formatFilters, parseFilters } from "../../ui/filters/language";
import { NoMatch } from "../../ui/filters/NoMatch";
import { MoreRows } from "../../ui/MoreRows";
import { PageHeader } from "../../ui/PageHeader";
import { Placeholder } from "../../ui/Placeholder";
import { Tabs } from "../../ui/Tabs";
import styles from "../../ui/tools.module.css";
import { ActionPanel } from "./ActionPanel";
import { ActionTable } from "./ActionTable";
import { actionsQuery } from "./api";
import { actionLanguage, actionQuery } from "./filters";
import { NoActions } from "./NoActions";
import { currentView, VIEWS, withView } from "./views";

export function ActionsPage() {
  const { q = "", action } = useSearch({ from: "/signed-in/actions" });
  const navigate = useNavigate();
  const me = useMe();
  const people = useQuery(usersQuery).data ?? [];
  const language = actionLanguage(people);
  const filters = parseFilters(language, q);
  const list = useInfiniteQuery(actionsQuery(actionQuery(filters, me, people)));
  const actions = list.data?.pages.flatMap((page) => page.items);

  const show = (next: Filters) =>
    void navigate({
      to: "/actions",
      search: (all) => ({ ...all, q: formatFilters(next) || undefined }),
      replace: true,
    });
  const closePanel = (saved: boolean) =>
    void navigate({
      to: "/actions",
      search: (all) => ({ ...all, action: undefined }),
      ignoreBlocker: saved,
    });
  const { fetchNextPage } = list;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);

  return (
    <>
      <PageHeader title="Actions" />
      <div className={styles.tools}>
        <Tabs
          label="Which actions"
          tabs={VIEWS}
          value={currentView(filters)}
          onChange={(view) => show(withView(filters, view))}
        />
        <FilterBar
          what="actions"
          placeholder="Filter: owner:me due:week, or any words"
          language={language}
          filters={filters}
          onChange={show}
        />
      </div>
      {actions ? (
        <>
          {actions.length > 0 && <ActionTable actions={actions} stale={list.isPlaceholderData} />}
          {actions.length === 0 && q === "" && <NoActions />}
          {actions.length === 0 && q !== "" && (
            <NoMatch title="No action matches" filters={filters} onChange={show} />
          )}
          <MoreRows
            hasMore={list.hasNextPage}
            loading={list.isFetchingNextPage}
            error={list.isFetchNextPageError ? list.error : null}
            onMore={more}
          />
        </>
      ) : list.error ? (
        <ErrorState error={list.error} onRetry={() => void list.refetch()} />
      ) : (
        <Placeholder rows={10} label="Loading actions" />
      )}
      {action && (
        <ActionPanel
          key={action}
          actionKey={action}
          onClose={() => closePanel(false)}
          onSaved={() => closePanel(true)}
        />
      )}
    </>
  );
}
