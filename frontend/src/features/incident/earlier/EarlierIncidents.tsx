/** What is known from before: earlier incidents of the same alert or service, and what was promised there. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { SeverityMark } from "../../../domain/SeverityMark";
import { plainDate } from "../../../ui/time/format";
import { TimeText } from "../../../ui/time/TimeText";
import { useIncident } from "../IncidentContext";
import styles from "./EarlierIncidents.module.css";
import { becauseWords, earlierQuery, type Promised, promisedIn } from "./earlier";

const SHOWN_AT_FIRST = 3;

/** Nothing at all where nothing is known: it stays out of the way. */
export function EarlierIncidents() {
  const { incidentKey } = useIncident();
  const [whole, setWhole] = useState(false);
  const known = useQuery(earlierQuery(incidentKey)).data ?? [];
  if (known.length === 0) return null;
  const promised = promisedIn(known);
  const shown = whole ? known.length : SHOWN_AT_FIRST;
  return (
    <section className={styles.earlier} aria-labelledby="earlier-heading">
      <h2 id="earlier-heading">Known from before</h2>
      {promised.length > 0 && (
        <>
          <h3>We promised this, and it is still open</h3>
          <ul>
            {promised.slice(0, whole ? promised.length : SHOWN_AT_FIRST).map((action) => (
              <PromisedRow key={action.id} action={action} />
            ))}
          </ul>
        </>
      )}
      <h3>Earlier incidents</h3>
      <ul>
        {known.slice(0, shown).map((incident) => (
          <li key={incident.id}>
            <Link to="/i/$incidentKey" params={{ incidentKey: incident.key }}>
              {incident.title}
            </Link>
            <span className={styles.meta}>
              <SeverityMark severity={incident.severity} compact /> {incident.key},{" "}
              <TimeText at={incident.started_at} form="date" />, {becauseWords(incident)}
            </span>
          </li>
        ))}
      </ul>
      {Math.max(known.length, promised.length) > SHOWN_AT_FIRST && (
        <button
          type="button"
          className={styles.more}
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
        >
          {whole ? "Show fewer" : "Show all"}
        </button>
      )}
    </section>
  );
}

function PromisedRow({ action }: { action: Promised }) {
  const { key, title, owner_name, due_on, incidentKey } = action;
  const said = [
    owner_name ?? "nobody yet",
    ...(due_on ? [`by ${plainDate(due_on)}`] : []),
    `after ${incidentKey}`,
  ];
  return (
    <li>
      <Link to="/actions" search={{ action: key }}>
        {title}
      </Link>
      <span className={styles.meta}>{said.join(", ")}</span>
    </li>
  );
}
