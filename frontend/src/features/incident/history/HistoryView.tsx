/** The history that has loaded: the list, and the chosen version beside it, or over it on a phone. */
import { useInfiniteQuery } from "@tanstack/react-query";
import { Link, useSearch } from "@tanstack/react-router";
import { useEffect } from "react";
import { EmptyState } from "../../../ui/EmptyState";
import { Icon } from "../../../ui/Icon";
import { PagedList } from "../../../ui/PagedList";
import { PageHeader } from "../../../ui/PageHeader";
import { useIncident } from "../IncidentContext";
import { versionsQuery } from "./api";
import styles from "./HistoryView.module.css";
import type { HistorySearch } from "./search";
import type { Version } from "./types";
import { usePassageTitle } from "./usePassageTitle";
import { VersionDetail } from "./VersionDetail";
import { VersionList } from "./VersionList";
import { versionAt } from "./versions";

export function HistoryView() {
  const { incidentKey, incident } = useIncident();
  const search = useSearch({ from: "/signed-in/i/$incidentKey/history" });
  const titleOf = usePassageTitle(incidentKey);
  const list = useInfiniteQuery(versionsQuery(incidentKey, search.passage));
  const listed = list.data?.pages.flatMap(({ items }) => items) ?? [];
  const chosen = useChosen(search, listed);
  const { passage } = search;
  return (
    <>
      <nav className={styles.where} aria-label="Where this is">
        <Link to="/i/$incidentKey" params={{ incidentKey }}>
          <Icon name="arrowLeft" size={14} /> {incident.key} {incident.title}
        </Link>
      </nav>
      <PageHeader
        title="History"
        lead="Who wrote what, and when. Every version can be read, compared, and brought back."
      />
      {passage && (
        <p className={styles.only}>
          <span className={styles.filter}>{fullTitle(titleOf(passage))}</span>
          <Link to="/i/$incidentKey/history" params={{ incidentKey }} search={{}}>
            All texts
          </Link>
        </p>
      )}
      <div className={styles.columns} data-chosen={search.seq !== undefined || undefined}>
        <div className={styles.list}>
          <PagedList list={list} label="Loading versions" empty={<NothingYet />}>
            {(versions) => (
              <VersionList
                incidentKey={incidentKey}
                versions={versions}
                chosen={chosen?.version}
                titleOf={passage ? undefined : titleOf}
              />
            )}
          </PagedList>
        </div>
        {chosen && (
          <div className={styles.chosen}>
            <Link
              className={styles.back}
              to="/i/$incidentKey/history"
              params={{ incidentKey }}
              search={passage ? { passage } : {}}
            >
              <Icon name="chevronLeft" size={14} /> All versions
            </Link>
            <VersionDetail
              version={chosen.version}
              versions={chosen.siblings}
              title={titleOf(chosen.version.passage)}
              from={search.from}
              amongAll={passage === undefined}
            />
          </div>
        )}
      </div>
    </>
  );
}

function fullTitle({ kind, about }: { kind: string; about: string }): string {
  return about ? `${kind}: ${about}` : kind;
}

function NothingYet() {
  return (
    <EmptyState title="Nothing has been written yet">
      As soon as somebody writes, it shows here who wrote what, and when.
    </EmptyState>
  );
}

interface Chosen {
  version: Version;
  /** All versions of the same text, newest first, as far as they are loaded. */
  siblings: Version[];
}

/** The version in the address, or the newest; further pages are read until it is found. */
function useChosen(search: HistorySearch, listed: readonly Version[]): Chosen | undefined {
  const { incidentKey } = useIncident();
  const passage = search.passage ?? search.of ?? listed[0]?.passage;
  const { data, hasNextPage, isFetching, fetchNextPage } = useInfiniteQuery({
    ...versionsQuery(incidentKey, passage),
    enabled: passage !== undefined,
  });
  const siblings = data?.pages.flatMap(({ items }) => items) ?? [];
  const seq = search.seq;
  const version =
    seq === undefined || passage === undefined
      ? (siblings[0] ?? listed[0])
      : (versionAt(siblings, passage, seq) ?? versionAt(listed, passage, seq));
  const missing = seq !== undefined && data !== undefined && version === undefined;
  useEffect(() => {
    if (missing && hasNextPage && !isFetching) void fetchNextPage();
  }, [missing, hasNextPage, isFetching, fetchNextPage]);
  return version && { version, siblings };
}
