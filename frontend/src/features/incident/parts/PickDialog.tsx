/** Chooses among rows of this page: a list to search and tick; what cannot be chosen says why. */
import { Button, Checkbox, Modal, TextInput } from "@mantine/core";
import { useState } from "react";
import styles from "./PickDialog.module.css";

export interface PickItem {
  id: string;
  label: string;
  /** Before the label: a time, a number. */
  mark: string;
  chosen: boolean;
  /** Why it cannot be chosen. */
  refused?: string;
}

interface Props {
  title: string;
  lead: string;
  /** What is in the list, for the search field: "events". */
  what: string;
  items: readonly PickItem[];
  onToggle: (id: string) => void;
  onClose: () => void;
}

export function PickDialog({ title, lead, what, items, onToggle, onClose }: Props) {
  const [typed, setTyped] = useState("");
  const wanted = typed.trim().toLowerCase();
  const found = items.filter(({ label, mark }) =>
    `${mark} ${label}`.toLowerCase().includes(wanted),
  );
  return (
    <Modal opened onClose={onClose} title={title} size={560}>
      <p className={styles.lead}>{lead}</p>
      <TextInput
        aria-label={`Find ${what}`}
        placeholder={`Find ${what}`}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        data-autofocus
      />
      <ul className={styles.items}>
        {found.map(({ id, label, mark, chosen, refused }) => (
          <li key={id}>
            <Checkbox
              checked={chosen}
              disabled={refused !== undefined}
              onChange={() => onToggle(id)}
              label={
                <>
                  <span className={styles.mark}>{mark}</span> {label}
                </>
              }
              description={refused}
            />
          </li>
        ))}
        {found.length === 0 && <li className={styles.lead}>Nothing by these words.</li>}
      </ul>
      <div className={styles.foot}>
        <Button onClick={onClose}>Done</Button>
      </div>
    </Modal>
  );
}
