/** Every follow-up action that one may see, across incidents. */
import { useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useMe } from "../../domain/me";
import { usersQuery } from "../../domain/people";
import { FilterBar } from "../../ui/filters/FilterBar";
import { type Filters, formatFilters, parseFilters } from "../../ui/filters/language";
import { NoMatch } from "../../ui/filters/NoMatch";
import { PagedList } from "../../ui/PagedList";
import { PageHeader } from "../../ui/PageHeader";
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
      <PagedList
        list={list}
        label="Loading actions"
        empty={
          q === "" ? (
            <NoActions />
          ) : (
            <NoMatch title="No action matches" filters={filters} onChange={show} />
          )
        }
      >
        {(actions) => <ActionTable actions={actions} stale={list.isPlaceholderData} />}
      </PagedList>
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
