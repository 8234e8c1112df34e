/** All incidents that one may see, newest first. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { mayWrite, useMe } from "../../domain/me";
import { usersQuery } from "../../domain/people";
import { FilterBar } from "../../ui/filters/FilterBar";
import { type Filters, formatFilters, parseFilters } from "../../ui/filters/language";
import { NoMatch } from "../../ui/filters/NoMatch";
import { Icon } from "../../ui/Icon";
import { PagedList } from "../../ui/PagedList";
import { PageHeader } from "../../ui/PageHeader";
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

  const show = (next: Filters) =>
    void navigate({
      to: "/incidents",
      search: (all) => ({ ...all, q: formatFilters(next) || undefined }),
      replace: true,
    });

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
      <PagedList
        list={list}
        label="Loading incidents"
        empty={
          q === "" ? (
            <NoIncidents />
          ) : (
            <NoMatch title="No incident matches" filters={filters} onChange={show} />
          )
        }
      >
        {(incidents) => <IncidentTable incidents={incidents} stale={list.isPlaceholderData} />}
      </PagedList>
    </>
  );
}
