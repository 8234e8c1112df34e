/** What can be done with a row beyond its words; a copy of its link for everybody. */
import { ActionIcon, Menu } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { Icon } from "../../../ui/Icon";
import { Kbd } from "../../../ui/Kbd";
import { ROW } from "../../../ui/keyboard/useRowKeys";
import { useIncident } from "../IncidentContext";
import type { Place } from "../search";
import { copyPermalink } from "./permalink";
import styles from "./RowMenu.module.css";

/** The first text of each kind of row; an action has none. */
const PASSAGES: Partial<Record<Place, (id: string) => string>> = {
  event: (id) => `events/${id}/text`,
  why: (id) => `whys/${id}/answer`,
  takeaway: (id) => `takeaways/${id}/text`,
};

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
  const passage = PASSAGES[place]?.(id);
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
        {passage !== undefined && (
          <Menu.Item
            renderRoot={(props) => (
              <Link
                {...props}
                to="/i/$incidentKey/history"
                params={{ incidentKey }}
                search={{ passage }}
              />
            )}
            leftSection={<Icon name="history" />}
            rightSection={<Kbd keys="h" />}
          >
            History of this text
          </Menu.Item>
        )}
        {children}
      </Menu.Dropdown>
    </Menu>
  );
}
