/** Goes back to the address alone, for a sender that may sign and does not have to. */
import { Button } from "@mantine/core";
import { useState } from "react";
import type { Source } from "../../api/types";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { useChangeSource } from "./changes";
import styles from "./SourcePage.module.css";

export function EndSigning({ source }: { source: Source }) {
  const change = useChangeSource(source.id);
  const [asking, setAsking] = useState(false);
  const close = () => {
    setAsking(false);
    change.reset();
  };
  return (
    <div className={styles.buttons}>
      <Button variant="default" onClick={() => setAsking(true)}>
        Stop checking signatures
      </Button>
      <ConfirmDialog
        opened={asking}
        title="Stop checking signatures?"
        confirm="Stop checking"
        pending={change.isPending}
        error={change.error}
        onClose={close}
        onConfirm={() => change.mutate({ secret: null }, { onSuccess: close })}
      >
        The secret is forgotten. From then on messages are known by the address alone, signed or
        not.
      </ConfirmDialog>
    </div>
  );
}
