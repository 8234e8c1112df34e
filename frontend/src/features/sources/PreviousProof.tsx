/** Says that what was exchanged still holds, and ends it. */
import { Button } from "@mantine/core";
import { useState } from "react";
import type { Source } from "../../api/types";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { Notice } from "../../ui/Notice";
import { TimeText } from "../../ui/time/TimeText";
import { useChangeSource } from "./changes";
import styles from "./SourcePage.module.css";

export function PreviousProof({ source }: { source: Source }) {
  const change = useChangeSource(source.id);
  const [asking, setAsking] = useState(false);
  const close = () => {
    setAsking(false);
    change.reset();
  };
  if (source.previous_until === null) return null;
  return (
    <Notice>
      <div className={styles.buttons}>
        <span>
          The one before the present one is accepted too, until{" "}
          <TimeText at={source.previous_until} />.
        </span>
        <Button size="xs" variant="default" onClick={() => setAsking(true)}>
          End it now
        </Button>
      </div>
      <ConfirmDialog
        opened={asking}
        title="End the one before?"
        confirm="End it now"
        pending={change.isPending}
        error={change.error}
        onClose={close}
        onConfirm={() => change.mutate({ end_previous: true }, { onSuccess: close })}
      >
        What the sender still sends with it is refused from then on.
      </ConfirmDialog>
    </Notice>
  );
}
