/** The status of an action as a button that changes it. */
import { Menu } from "@mantine/core";
import type { ActionStatus } from "../api/types";
import { ActionStatusMark } from "./ActionStatusMark";
import styles from "./ActionStatusMenu.module.css";
import { ACTION_STATUSES } from "./actions";

interface Props {
  status: ActionStatus;
  onChange: (status: ActionStatus) => void;
  reason?: string | undefined;
}

export function ActionStatusMenu({ status, onChange, reason }: Props) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <button
          type="button"
          className={styles.button}
          disabled={reason !== undefined}
          title={reason}
        >
          <span className="visually-hidden">Status: </span>
          <ActionStatusMark status={status} />
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {ACTION_STATUSES.map((each) => (
          <Menu.Item key={each} disabled={each === status} onClick={() => onChange(each)}>
            <ActionStatusMark status={each} />
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
