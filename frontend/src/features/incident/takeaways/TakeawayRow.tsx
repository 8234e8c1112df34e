/** One thing learned, recommended or parked. */
import { Menu } from "@mantine/core";
import { Passage } from "../../../live/passage/Passage";
import { Icon } from "../../../ui/Icon";
import { Kbd } from "../../../ui/Kbd";
import { RowMenu } from "../parts/RowMenu";
import { rowMark } from "../parts/rows";
import type { Takeaway, TakeawayPatch } from "../types";
import styles from "./TakeawayGroup.module.css";

interface Props {
  takeaway: Takeaway;
  /** "learning 2" */
  name: string;
  editable: boolean;
  selected: boolean;
  onChange: (takeaway: Takeaway, patch: TakeawayPatch) => void;
  onDelete: (takeaway: Takeaway) => void;
  onAddAction: (takeaway: Takeaway) => void;
}

export function TakeawayRow(props: Props) {
  const { takeaway, name, editable, selected, onChange, onDelete, onAddAction } = props;
  const other = takeaway.kind === "learning" ? "recommendation" : "learning";
  return (
    <div
      className={styles.row}
      data-selected={selected || undefined}
      {...rowMark("takeaway", takeaway.id)}
    >
      <div className={styles.text}>
        <Passage
          name={`takeaways/${takeaway.id}/text`}
          read={takeaway.text}
          label={`${name[0]?.toUpperCase()}${name.slice(1)}`}
          placeholder="Put it so that somebody who was not there learns it too."
          nothing="Nothing written yet"
        />
      </div>
      <RowMenu place="takeaway" id={takeaway.id} of={name} focusable>
        {editable && (
          <>
            <Menu.Item leftSection={<Icon name="actions" />} onClick={() => onAddAction(takeaway)}>
              Action from this
            </Menu.Item>
            <Menu.Item
              leftSection={<Icon name="pause" />}
              rightSection={<Kbd keys="p" />}
              onClick={() => onChange(takeaway, { parked: !takeaway.parked })}
            >
              {takeaway.parked ? `Back to ${takeaway.kind}s` : "To the parking lot"}
            </Menu.Item>
            <Menu.Item
              leftSection={<Icon name="arrowRight" />}
              onClick={() => onChange(takeaway, { kind: other, parked: false })}
            >
              Make it a {other}
            </Menu.Item>
            <Menu.Item
              color="danger"
              leftSection={<Icon name="trash" />}
              onClick={() => onDelete(takeaway)}
            >
              Delete {takeaway.parked ? "idea" : takeaway.kind}
            </Menu.Item>
          </>
        )}
      </RowMenu>
    </div>
  );
}
