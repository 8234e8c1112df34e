/** Says that somebody else saved what is being changed here, before it is replaced. */
import { Button } from "@mantine/core";
import { Notice } from "../../ui/Notice";
import styles from "./SourcePage.module.css";

export function SavedMeanwhile({ onTake }: { onTake: () => void }) {
  return (
    <Notice tone="warn" alert>
      <div className={styles.buttons}>
        <span>Somebody else saved this meanwhile. What you save replaces theirs.</span>
        <Button size="xs" variant="default" onClick={onTake}>
          Take theirs
        </Button>
      </div>
    </Notice>
  );
}
