/** Says that what was exchanged still holds, and ends it. */
import { Button } from "@mantine/core";
import type { Source } from "../../api/types";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { Notice } from "../../ui/Notice";
import { TimeText } from "../../ui/time/TimeText";
import styles from "./SourcePage.module.css";
import { useConfirmedChange } from "./useConfirmedChange";

export function PreviousProof({ source }: { source: Source }) {
  const { mutate, ask, close, dialog } = useConfirmedChange(source.id);
  if (source.previous_until === null) return null;
  return (
    <Notice>
      <div className={styles.buttons}>
        <span>
          The one before the present one is accepted too, until{" "}
          <TimeText at={source.previous_until} />.
        </span>
        <Button size="xs" variant="default" onClick={ask}>
          End it now
        </Button>
      </div>
      <ConfirmDialog
        {...dialog}
        title="End the one before?"
        confirm="End it now"
        onConfirm={() => mutate({ end_previous: true }, { onSuccess: close })}
      >
        What the sender still sends with it is refused from then on.
      </ConfirmDialog>
    </Notice>
  );
}
