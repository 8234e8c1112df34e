/** Room for an incident that is still loading, in its own proportions. */
import { Placeholder } from "../../ui/Placeholder";
import styles from "./IncidentView.module.css";

export function PagePlaceholder() {
  return (
    <div className={styles.placeholder}>
      <Placeholder rows={9} label="Loading the incident" />
    </div>
  );
}
