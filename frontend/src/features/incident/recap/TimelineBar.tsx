/** The heading of the timeline: whose clock its times go by, and a way to add to it. */
import { Icon } from "../../../ui/Icon";
import { Kbd } from "../../../ui/Kbd";
import { ReasonedButton } from "../../../ui/ReasonedButton";
import { offset } from "../../../ui/time/format";
import { useZone } from "../../../ui/time/zone";
import { useIncident } from "../IncidentContext";
import styles from "./RecapSection.module.css";

interface Props {
  reason: string | undefined;
  onWrite: () => void;
}

export function TimelineBar({ reason, onWrite }: Props) {
  const { incident } = useIncident();
  const zone = useZone();
  return (
    <div className={styles.bar}>
      <h3>Timeline</h3>
      <span className={styles.zone} title="Press T for your zone or UTC">
        {zoneWords(zone, new Date(incident.started_at))}
      </span>
      <ReasonedButton
        size="xs"
        variant="default"
        reason={reason}
        leftSection={<Icon name="plus" size={14} />}
        onClick={onWrite}
      >
        Event <Kbd keys="e" />
      </ReasonedButton>
    </div>
  );
}

/** "Europe/Berlin, UTC+1" */
function zoneWords(zone: string, at: Date): string {
  return zone === "UTC" ? zone : `${zone.replace("_", " ")}, ${offset(at, zone)}`;
}
