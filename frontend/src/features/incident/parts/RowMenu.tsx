/** What can be done with a row beyond its words; a copy of its link for everybody. */
import { ActionIcon, Menu } from "@mantine/core";
import type { ReactNode } from "react";
import { Icon } from "../../../ui/Icon";
import { Kbd } from "../../../ui/Kbd";
import { ROW } from "../../../ui/keyboard/useRowKeys";
import { useIncident } from "../IncidentContext";
import type { Place } from "../search";
import { copyPermalink } from "./permalink";
import styles from "./RowMenu.module.css";

interface Props {
  place: Place;
  id: string;
  /** "event at 14:02": tells this menu from its neighbours. */
  of: string;
  /** J and K stop here: for rows without anything else to take the focus. */
  focusable?: boolean;
  children?: ReactNode;
}

export function RowMenu({ place, id, of, focusable = false, children }: Props) {
  const { incidentKey } = useIncident();
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        <ActionIcon
          className={styles.more}
          aria-label={`More for ${of}`}
          {...(focusable ? ROW : {})}
        >
          <Icon name="more" />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<Icon name="link" />}
          rightSection={<Kbd keys="y" />}
          onClick={() => void copyPermalink(incidentKey, place, id)}
        >
          Copy link
        </Menu.Item>
        {children}
      </Menu.Dropdown>
    </Menu>
  );
}
