/** Under a new row that has not reached the server: on its way, or kept here with ways on. */
import { Button } from "@mantine/core";
import { CopyButton } from "../../../ui/CopyButton";
import { ErrorNote } from "../../../ui/ErrorNote";
import type { Unsent } from "../api/useOutbox";
import styles from "./UnsentNote.module.css";

interface Props {
  item: Unsent<unknown>;
  /** The person's words, for "Copy". */
  text: string;
  onRetry: (id: string) => void;
  onDiscard: (id: string) => void;
}

export function UnsentNote({ item, text, onRetry, onDiscard }: Props) {
  if (item.error === null) return <span className={styles.sending}>Saving</span>;
  return (
    <div className={styles.kept}>
      <ErrorNote error={item.error} />
      <div className={styles.buttons}>
        <Button size="xs" onClick={() => onRetry(item.id)}>
          Try again
        </Button>
        <CopyButton text={text} what="text" />
        <Button size="xs" variant="subtle" color="gray" onClick={() => onDiscard(item.id)}>
          Discard
        </Button>
      </div>
    </div>
  );
}
