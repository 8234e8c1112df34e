/** The services that were touched, and tags; each change is saved as it is made. */
import { TagsInput } from "@mantine/core";
import { useChangeIncident } from "../api/incident";
import { useIncident } from "../IncidentContext";
import styles from "./Labels.module.css";

export function LabelsForm() {
  const { incident } = useIncident();
  const { mutate } = useChangeIncident();
  return (
    <div className={styles.form}>
      <TagsInput
        label="Services"
        placeholder="checkout, Enter"
        value={incident.services}
        onChange={(services) => mutate({ services })}
      />
      <TagsInput
        label="Tags"
        placeholder="maintenance, Enter"
        value={incident.tags}
        onChange={(tags) => mutate({ tags })}
      />
    </div>
  );
}
