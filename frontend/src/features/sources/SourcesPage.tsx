/** Senders whose alerts open incidents here. */
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import type { Source } from "../../api/types";
import { mayAdminister, useMe } from "../../domain/me";
import { EmptyState } from "../../ui/EmptyState";
import { Icon } from "../../ui/Icon";
import { Loaded } from "../../ui/Loaded";
import { Notice } from "../../ui/Notice";
import { PageHeader } from "../../ui/PageHeader";
import { ReasonedButton } from "../../ui/ReasonedButton";
import { TimeText } from "../../ui/time/TimeText";
import { AddSource } from "./AddSource";
import { sendersQuery, sourcesQuery } from "./api";
import styles from "./SourcesPage.module.css";
import { givesSecret } from "./senders";
import { keepSecret } from "./shownOnce";

export function SourcesPage() {
  const me = useMe();
  const mayRead = me.scopes.includes("ingest");
  const sources = useQuery({ ...sourcesQuery, enabled: mayRead });
  const navigate = useNavigate();
  const { reason } = mayAdminister(me);
  const [adding, setAdding] = useState(false);
  const add = (
    <ReasonedButton
      leftSection={<Icon name="plus" />}
      reason={reason}
      onClick={() => setAdding(true)}
    >
      Add a source
    </ReasonedButton>
  );
  return (
    <>
      <PageHeader
        title="Alert sources"
        lead="A pager or a monitor posts its alerts here. The first one opens an incident, the next ones add to its timeline."
        actions={add}
      />
      {!mayRead && (
        <Notice>Members see which senders there are. An administrator can make you one.</Notice>
      )}
      {mayRead && (
        <Loaded query={sources} label="Loading alert sources" rows={3}>
          {(list) =>
            list.length === 0 ? (
              <EmptyState title="No sender yet" ghost={<Path />}>
                Add one to get an address to paste into it. Until then, people open incidents by
                hand.
              </EmptyState>
            ) : (
              <ul className={styles.sources}>
                {list.map((source) => (
                  <SourceRow key={source.id} source={source} />
                ))}
              </ul>
            )
          }
        </Loaded>
      )}
      {adding && (
        <AddSource
          onClose={() => setAdding(false)}
          onAdded={({ secret, ...source }, sender) => {
            // One that the sender replaces with its own is of no use to anybody.
            if (givesSecret(sender)) keepSecret(source.id, secret);
            void navigate({ to: "/settings/sources/$sourceId", params: { sourceId: source.id } });
          }}
        />
      )}
    </>
  );
}

function SourceRow({ source }: { source: Source }) {
  const senders = useQuery(sendersQuery).data;
  return (
    <li className={styles.source}>
      <div>
        <Link
          to="/settings/sources/$sourceId"
          params={{ sourceId: source.id }}
          className={styles.link}
        >
          {source.name}
        </Link>
        <div className={styles.kind}>
          {senders?.find(({ kind }) => kind === source.kind)?.label ?? "\u00a0"}
        </div>
      </div>
      <div className={styles.last}>
        {source.last_delivery_at ? (
          <>
            Last message <TimeText at={source.last_delivery_at} form="relative" />
          </>
        ) : (
          "No message yet"
        )}
      </div>
      <span className={styles.state} data-active={source.active}>
        {source.active ? "On" : "Paused"}
      </span>
      <Icon name="chevronRight" />
    </li>
  );
}

/** The way of an alert, drawn. */
function Path() {
  return (
    <div className={styles.path}>
      {["Your pager", "An address here", "An incident", "A shared story"].map((step) => (
        <span key={step}>{step}</span>
      ))}
    </div>
  );
}
