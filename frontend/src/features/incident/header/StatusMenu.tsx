/** Whether it is still going on, changed in place. */
import { Menu } from "@mantine/core";
import { STATUS_WORDS, STATUSES } from "../../../domain/stages";
import { sayWithUndo } from "../../../ui/toasts";
import { useChangeIncident } from "../api/incident";
import { useIncident } from "../IncidentContext";
import styles from "./FactButton.module.css";

export function StatusMenu({ reason }: { reason: string | undefined }) {
  const { incident } = useIncident();
  const { mutate } = useChangeIncident();
  const { status, mitigated_at, resolved_at } = incident;
  const change = (next: typeof status) => {
    mutate({ status: next });
    sayWithUndo(`Now ${STATUS_WORDS[next].toLowerCase()}.`, () =>
      mutate({ status, mitigated_at, resolved_at }),
    );
  };
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button
          type="button"
          className={styles.fact}
          disabled={reason !== undefined}
          title={reason}
          aria-label={`Status: ${STATUS_WORDS[status]}`}
        >
          <span className={styles.dot} data-status={status} />
          {STATUS_WORDS[status]}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {STATUSES.map((each) => (
          <Menu.Item key={each} disabled={each === status} onClick={() => change(each)}>
            <span className={styles.choice}>
              <span className={styles.dot} data-status={each} />
              {STATUS_WORDS[each]}
            </span>
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
