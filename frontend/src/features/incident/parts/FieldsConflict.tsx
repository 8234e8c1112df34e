/** Somebody else changed the same meanwhile: both values side by side, to choose from. */
import { Button } from "@mantine/core";
import { Notice } from "../../../ui/Notice";
import styles from "./FieldsConflict.module.css";

export interface ConflictRow {
  /** The field's name; empty when there is only one and it is plain which. */
  word: string;
  mine: string;
  theirs: string;
}

interface Props {
  rows: readonly ConflictRow[];
  onMine: () => void;
  onTheirs: () => void;
}

export function FieldsConflict({ rows, onMine, onTheirs }: Props) {
  return (
    <Notice tone="warn" alert>
      <p>Somebody else changed this meanwhile.</p>
      <table className={styles.values}>
        <thead>
          <tr>
            <td />
            <th scope="col">Yours</th>
            <th scope="col">Theirs</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ word, mine, theirs }) => (
            <tr key={word}>
              <th scope="row">{word}</th>
              <td>{mine}</td>
              <td>{theirs}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={styles.buttons}>
        <Button size="xs" variant="default" onClick={onTheirs}>
          Keep theirs
        </Button>
        <Button size="xs" onClick={onMine}>
          Keep mine
        </Button>
      </div>
    </Notice>
  );
}
