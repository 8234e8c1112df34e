/** Exchanges an address, a routing key or a secret for a new one. */
import { Button } from "@mantine/core";
import { useState } from "react";
import type { Source } from "../../api/types";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { say } from "../../ui/toasts";
import { useChangeSource } from "./changes";
import styles from "./SourcePage.module.css";

interface Props {
  source: Source;
  /** "address", "secret" */
  what: string;
  onMade: (secret: string | null) => void;
}

export function MakeNewProof({ source, what, onMade }: Props) {
  const change = useChangeSource(source.id);
  const [asking, setAsking] = useState(false);
  const close = () => {
    setAsking(false);
    change.reset();
  };
  const make = () =>
    change.mutate(
      { rotate_secret: true },
      {
        onSuccess: ({ secret }) => {
          close();
          say(`The new ${what} is shown above; both hold for 48 hours.`);
          onMade(secret);
        },
      },
    );
  return (
    <div className={styles.buttons}>
      <Button variant="default" onClick={() => setAsking(true)}>
        Make a new {what}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={`Make a new ${what}?`}
        confirm={`Make a new ${what}`}
        pending={change.isPending}
        error={change.error}
        onClose={close}
        onConfirm={make}
      >
        Both hold for 48 hours, so that there is time to change it at the sender; the present one
        can be ended before that. One that was exchanged before the present one ends now.
      </ConfirmDialog>
    </div>
  );
}
