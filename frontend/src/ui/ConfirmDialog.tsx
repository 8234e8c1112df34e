/** Asks before something that cannot be taken back; says what will happen, in the button too. */
import { Button, Group, Modal } from "@mantine/core";
import type { ReactNode } from "react";
import styles from "./ConfirmDialog.module.css";
import { ErrorNote } from "./ErrorNote";

interface Props {
  opened: boolean;
  title: string;
  children: ReactNode;
  /** The verb: "Revoke token". */
  confirm: string;
  pending?: boolean;
  error?: unknown;
  onConfirm: () => void;
  onClose: () => void;
}

export function ConfirmDialog({
  opened,
  title,
  children,
  confirm,
  pending,
  error,
  onConfirm,
  onClose,
}: Props) {
  return (
    <Modal opened={opened} onClose={onClose} title={title} size={440}>
      <div className={styles.body}>
        <div className={styles.text}>{children}</div>
        <ErrorNote error={error} />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose} data-autofocus>
            Keep it
          </Button>
          <Button color="danger" loading={pending ?? false} onClick={onConfirm}>
            {confirm}
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
