/** Incidents as dense rows; two lines each on narrow screens. */
import { Link } from "@tanstack/react-router";
import { useRef, useState } from "react";
import type { Incident } from "../../api/types";
import { KIND_WORDS } from "../../domain/kinds";
import { SeverityMark } from "../../domain/SeverityMark";
import { StageSegments } from "../../domain/StageSegments";
import { Avatar } from "../../ui/Avatar";
import { Icon } from "../../ui/Icon";
import { useShortcuts } from "../../ui/keyboard/registry";
import { ROW, useRowKeys } from "../../ui/keyboard/useRowKeys";
import { TimeText } from "../../ui/time/TimeText";
import { IncidentPeek } from "./IncidentPeek";
import styles from "./IncidentTable.module.css";
import { spanOf } from "./span";

export function IncidentTable({ incidents, stale }: { incidents: Incident[]; stale: boolean }) {
  const body = useRef<HTMLTableSectionElement>(null);
  const [peeked, setPeeked] = useState<Incident | null>(null);
  const focused = () => {
    const rows = [...(body.current?.rows ?? [])];
    return incidents[rows.findIndex((row) => row.contains(document.activeElement))] ?? null;
  };
  useRowKeys(body, "List");
  useShortcuts([
    {
      keys: "Space",
      label: "Peek",
      group: "List",
      when: () => focused() !== null,
      run: () => setPeeked(focused()),
    },
  ]);
  return (
    <>
      <table className={styles.table} aria-busy={stale}>
        <thead>
          <tr>
            <th scope="col">Severity</th>
            <th scope="col">Incident</th>
            <th scope="col">Services</th>
            <th scope="col">Started</th>
            <th scope="col">Duration</th>
            <th scope="col">Review</th>
            <th scope="col">Facilitator</th>
            <th scope="col">Actions</th>
          </tr>
        </thead>
        <tbody ref={body}>
          {incidents.map((incident) => (
            <IncidentRow key={incident.id} incident={incident} />
          ))}
        </tbody>
      </table>
      {peeked && <IncidentPeek incident={peeked} onClose={() => setPeeked(null)} />}
    </>
  );
}

function IncidentRow({ incident }: { incident: Incident }) {
  const span = spanOf(incident);
  return (
    <tr>
      <td className={styles.severity}>
        <SeverityMark severity={incident.severity} />
      </td>
      <td className={styles.title}>
        <div className={styles.line}>
          <span className={styles.key}>{incident.key}</span>
          <Link
            to="/i/$incidentKey"
            params={{ incidentKey: incident.key }}
            className={styles.link}
            {...ROW}
          >
            {incident.title}
          </Link>
          {incident.kind !== "incident" && (
            <span className={styles.kind}>{KIND_WORDS[incident.kind]}</span>
          )}
          {incident.visibility === "restricted" && (
            <span
              className={styles.restricted}
              title="Only its participants and administrators see this"
            >
              <Icon name="lock" size={13} />
              <span className="visually-hidden">Restricted</span>
            </span>
          )}
        </div>
      </td>
      <td className={styles.services} title={incident.services.join(", ")}>
        {incident.services.join(", ")}
      </td>
      <td className={styles.started}>
        <TimeText at={incident.started_at} />
      </td>
      <td className={styles.span} data-ongoing={span.ongoing}>
        {span.words}
      </td>
      <td className={styles.stage}>
        <StageSegments stage={incident.stage} />
      </td>
      <td className={styles.facilitator}>
        {incident.facilitator && (
          <>
            <Avatar
              id={incident.facilitator.id}
              name={incident.facilitator.name}
              size={18}
              decorative
            />
            <span>{incident.facilitator.name}</span>
          </>
        )}
      </td>
      <td className={styles.actions}>
        {incident.open_actions > 0 && (
          <>
            <Icon name="actions" size={13} />
            {incident.open_actions}
            <span className="visually-hidden"> open actions</span>
          </>
        )}
      </td>
    </tr>
  );
}
