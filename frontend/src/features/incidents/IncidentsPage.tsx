/** All incidents that one may see, newest first. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback } from "react";
import { mayWrite, useMe } from "../../domain/me";
import { usersQuery } from "../../domain/people";
import { ErrorState } from "../../ui/ErrorState";
import { FilterBar } from "../../ui/filters/FilterBar";
import { type Filters, formatFilters, parseFilters } from "../../ui/filters/language";
import { NoMatch } from "../../ui/filters/NoMatch";
import { Icon } from "../../ui/Icon";
import { MoreRows } from "../../ui/MoreRows";
import { PageHeader } from "../../ui/PageHeader";
import { Placeholder } from "../../ui/Placeholder";
import { ReasonedButton } from "../../ui/ReasonedButton";
import { Tabs } from "../../ui/Tabs";
import styles from "../../ui/tools.module.css";
import { incidentsQuery } from "./api";
import { incidentLanguage, incidentQuery } from "./filters";
import { IncidentTable } from "./IncidentTable";
import { NoIncidents } from "./NoIncidents";
import { currentView, VIEWS, withView } from "./views";

export function IncidentsPage() {
  const { q = "" } = useSearch({ from: "/signed-in/incidents" });
  const navigate = useNavigate();
  const me = useMe();
  const people = useQuery(usersQuery).data ?? [];
  const language = incidentLanguage(people);
  const filters = parseFilters(language, q);
  const list = useInfiniteQuery(incidentsQuery(incidentQuery(filters, me, people)));
  const incidents = list.data?.pages.flatMap((page) => page.items);

  const show = (next: Filters) =>
    void navigate({
      to: "/incidents",
      search: (all) => ({ ...all, q: formatFilters(next) || undefined }),
      replace: true,
    });
  const { fetchNextPage } = list;
  const more = useCallback(() => void fetchNextPage(), [fetchNextPage]);

  return (
    <>
      <PageHeader
        title="Incidents"
        actions={
          <ReasonedButton
            leftSection={<Icon name="plus" />}
            reason={mayWrite(me).reason}
            onClick={() => void navigate({ to: "/incidents/new" })}
          >
            New incident
          </ReasonedButton>
        }
      />
      <div className={styles.tools}>
        <Tabs
          label="Stage of the review"
          tabs={VIEWS}
          value={currentView(filters)}
          onChange={(view) => show(withView(filters, view))}
        />
        <FilterBar
          what="incidents"
          placeholder="Filter: sev:1 service:checkout, or any words"
          language={language}
          filters={filters}
          onChange={show}
        />
      </div>
      {incidents ? (
        <>
          {incidents.length > 0 && (
            <IncidentTable incidents={incidents} stale={list.isPlaceholderData} />
          )}
          {incidents.length === 0 && q === "" && <NoIncidents />}
          {incidents.length === 0 && q !== "" && (
            <NoMatch title="No incident matches" filters={filters} onChange={show} />
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
        <Placeholder rows={12} label="Loading incidents" />
      )}
    </>
  );
}
