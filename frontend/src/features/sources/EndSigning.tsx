/** Goes back to the address alone, for a sender that may sign and does not have to. */
import { Button } from "@mantine/core";
import type { Source } from "../../api/types";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import styles from "./SourcePage.module.css";
import { useConfirmedChange } from "./useConfirmedChange";

export function EndSigning({ source }: { source: Source }) {
  const { mutate, ask, close, dialog } = useConfirmedChange(source.id);
  return (
    <div className={styles.buttons}>
      <Button variant="default" onClick={ask}>
        Stop checking signatures
      </Button>
      <ConfirmDialog
        {...dialog}
        title="Stop checking signatures?"
        confirm="Stop checking"
        onConfirm={() => mutate({ secret: null }, { onSuccess: close })}
      >
        The secret is forgotten. From then on messages are known by the address alone, signed or
        not.
      </ConfirmDialog>
    </div>
  );
}
