/** Part A: the summary, and the timeline. */
import { useQuery } from "@tanstack/react-query";
import { Passage } from "../../../live/passage/Passage";
import { Loaded } from "../../../ui/Loaded";
import { eventsQuery } from "../api/queries";
import { useIncident } from "../IncidentContext";
import { partOf } from "../parts/parts";
import { SectionFrame } from "../parts/SectionFrame";
import styles from "./RecapSection.module.css";
import { TimelinePart } from "./TimelinePart";

interface Props {
  /** Why this person cannot write here; without it, they can. */
  reason: string | undefined;
}

export function RecapSection({ reason }: Props) {
  const { incidentKey, incident } = useIncident();
  const events = useQuery(eventsQuery(incidentKey));
  return (
    <SectionFrame part={partOf("recap")}>
      <h3 className={styles.heading}>Summary</h3>
      <div className={styles.summary}>
        <Passage
          name="summary"
          read={incident.summary}
          label="Summary"
          placeholder="In a few sentences: what did people notice, what was it, how did it end? Anybody can start, everybody can add."
          nothing="No summary yet"
        />
      </div>
      <Loaded query={events} label="Loading the timeline">
        {(rows) => <TimelinePart events={rows} reason={reason} />}
      </Loaded>
    </SectionFrame>
  );
}
