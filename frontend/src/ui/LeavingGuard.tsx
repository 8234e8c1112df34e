/** Asks before a page with unsaved words is left, by link, by the back button or by closing the tab. */
import { Button, Group, Modal } from "@mantine/core";
import { useBlocker } from "@tanstack/react-router";
import styles from "./ConfirmDialog.module.css";

interface Props {
  unsaved: boolean;
  /** Any other address counts as leaving: for forms that the address itself opens. */
  anywhere?: boolean;
  title?: string;
  detail?: string;
}

export function LeavingGuard({
  unsaved,
  anywhere = false,
  title = "Leave without saving?",
  detail = "What you wrote here has not been saved yet.",
}: Props) {
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      unsaved && (anywhere || current.pathname !== next.pathname),
    enableBeforeUnload: unsaved,
    withResolver: true,
  });
  return (
    <Modal
      opened={status === "blocked"}
      onClose={() => reset?.()}
      title={title}
      size={420}
      // The Escape that closes a panel with unsaved words opens this; it must not close it, too.
      closeOnEscape={false}
      onKeyDown={(event) => {
        if (event.key === "Escape") reset?.();
      }}
    >
      <div className={styles.body}>
        <p className={styles.text}>{detail}</p>
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={() => proceed?.()}>
            Leave
          </Button>
          <Button onClick={() => reset?.()} data-autofocus>
            Stay here
          </Button>
        </Group>
      </div>
    </Modal>
  );
}
