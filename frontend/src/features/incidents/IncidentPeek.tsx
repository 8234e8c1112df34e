/** What an incident is about, beside the list, without leaving it. */
import { Button, Drawer } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import type { Incident } from "../../api/types";
import { SeverityMark } from "../../domain/SeverityMark";
import { STAGE_WORDS } from "../../domain/stages";
import { TimeText } from "../../ui/time/TimeText";
import { useReturnFocus } from "../../ui/useReturnFocus";
import styles from "./IncidentPeek.module.css";
import { spanOf } from "./span";

export function IncidentPeek({ incident, onClose }: { incident: Incident; onClose: () => void }) {
  useReturnFocus();
  return (
    <Drawer opened onClose={onClose} title={incident.key} size={440}>
      <h2>{incident.title}</h2>
      <dl className={styles.facts}>
        <Fact name="Severity">
          <SeverityMark severity={incident.severity} />
        </Fact>
        <Fact name="Started">
          <TimeText at={incident.started_at} />
        </Fact>
        <Fact name="Duration">{spanOf(incident).words}</Fact>
        <Fact name="Review">{STAGE_WORDS[incident.stage]}</Fact>
        <Fact name="Facilitator">{incident.facilitator?.name}</Fact>
        <Fact name="Open actions">{incident.open_actions || null}</Fact>
        <Fact name="Services">{incident.services.join(", ")}</Fact>
        <Fact name="Channel">{incident.channel_name}</Fact>
      </dl>
      <p className={styles.summary}>{incident.summary || "No summary yet."}</p>
      <Button
        data-autofocus
        renderRoot={(props) => (
          <Link to="/i/$incidentKey" params={{ incidentKey: incident.key }} {...props} />
        )}
      >
        Open
      </Button>
    </Drawer>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  if (!children) return null;
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
