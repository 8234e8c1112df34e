/** The events that show a why is so. */
import { useQuery } from "@tanstack/react-query";
import { clockTime } from "../../../ui/time/format";
import { useZone } from "../../../ui/time/zone";
import { eventsQuery } from "../api/queries";
import { useIncident } from "../IncidentContext";
import { plainLine } from "../parts/plainLine";
import { focusRow } from "../parts/rows";
import type { Why } from "../types";
import styles from "./Outline.module.css";

export function WhyEvidence({ why }: { why: Why }) {
  const { incidentKey } = useIncident();
  const zone = useZone();
  const events = useQuery(eventsQuery(incidentKey)).data ?? [];
  const shown = events.filter(({ id }) => why.evidence.includes(id));
  if (shown.length === 0) return null;
  return (
    <>
      <dt>How we know</dt>
      <dd className={styles.evidence}>
        {shown.map((event) => (
          <button
            key={event.id}
            type="button"
            className={styles.event}
            onClick={() => focusRow("event", event.id)}
          >
            <time dateTime={event.occurred_at}>{clockTime(new Date(event.occurred_at), zone)}</time>
            <span>{plainLine(event.text)}</span>
          </button>
        ))}
      </dd>
    </>
  );
}
