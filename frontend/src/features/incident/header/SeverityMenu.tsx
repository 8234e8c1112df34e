/** How bad it was, changed in place. */
import { Menu } from "@mantine/core";
import { SeverityMark } from "../../../domain/SeverityMark";
import { SEVERITIES, SEVERITY_MEANINGS, SEVERITY_WORDS } from "../../../domain/severity";
import { useChangeIncident } from "../api/incident";
import { useIncident } from "../IncidentContext";
import styles from "./FactButton.module.css";

export function SeverityMenu({ reason }: { reason: string | undefined }) {
  const { incident } = useIncident();
  const { mutate } = useChangeIncident();
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button
          type="button"
          className={styles.fact}
          disabled={reason !== undefined}
          title={reason ?? SEVERITY_MEANINGS[incident.severity]}
          aria-label={`Severity: ${SEVERITY_WORDS[incident.severity]}`}
        >
          <SeverityMark severity={incident.severity} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {SEVERITIES.map((severity) => (
          <Menu.Item
            key={severity}
            disabled={severity === incident.severity}
            onClick={() => mutate({ severity })}
          >
            <span className={styles.choice}>
              <SeverityMark severity={severity} />
              <span className={styles.meaning}>{SEVERITY_MEANINGS[severity]}</span>
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
